// A geometry of a boundary file, as coordinates and then as a shape on the Grid.
#pragma once

#include <string>
#include <vector>

#include "geo/geodesy/british_grid.h"
#include "geo/geometry/polygon.h"
#include "geo/sources/manifest.h"
#include "geo/types/result.h"

class OGRGeometry;

namespace geo {

// Every vertex of a polygon or multipolygon, in the file's own system, with the closing vertex of each ring left out.
struct RawShape {
  std::vector<double> x, y;
  std::vector<std::vector<std::size_t>> ring_sizes;  // by part, then ring
  bool had_heights = false;                          // Z or M, dropped
};

// Errors (field is left to the caller): WRONG_GEOMETRY_TYPE, EMPTY_GEOMETRY, UNCLOSED_RING, RING_TOO_SHORT, NOT_FINITE, TOO_MANY_VERTICES. `geometry` may be
// null.
Result<RawShape> TakeShape(const OGRGeometry* geometry);

// How many of the coordinates can be what `crs` says, and how many could if x and y changed places.
struct CoordinateRange {
  std::size_t total = 0, in_range = 0, in_area = 0, in_area_swapped = 0;
  bool look_like_degrees = true;
  void add(const RawShape& shape, Crs crs);
};
// CRS_MISMATCH, AXES_SWAPPED or OUT_OF_AREA, each with what to do.
Result<void> JudgeRange(const CoordinateRange& range, Crs crs);

// To whole millimetres; vertices that fall together are one. Rings may cross themselves. Errors: OUT_OF_AREA, INVALID_GEOMETRY for a ring of under a millimetre.
Result<MultiPolygon> PlaceRings(RawShape shape, Crs crs, const BritishGrid& grid);
// The same, fit to count with. Errors: also INVALID_GEOMETRY for what is no valid shape.
Result<MultiPolygon> PlaceShape(RawShape shape, Crs crs, const BritishGrid& grid);

}  // namespace geo
