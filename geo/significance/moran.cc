#include "geo/significance/moran.h"

#include <algorithm>
#include <cmath>

#include "geo/significance/centred_values.h"
#include "geo/significance/compensated_sum.h"
#include "geo/types/check.h"

namespace geo {
namespace {

constexpr std::size_t kBetweenStopChecks = 65'536;

// What the moments of I need to know of the weights and the values.
struct MoranSums {
  CompensatedSum s0, s1, s2;     // of weights; of (w_ij + w_ji)^2 over unordered pairs; of (row sum + column sum)^2
  CompensatedSum cross, fourth;  // of w_ij z_i z_j; of z^4
};

Result<MoranSums> Collect(const CentredValues& values, std::span<const std::uint8_t> linked, const Neighbours& neighbours, bool row_standardised,
                          const StopSignal& stop) {
  MoranSums sums;
  const auto weight = [&](std::size_t i) { return row_standardised ? 1 / static_cast<double>(neighbours[i].size()) : 1.0; };
  std::size_t work = 0;
  for (std::size_t i = 0; i < neighbours.size(); ++i) {
    if (!linked[i]) continue;
    const double own = weight(i), z = values.d[i] - values.mean, count = static_cast<double>(neighbours[i].size());
    CompensatedSum around, column;
    for (const std::uint32_t j : neighbours[i]) {
      const double other = weight(j);
      around.add(values.d[j] - values.mean);
      column.add(other);
      if (j > i) sums.s1.add((own + other) * (own + other));
    }
    sums.s0.add(own * count);
    sums.s2.add((own * count + column.value()) * (own * count + column.value()));
    sums.cross.add(own * z * around.value());
    sums.fourth.add(z * z * z * z);
    work += neighbours[i].size() + 1;
    if (work < kBetweenStopChecks) continue;
    if (stop.stop_requested()) return Fail(stop.reason());
    work = 0;
  }
  return sums;
}

// Moments of I under both assumptions. Long double: for dense weights they are small differences of large numbers.
void FillMoments(GlobalMoran& moran, const MoranSums& sums, double sum_squares) {
  const long double n = static_cast<long double>(moran.n), s0 = sums.s0.value(), s1 = sums.s1.value(), s2 = sums.s2.value();
  const long double expected = -1 / (n - 1), kurtosis = n * sums.fourth.value() / (static_cast<long double>(sum_squares) * sum_squares);
  const long double normality = (n * n * s1 - n * s2 + 3 * s0 * s0) / (s0 * s0 * (n * n - 1)) - expected * expected;
  const long double scale = (n - 1) * (n - 2) * (n - 3) * s0 * s0;
  const long double flat = n * ((n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0 * s0), peaked = kurtosis * ((n * n - n) * s1 - 2 * n * s2 + 6 * s0 * s0);
  const long double randomisation = (flat - peaked) / scale - expected * expected;
  // Where every arrangement of the values has the same I (one value unlike the rest, all with as many neighbours), only rounding is left.
  const long double rounding = 1e-13L * ((std::abs(flat) + std::abs(peaked)) / scale + expected * expected);
  moran.expected = static_cast<double>(expected);
  moran.variance_normality = static_cast<double>(normality);
  moran.variance_randomisation = static_cast<double>(randomisation);
  moran.i = static_cast<double>(n / s0 * sums.cross.value() / sum_squares);
  if (randomisation <= rounding) {
    moran = {.n = moran.n, .isolates = moran.isolates, .status = LocalStatus::kNoVariance};
    return;
  }
  moran.z = static_cast<double>((moran.i - expected) / std::sqrt(randomisation)) + 0.0;
  moran.p = TwoSidedP(moran.z);
}

}  // namespace

Result<GlobalMoran> MoransI(std::span<const double> values, const Neighbours& neighbours, bool row_standardised, const StopSignal& stop) {
  WARDWATCH_CHECK(values.size() == neighbours.size(), "{} values, neighbours of {}", values.size(), neighbours.size());
  std::vector<std::uint8_t> linked(values.size());
  for (std::size_t i = 0; i < linked.size(); ++i) linked[i] = !neighbours[i].empty();
  const auto centred = Centre(values, linked, stop);
  if (!centred) return Fail(centred.error());
  GlobalMoran moran{.n = centred->n, .isolates = static_cast<std::int64_t>(values.size()) - centred->n};
  // The randomisation variance divides by n - 3.
  if (moran.n < 4) {
    moran.status = moran.n == 0 && !values.empty() ? LocalStatus::kNoNeighbours : LocalStatus::kTooFew;
  } else if (centred->all_equal) {
    moran.status = LocalStatus::kNoVariance;
  } else if (static_cast<std::int64_t>(neighbours.of.size()) == moran.n * (moran.n - 1)) {
    moran.status = LocalStatus::kWholeSet;
  }
  if (moran.status != LocalStatus::kDefined) return moran;
  const auto sums = Collect(*centred, linked, neighbours, row_standardised, stop);
  if (!sums) return Fail(sums.error());
  FillMoments(moran, *sums, centred->sum_squares);
  return moran;
}

}  // namespace geo
