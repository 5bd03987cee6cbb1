// What a surface will cost, before it is begun.
#pragma once

#include <cstdint>

#include "geo/density/density_surface.h"
#include "geo/density/point_buckets.h"

namespace geo {

// Cells within reach of each bucket times its points, to within a cell or a bucket and never under.
Result<std::int64_t> PairsOf(const PointBuckets& points, std::int64_t reach_mm, const RasterFrame& frame, const StopSignal& stop);

// kResourceExhausted WORK_BUDGET when `pairs` is over `budget`.
Result<void> CheckBudget(std::int64_t pairs, std::int64_t budget);

// Threads that `pairs` keeps busy long enough to pay for their start.
int ThreadsFor(std::int64_t pairs, int at_most);

}  // namespace geo
