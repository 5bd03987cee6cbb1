// Density at given places where each point has its own bandwidth.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/density/density_surface.h"

namespace geo {

// As DensityAt, with `bandwidth_mm[i]` of points.at[i] in place of the kernel's: what DensitySurfaceOfOwnBandwidths gives at cell centres.
// Cost: points times places, against work.pairs (kResourceExhausted WORK_BUDGET). Sums in the order of the points. Errors: of `stop`.
Result<std::vector<double>> DensityAtOwnBandwidths(const WeightedPoints& points, std::span<const std::int64_t> bandwidth_mm, const Kernel& kernel,
                                                   std::span<const GridPoint> places, const DensityWork& work, const StopSignal& stop);

}  // namespace geo
