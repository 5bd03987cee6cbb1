#include "geo/density/own_bandwidths.h"

#include <fmt/format.h>

#include <algorithm>

#include "geo/types/parallel_parts.h"

namespace geo {
namespace {

constexpr std::size_t kPlacesPerPart = 64;
constexpr std::size_t kPointsBetweenStopChecks = 65'536;
constexpr double kSquareMetresPerKm2 = 1e6;

}  // namespace

Result<std::vector<double>> DensityAtOwnBandwidths(const WeightedPoints& points, std::span<const std::int64_t> bandwidth_mm, const Kernel& kernel,
                                                   std::span<const GridPoint> places, const DensityWork& work, const StopSignal& stop) {
  const double pairs = static_cast<double>(points.size()) * static_cast<double>(places.size());
  if (pairs > static_cast<double>(work.pairs)) {
    return Fail({ErrorCode::kResourceExhausted, "density.adaptive", "WORK_BUDGET",
                 fmt::format("own bandwidths for {} positions at {} places take {:.0f} pairs; the budget is {}; ask for fewer cells, or without adaptive",
                             points.size(), places.size(), pairs, work.pairs)});
  }
  std::vector<double> density(places.size());
  const auto part = [&](std::size_t number) -> Result<void> {
    const std::size_t begin = number * kPlacesPerPart, end = std::min(begin + kPlacesPerPart, places.size());
    std::size_t steps = 0;
    for (std::size_t place = begin; place < end; ++place) {
      double sum = 0;
      for (std::size_t i = 0; i < points.size(); ++i) {
        if (steps++ % kPointsBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
        const double east = static_cast<double>(std::int64_t{points.at[i].easting_mm} - places[place].easting_mm);
        const double north = static_cast<double>(std::int64_t{points.at[i].northing_mm} - places[place].northing_mm);
        const Kernel own{kernel.shape, bandwidth_mm[i], kernel.triangular_decay};
        sum += points.weight[i] * own.per_m2(east * east + north * north);
      }
      density[place] = sum * kSquareMetresPerKm2;
    }
    return {};
  };
  if (auto done = RunParts((places.size() + kPlacesPerPart - 1) / kPlacesPerPart, work.threads, part); !done) return Fail(done.error());
  return density;
}

}  // namespace geo
