// The lattice points that a noding may pass through, and which of them an edge meets. For the sources of this room.
#pragma once

#include <cstdint>
#include <vector>

#include "geo/tiles/ring_set.h"

namespace geo {

// A place in half units of the finest lattice, so that pixel borders are whole.
struct FinePoint {
  std::int64_t x = 0;
  std::int64_t y = 0;
};

class HotPoints {
 public:
  // Sorts and merges them, and lays buckets over them: about one a bucket.
  explicit HotPoints(std::vector<LatticePoint> points);

  // The points whose pixel [p - 1/2, p + 1/2) on both axes the closed edge from a to b meets, in order from a to b. `half`: how many fine units half a lattice
  // unit is. Both ends within 2^24 fine units of each other. Exact. Cost: the points in the buckets around the edge.
  void met_by(FinePoint a, FinePoint b, std::int64_t half, std::vector<LatticePoint>& met) const;

  std::size_t size() const { return points_.size(); }

 private:
  std::vector<LatticePoint> points_;  // by bucket
  std::vector<std::uint32_t> begin_;  // of buckets, row by row
  std::int32_t west_ = 0, north_ = 0;
  int side_bits_ = 0;
  std::int64_t columns_ = 0, rows_ = 0;
};

}  // namespace geo
