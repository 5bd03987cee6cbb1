#include "geo/significance/getis_ord_exact_p.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "geo/significance/raster_sums.h"
#include "geo/significance/sum_distribution.h"
#include "geo/types/check.h"

namespace geo {
namespace {

constexpr std::size_t kBetweenStopChecks = 65'536;
// Two tables of doubles: 64 MB.
constexpr std::int64_t kMostPlaces = 4'000'000;

// The values as whole steps above the least: equal neighbourhoods then have equal sums of small whole numbers.
struct WholeSteps {
  bool whole = false;
  std::vector<std::int64_t> steps;  // 0 where not taken
  std::vector<ValueGroup> groups;
};

Result<WholeSteps> StepsOf(std::span<const double> values, std::span<const std::uint8_t> taken, const StopSignal& stop) {
  WholeSteps made;
  const auto is_taken = [&](std::size_t i) { return taken.empty() || taken[i] != 0; };
  double low = HUGE_VAL, high = -HUGE_VAL;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i % kBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
    if (!is_taken(i)) continue;
    if (!(std::abs(values[i]) < 0x1p52) || values[i] != std::nearbyint(values[i])) return made;
    low = std::min(low, values[i]);
    high = std::max(high, values[i]);
  }
  if (!(low < high) || (high - low) * static_cast<double>(values.size()) > 0x1p52) return made;
  std::int64_t divisor = 0;
  std::map<std::int64_t, std::int64_t> times;
  made.steps.resize(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!is_taken(i)) continue;
    made.steps[i] = static_cast<std::int64_t>(values[i] - low);
    divisor = std::gcd(divisor, made.steps[i]);
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!is_taken(i)) continue;
    made.steps[i] /= divisor;
    ++times[made.steps[i]];
  }
  if (stop.stop_requested()) return Fail(stop.reason());
  for (const auto& [value, count] : times) made.groups.push_back({value, count});
  made.whole = true;
  return made;
}

struct Neighbourhood {
  std::int64_t cells = 0, sum = 0;
};

// `around(i)`: of a cell whose z is defined.
template <class Around>
Result<GetisOrdP> PsOf(const WholeSteps& steps, std::span<const LocalZ> scores, Around&& around, double most_work, const StopSignal& stop) {
  GetisOrdP out;
  out.p.assign(scores.size(), 1);
  std::int64_t most_cells = 0, largest_sum = 0;
  for (std::size_t i = 0; steps.whole && i < scores.size(); ++i) {
    if (i % kBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
    if (scores[i].status != LocalStatus::kDefined) continue;
    const Neighbourhood own = around(i);
    most_cells = std::max(most_cells, own.cells);
    largest_sum = std::max(largest_sum, own.sum);
  }
  const bool counted =
      steps.whole && (most_cells + 1) <= kMostPlaces / (largest_sum + 2) && SumDistribution::CostOf(steps.groups, most_cells, largest_sum) <= most_work;
  SumDistribution distribution;
  if (counted) {
    auto built = SumDistribution::Build(steps.groups, most_cells, largest_sum, stop);
    if (!built) return Fail(std::move(built.error()));
    distribution = std::move(*built);
  }
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (i % kBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
    if (scores[i].status != LocalStatus::kDefined) continue;
    const Neighbourhood own = counted ? around(i) : Neighbourhood{};
    if (counted && distribution.covers(own.cells)) {
      ++out.exact;
      out.p[i] = std::min(1.0, 2 * std::min(distribution.at_most(own.cells, own.sum), distribution.at_least(own.cells, own.sum)));
    } else {
      ++out.by_normal;
      out.p[i] = TwoSidedP(scores[i].z);
    }
  }
  return out;
}

}  // namespace

Result<GetisOrdP> GetisOrdExactP(std::span<const double> values, const Neighbours& neighbours, std::span<const LocalZ> scores, double most_work,
                                 const StopSignal& stop) {
  WARDWATCH_CHECK(values.size() == neighbours.size() && values.size() == scores.size(), "{} values, neighbours of {}, {} scores", values.size(),
                  neighbours.size(), scores.size());
  const auto steps = StepsOf(values, {}, stop);
  if (!steps) return Fail(steps.error());
  const auto around = [&](std::size_t i) {
    Neighbourhood own{static_cast<std::int64_t>(neighbours[i].size()) + 1, steps->steps[i]};
    for (const std::uint32_t j : neighbours[i]) own.sum += steps->steps[j];
    return own;
  };
  return PsOf(*steps, scores, around, most_work, stop);
}

Result<GetisOrdP> GetisOrdExactPOnRaster(std::span<const double> values, std::span<const std::uint8_t> analysed, const RasterFrame& frame,
                                         const GetisOrdRaster& how, std::span<const LocalZ> scores, double most_work, const StopSignal& stop) {
  WARDWATCH_CHECK(how.self && how.radius_cells >= 0 && values.size() == frame.size() && analysed.size() == values.size() && scores.size() == values.size(),
                  "{} values, {} marks, {} scores, frame of {}", values.size(), analysed.size(), scores.size(), frame.size());
  const auto steps = StepsOf(values, analysed, stop);
  if (!steps) return Fail(steps.error());
  std::vector<Neighbourhood> around(steps->whole ? values.size() : 0);
  if (!around.empty()) {
    const RasterReach reach(how, frame);
    const std::int64_t strip = std::max<std::int64_t>(64, reach.up);
    for (std::int64_t first = 0; first < reach.rows; first += strip) {
      if (stop.stop_requested()) return Fail(stop.reason());
      const std::int64_t end = std::min(reach.rows, first + strip);
      RasterSums<double> sums(reach, first, end, [&](std::size_t i) { return static_cast<double>(steps->steps[i]); });
      RasterSums<std::int32_t> counts(reach, first, end, [&](std::size_t i) { return std::int32_t{analysed[i] != 0}; });
      for (std::int64_t row = first; row < end; ++row) {
        if (stop.stop_requested()) return Fail(stop.reason());
        const std::vector<double>& own = sums.row(row, false);
        const std::vector<std::int32_t>& cells = counts.row(row, false);
        for (std::size_t column = 0; column < own.size(); ++column) {
          around[static_cast<std::size_t>(row * reach.columns) + column] = {cells[column], static_cast<std::int64_t>(own[column])};
        }
      }
    }
  }
  return PsOf(
      *steps, scores, [&](std::size_t i) { return around[i]; }, most_work, stop);
}

}  // namespace geo
