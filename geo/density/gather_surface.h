// All kernels but the Gaussian, a tile of cells at a time: all points within reach are added to sums that stay in registers.
#pragma once

#include <span>

#include "geo/density/density_surface.h"
#include "geo/density/lane_engine.h"
#include "geo/density/point_buckets.h"

namespace geo {

const LaneEngine& LanesOf(InstructionSet set);

// A kernel as constant * curve.
struct LaneKernel {
  LaneShape shape = LaneShape::kTwo;
  LaneCurve curve{};
  double per_km2 = 0;  // the constant
};
// False for a reach whose square the lanes could not hold exactly: over 67 km, at which pairs must be decided in whole numbers.
bool LanesHold(const Kernel& kernel, LaneKernel& out);

// Writes `surface`, weight per km2. Requires a kernel that LanesHold, other than the Gaussian. Determinism: as ScatterSurface. Errors: of `stop`.
Result<void> GatherSurface(const PointBuckets& points, const Kernel& kernel, const RasterFrame& frame, InstructionSet set, int threads, const StopSignal& stop,
                           std::span<double> surface);

}  // namespace geo
