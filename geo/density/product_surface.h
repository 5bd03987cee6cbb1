// The Gaussian, a band of rows at a time: exp(-(dx^2 + dy^2) / 2 s^2) is a factor of the column times one of the row, so that a pair is one multiplication.
#pragma once

#include <span>

#include "geo/density/gather_surface.h"

namespace geo {

// Writes `surface`, weight per km2. Requires a Gaussian that LanesHold. Determinism: bands of rows, cut by the frame alone; within one the order of buckets,
// then of points. Errors: of `stop`.
Result<void> ProductSurface(const PointBuckets& points, const Kernel& kernel, const RasterFrame& frame, InstructionSet set, int threads, const StopSignal& stop,
                            std::span<double> surface);

}  // namespace geo
