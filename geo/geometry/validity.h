// Is a boundary fit to count with? GEOS answers, through its reentrant C interface; this room alone includes it.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "geo/geometry/polygon.h"
#include "geo/types/result.h"

namespace geo {

// kInvalidArgument INVALID_GEOMETRY with GEOS's reason and the place in metres ("Self-intersection at 583385.3 173344.8"). Coordinates are finite by type.
// No parts, no shell, and rings of fewer than three vertices are refused here; a vertex repeated in succession is not, for it changes nothing that is counted.
// Exact: GEOS is handed whole millimetres.
Result<void> CheckValid(const MultiPolygon& shape);

struct Overlap {
  std::size_t first = 0, second = 0;  // into the shapes given
  double area_m2 = 0;                 // NaN where GEOS could not overlay the pair: treat it as an overlap
};
// Pairs of shapes that share more than `tolerance_m2` and more than 1e-9 of the smaller one's area. Shared edges are not overlaps.
// Requires shapes that pass CheckValid. Order: by first, then second. Cost: an index query and an overlay for each pair whose boxes meet.
std::vector<Overlap> FindOverlaps(std::span<const MultiPolygon> shapes, double tolerance_m2 = 1.0);

}  // namespace geo
