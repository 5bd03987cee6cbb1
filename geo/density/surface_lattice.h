// The buckets under a frame, and exact chords over its rows.
#pragma once

#include <cstdint>
#include <vector>

#include "geo/density/point_buckets.h"
#include "geo/density/raster_frame.h"

namespace geo {

// Buckets of whole cells aligned with the frame's, over the points that lie within reach of it. Sides double while there would be over four buckets a point.
BucketLattice LatticeUnder(const RasterFrame& frame, const WeightedPoints& points, std::int64_t reach_mm);

// The floor of the square root. Exact for every n.
std::uint64_t FloorOfRoot(std::uint64_t n);

// Columns [begin, end) of the frame, clipped to it, whose centres in `row` lie within `reach_mm` of the point (closed): decided in whole half millimetres.
struct CellRange {
  std::int64_t begin = 0, end = 0;
};
CellRange ChordOver(const RasterFrame& frame, std::int64_t row, std::int64_t easting_mm, std::int64_t northing_mm, std::int64_t reach_mm);

// The rows whose centres lie within reach of [low, high], clipped to [begin, end).
CellRange RowsWithin(const RasterFrame& frame, std::int64_t low_northing_mm, std::int64_t high_northing_mm, std::int64_t reach_mm, CellRange rows);

// How far, in cells, the points of a row of buckets reach over a few rows of the frame. A centre and a bucket further apart than `half` have no pair within
// reach; where the far edges of a bucket and a centre are within `whole` cells of each other, all pairs are. Negative: none.
struct TileReach {
  std::int64_t half = -1, whole = -1;
};
// `south_mm` and `side_mm` are of the buckets. Exact but for rounding outward: whole halves of millimetres.
TileReach ReachOver(const RasterFrame& frame, CellRange rows, std::int64_t south_mm, std::int64_t side_mm, std::int64_t reach_mm);

}  // namespace geo
