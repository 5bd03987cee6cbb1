// Every kernel, one point at a time: the point's kernel is added to each cell within its reach.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/density/density_surface.h"
#include "geo/density/point_buckets.h"

namespace geo {

// Adds to `surface`, weight per km2. `bandwidth_mm` holds one for each of the points given to PointBuckets::Build, or none: the kernel's own for all.
// Determinism: bands of rows, cut by the frame alone; within a row the order of buckets, then of points. Errors: of `stop`.
Result<void> ScatterSurface(const PointBuckets& points, const Kernel& kernel, std::span<const std::int64_t> bandwidth_mm, const RasterFrame& frame, int threads,
                            const StopSignal& stop, std::span<double> surface);

}  // namespace geo
