// From "the densest places that hold half of it" to a density.
#pragma once

#include <span>
#include <vector>

#include "geo/density/raster_frame.h"
#include "geo/density/weighted_points.h"

namespace geo {

// The highest of the values, t, such that the cells with value >= t hold at least `share` (0..1] of the surface's volume: cells that tie with t are all in. A
// share of 1 is every cell over 0. Values that are not over 0 hold nothing; 0 for a surface without any over 0. A share counts as reached when it lacks under
// 1e-12 of the whole, so that 0.07 of 100 equal cells is 7 of them. Cost: O(cells). Source: Worton 1989, Kernel methods for estimating the
// utilization distribution in home-range studies (percent volume contour).
double LevelOfVolume(std::span<const double> values, double share);

// The highest density t such that at least `share` (0..1] of the points' weight lies where SurfaceValueAt >= t: one of the densities at the points. 0 when the
// share is reached only with points where the surface is not over 0, and for no weight. Reached as above. Cost: O(points log points).
double LevelOfIncidents(std::span<const double> values, const RasterFrame& frame, const WeightedPoints& points, double share);

}  // namespace geo
