// Regions of a surface at or above a level, as valid polygons.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/density/raster_frame.h"
#include "geo/geometry/polygon.h"
#include "geo/types/stop_signal.h"

namespace geo {

struct Contour {
  double level = 0;
  MultiPolygon region;  // valid: simple rings, holes inside shells, parts apart
  double area_m2 = 0;
};

// {s : f(s) >= level}, with f the cell values at cell centres, linear between (marching squares; a saddle joins when the mean of its four corners is at or over the
// level), and 0 beyond the frame, so that every ring closes. Vertices to the millimetre; parts smaller than 1 m2 are dropped.
// Laws: a higher level's region lies within a lower one's; empty when no value reaches the level; levels > 0 (checked by the caller: kInvalidArgument `levels`).
// Cost: O(cells + vertices). Errors: of `stop`; kResourceExhausted CONTOUR_TOO_LONG over `most_vertices`.
Result<std::vector<Contour>> TraceContours(std::span<const double> values, const RasterFrame& frame, std::span<const double> levels, std::int64_t most_vertices,
                                           const StopSignal& stop);

// f above at a point: bilinear would differ from what the contours draw; this is exactly "does the region of `level` hold the point", by the same linear pieces.
double SurfaceValueAt(std::span<const double> values, const RasterFrame& frame, GridPoint point);

}  // namespace geo
