// Which views see which points.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/placement/camera_view.h"
#include "geo/placement/point_grid.h"
#include "geo/types/stop_signal.h"

namespace geo {

// For each view, the points that it sees at `level` or finer, ascending: exactly those for which view.sees(point, level). Points on an edge are in.
// Views of one column that follow one another ask their common polygon once for each point. The same at any number of threads.
// Errors: stop.reason() when stopped.
Result<std::vector<std::vector<std::uint32_t>>> FindCoverage(std::span<const CameraView> views, std::span<const GridPoint> points, int level, int threads,
                                                             const StopSignal& stop);

}  // namespace geo
