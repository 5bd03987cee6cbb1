// Exact predicates on millimetre points: which side, and whether on. No tolerance, no rounding: the sign of an integer.
#pragma once

#include <algorithm>
#include <cstdint>

#include "geo/types/grid_point.h"

namespace geo {

// A 128-bit integer: differences of int32 need 33 bits, their products 66.
__extension__ typedef __int128 Int128;

// +1 when p lies left of the line from a to b, -1 right of it, 0 on it. For every int32 coordinate.
inline int Orientation(GridPoint a, GridPoint b, GridPoint p) {
  const std::int64_t bx = std::int64_t{b.easting_mm} - a.easting_mm, by = std::int64_t{b.northing_mm} - a.northing_mm;
  const std::int64_t px = std::int64_t{p.easting_mm} - a.easting_mm, py = std::int64_t{p.northing_mm} - a.northing_mm;
  const Int128 cross = static_cast<Int128>(bx) * py - static_cast<Int128>(by) * px;
  return (cross > 0) - (cross < 0);
}

// Is p on the closed segment from a to b? A segment of one point holds that point.
inline bool OnSegment(GridPoint a, GridPoint b, GridPoint p) {
  return p.easting_mm >= std::min(a.easting_mm, b.easting_mm) && p.easting_mm <= std::max(a.easting_mm, b.easting_mm) &&
         p.northing_mm >= std::min(a.northing_mm, b.northing_mm) && p.northing_mm <= std::max(a.northing_mm, b.northing_mm) && Orientation(a, b, p) == 0;
}

}  // namespace geo
