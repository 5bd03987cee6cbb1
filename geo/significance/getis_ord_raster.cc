#include <fmt/format.h>

#include <algorithm>

#include "geo/significance/centred_values.h"
#include "geo/significance/getis_ord.h"
#include "geo/significance/getis_ord_z.h"
#include "geo/significance/raster_sums.h"
#include "geo/types/check.h"
#include "geo/types/parallel_parts.h"

namespace geo {
namespace {

double Total(double sum) { return sum; }
double Total(const CompensatedSum& sum) { return sum.value(); }

// What every row needs: the values, and by number of neighbours the factor of Gi*.
struct RasterWork {
  const CentredValues& values;
  std::span<const std::uint8_t> analysed;
  const RasterReach& reach;
  bool self;
  std::vector<double> scales;
  std::span<LocalZ> out;
  const StopSignal& stop;
};

// Gi of one cell; `sum` and `k` without itself.
double GiOfCell(const RasterWork& work, std::size_t i, std::int64_t k, double sum) {
  return GiWithoutSelf(work.values, i, k, sum, [&](auto&& visit) {
    const auto row = static_cast<std::int64_t>(i) / work.reach.columns, column = static_cast<std::int64_t>(i) % work.reach.columns;
    for (std::int64_t r = std::max<std::int64_t>(0, row - work.reach.up); r <= std::min(work.reach.rows - 1, row + work.reach.up); ++r) {
      const std::int64_t half = work.reach.half_width[static_cast<std::size_t>(std::abs(r - row))];
      for (std::int64_t c = std::max<std::int64_t>(0, column - half); c <= std::min(work.reach.columns - 1, column + half); ++c) {
        const auto j = static_cast<std::size_t>(r * work.reach.columns + c);
        if (j != i && work.analysed[j]) visit(j);
      }
    }
  });
}

template <class Sum>
void ScoreRow(const RasterWork& work, std::size_t begin, const std::vector<Sum>& sums, const std::vector<std::int32_t>& counts) {
  const CentredValues& values = work.values;
  const bool plain = work.self && values.n >= 3 && !values.all_equal;
  // By pointer: checks of each index take as long as the work.
  const std::uint8_t* analysed = work.analysed.data() + begin;
  const Sum* own = sums.data();
  const std::int32_t* cells = counts.data();
  const double* scales = work.scales.data();
  LocalZ* out = work.out.data() + begin;
  const double mean = values.mean;
  const std::int64_t n = values.n;
  for (std::size_t column = 0; column < sums.size(); ++column) {
    if (!analysed[column]) {
      out[column] = {0, LocalStatus::kNoNeighbours};
      continue;
    }
    const std::int64_t k = cells[column] - (work.self ? 0 : 1);
    if (plain && k < n) {
      out[column] = {(Total(own[column]) - mean * static_cast<double>(k)) * scales[k] + 0.0, LocalStatus::kDefined};
      continue;
    }
    const std::size_t i = begin + column;
    out[column] = {0, GetisOrdStatus(values, work.self, i, k)};
    if (out[column].status == LocalStatus::kDefined) out[column].z = GiOfCell(work, i, k, Total(own[column]) - values.d[i]);
  }
}

template <class Sum>
Result<void> ScoreStrip(const RasterWork& work, std::int64_t first, std::int64_t end) {
  const RasterReach& reach = work.reach;
  if (work.stop.stop_requested()) return Fail(work.stop.reason());
  RasterSums<Sum> sums(reach, first, end, [d = work.values.d.data()](std::size_t i) { return d[i]; });
  RasterSums<std::int32_t> counts(reach, first, end, [analysed = work.analysed.data()](std::size_t i) { return std::int32_t{analysed[i] != 0}; });
  const bool all = work.values.n == reach.rows * reach.columns;
  for (std::int64_t row = first; row < end; ++row) {
    if (work.stop.stop_requested()) return Fail(work.stop.reason());
    const std::vector<Sum>& own = sums.row(row, false);
    ScoreRow(work, static_cast<std::size_t>(row * reach.columns), own, counts.row(row, all));
  }
  return {};
}

std::vector<double> ScalesOf(const CentredValues& values, std::int64_t most) {
  std::vector<double> scales(static_cast<std::size_t>(std::min(values.n, most + 1)));
  if (values.n < 3 || values.all_equal) return scales;
  for (std::size_t k = 1; k < scales.size(); ++k) scales[k] = GetisOrdScale(values.n, static_cast<std::int64_t>(k), values.sum_squares);
  return scales;
}

}  // namespace

Result<std::vector<LocalZ>> GetisOrdOnRaster(std::span<const double> values, std::span<const std::uint8_t> analysed, const RasterFrame& frame,
                                             const GetisOrdRaster& how, const StopSignal& stop) {
  WARDWATCH_CHECK(values.size() == frame.size() && analysed.size() == frame.size() && frame.size() < 0x7FFF'FFFF, "{} values, {} marks, frame of {}",
                  values.size(), analysed.size(), frame.size());
  if (!(how.radius_cells >= 0 && how.radius_cells <= 100'000)) {
    return Fail(InvalidArgument("significance.distance_m", fmt::format("the neighbourhood reaches {} cells; it may reach 100,000", how.radius_cells)));
  }
  auto centred = Centre(values, analysed, stop);
  if (!centred) return Fail(std::move(centred.error()));
  std::vector<LocalZ> scores(values.size());
  if (scores.empty()) return scores;
  const RasterReach reach(how, frame);
  const RasterWork work{*centred, analysed, reach, how.self, ScalesOf(*centred, reach.most), scores, stop};
  // High enough that the rows beyond a strip, which it adds up again, are no more than its own twice over.
  const std::int64_t strip = std::max<std::int64_t>(64, reach.up);
  auto done = RunParts(static_cast<std::size_t>((reach.rows + strip - 1) / strip), how.threads, [&](std::size_t part) {
    const std::int64_t first = static_cast<std::int64_t>(part) * strip, end = std::min(reach.rows, first + strip);
    return centred->exact_sums ? ScoreStrip<double>(work, first, end) : ScoreStrip<CompensatedSum>(work, first, end);
  });
  if (!done) return Fail(std::move(done.error()));
  return scores;
}

}  // namespace geo
