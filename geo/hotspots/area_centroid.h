// The middle of an area.
#pragma once

#include "geo/geometry/polygon.h"

namespace geo {

// The centre of mass, holes left out, to the millimetre; of a shape without area its first vertex. It may lie outside the shape. Requires a vertex (checked).
GridPoint CentroidOf(const MultiPolygon& shape);

}  // namespace geo
