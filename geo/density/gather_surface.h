// The polynomial kernels and the uniform one, a tile of cells at a time: all points within reach are added to sums that stay in registers.
#pragma once

#include <span>

#include "geo/density/density_surface.h"
#include "geo/density/lane_engine.h"
#include "geo/density/point_buckets.h"

namespace geo {

const LaneEngine& LanesOf(InstructionSet set);

// A kernel as constant * (r^2 - d^2)^power, mm.
struct KernelPower {
  LanePower power = LanePower::kTwo;
  double per_km2 = 0;  // the constant
};
// False for the kernels that are no such power.
bool PowerOf(const Kernel& kernel, KernelPower& out);

// Writes `surface`, weight per km2. Requires PowerOf(kernel). Determinism: as ScatterSurface. Errors: of `stop`.
Result<void> GatherSurface(const PointBuckets& points, const Kernel& kernel, const RasterFrame& frame, InstructionSet set, int threads, const StopSignal& stop,
                           std::span<double> surface);

}  // namespace geo
