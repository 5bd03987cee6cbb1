// From "the densest places that hold half of it" to a density.
#pragma once

#include <span>
#include <vector>

#include "geo/density/raster_frame.h"
#include "geo/density/weighted_points.h"

namespace geo {

// The density t such that the cells with value >= t hold at least `share` (0..1] of the surface's volume, and no higher t does. 0 for a surface of zeros.
// Cost: O(cells log cells). (Percent volume contour, Worton 1989.)
double LevelOfVolume(std::span<const double> values, double share);

// The highest density t such that at least `share` (0..1] of the points' weight lies where SurfaceValueAt >= t. 0 for no weight.
double LevelOfIncidents(std::span<const double> values, const RasterFrame& frame, const WeightedPoints& points, double share);

}  // namespace geo
