// Polygons on the National Grid: the shape of a ward.
#pragma once

#include <vector>

#include "geo/types/grid_point.h"

namespace geo {

// Closed without repeating the first vertex; at least three vertices; consecutive vertices differ.
using Ring = std::vector<GridPoint>;

// rings[0] is the shell, the others holes. Direction is of no account.
struct Polygon {
  std::vector<Ring> rings;
};

// Parts do not overlap (checked at load). A ward of islands has several.
struct MultiPolygon {
  std::vector<Polygon> parts;
};

GridBox BoundsOf(const MultiPolygon& shape);
// Square metres, holes subtracted, exact to the rounding of one double.
double AreaM2(const MultiPolygon& shape);
// Exact. False for a ring without area.
bool IsAnticlockwise(const Ring& ring);

}  // namespace geo
