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
  MultiPolygon region;  // valid: simple rings, holes inside shells, parts apart; no two rings touch. Shells anticlockwise, holes clockwise
  double area_m2 = 0;
};

// {s : f(s) >= level}, one answer a level, in their order. f has the cell values at cell centres, 0 at the centres of a ring of cells around the frame (so that
// every ring closes) and the mean of four neighbouring centres at the corner that they share; it is linear on each of the four triangles between a corner and
// two neighbouring centres. So there is no saddle to decide: two diagonal cells join when the mean of the four is at or over the level. Vertices are whole
// millimetres, moved outwards by under one, so that what is at the level is within; a vertex within a millimetre of a centre (two for cells of an odd size,
// whose vertices may also lie a millimetre off their edge) is kept that far from it. Rings of less than 1 m2 are left out: parts, and holes. Laws: a higher
// level's region lies within a lower one's; empty when no value reaches the level; moved by whole cells, the vertices move exactly; a cell's centre is within
// when its value is at or over the level (unless its ring was left out). Order: parts by their lowest row of centres, then from west to east; holes likewise.
// The same bytes for the same input. Cost: O(cells + vertices) a level. Errors: of `stop`; kInvalidArgument `levels` for a level that is not finite or not over
// 0, `surface` for a value that is not finite or a frame beyond kMaxMeters; kResourceExhausted CONTOUR_TOO_LONG over `most_vertices` in all. Source: Lorensen
// and Cline 1987, Marching cubes; the centre vertex against ambiguous saddles as in Nielson and Hamann 1991, The asymptotic decider. See also
// tests/property/geo/places/contours_test.cc.
Result<std::vector<Contour>> TraceContours(std::span<const double> values, const RasterFrame& frame, std::span<const double> levels, std::int64_t most_vertices,
                                           const StopSignal& stop);

// f at a point; 0 beyond the ring around the frame. At or over `level` exactly where the region of `level` holds the point, to the millimetre of its vertices.
// Exact at centres and corners, and between the least and greatest value of its triangle everywhere.
double SurfaceValueAt(std::span<const double> values, const RasterFrame& frame, GridPoint point);

}  // namespace geo
