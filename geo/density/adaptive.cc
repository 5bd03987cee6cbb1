#include "geo/density/adaptive.h"

#include <algorithm>
#include <cmath>

#include "geo/types/check.h"

namespace geo {
namespace {

constexpr double kWidest = 5;                                     // times the pilot's bandwidth
constexpr std::int64_t kLeast_mm = 1'000, kMost_mm = 50'000'000;  // what CheckKernel takes

}  // namespace

Result<std::vector<std::int64_t>> AbramsonBandwidths(const WeightedPoints& points, const Kernel& pilot, const DensityWork& work, const StopSignal& stop) {
  WARDWATCH_CHECK(points.at.size() == points.weight.size(), "{} positions, {} weights", points.at.size(), points.weight.size());
  if (auto checked = CheckKernel(pilot); !checked) return Fail(std::move(checked.error()));
  double total = 0;
  for (const double weight : points.weight) total += weight;
  if (!(total > 0)) {
    return Fail({ErrorCode::kFailedPrecondition, "density.adaptive", "NO_INCIDENTS",
                 "no incident with a weight above 0 is selected, so that there is no density to adapt to; widen the period, the area or the categories"});
  }
  auto density = DensityAt(points, pilot, points.at, work, stop);
  if (!density) return Fail(std::move(density.error()));

  // A point of weight 0 is no incident: it has no say in the mean, and its own density may be 0.
  double log_mean = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (points.weight[i] > 0) log_mean += points.weight[i] / total * std::log((*density)[i]);
  }
  const double pilot_mm = static_cast<double>(pilot.bandwidth_mm);
  const std::int64_t most_mm = std::min(kMost_mm, static_cast<std::int64_t>(std::llround(kWidest * pilot_mm)));
  std::vector<std::int64_t> bandwidth_mm(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    const double factor = (*density)[i] > 0 ? std::exp(0.5 * (log_mean - std::log((*density)[i]))) : kWidest;
    bandwidth_mm[i] = std::clamp<std::int64_t>(std::llround(std::min(factor, kWidest) * pilot_mm), kLeast_mm, most_mm);
  }
  return bandwidth_mm;
}

}  // namespace geo
