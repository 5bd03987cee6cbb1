// The index behind AreaSet::locate: a uniform grid that knows the owner of most cells outright and the few edges of the rest.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/areas/boundary_piece.h"

namespace geo {

class AreaJoin {
 public:
  // `areas` in order of code: where several hold a point, the first wins. They may overlap and nest; each is what its rings enclose an odd number of times,
  // and the rings themselves. Coordinates anywhere in int32.
  // Cost: O(edges x log cells) time, at most about 40 bytes an edge in memory while building.
  explicit AreaJoin(std::span<const Area> areas);

  // out[i] is the first area that holds points[i], else kOutside, or kNowhere for kUnlocated. Exact; thread-safe.
  void locate(std::span<const GridPoint> points, std::span<AreaIndex> out) const;

  std::size_t memory_bytes() const { return cells_.capacity() * sizeof(cells_[0]) + records_.capacity() * sizeof(records_[0]); }

 private:
  class Builder;

  // The code of the smallest cell that holds the point, from that of its grid cell.
  std::uint32_t descend(std::uint32_t code, GridPoint point) const;
  AreaIndex resolve(std::uint32_t code, GridPoint point) const;

  // A cell is 2^shift_ mm wide, so that its column is a subtraction and a shift, and its bounds are exact.
  std::uint32_t west_ = 0, south_ = 0;  // of the grid, as two's complement: differences wrap, and anything outside becomes a large number
  std::uint32_t columns_ = 0, rows_ = 0;
  int shift_ = 0;
  bool wide_ = false;  // products need 128 bits
  // (rows_ + 1) rows of (columns_ + 1) cells, the last of each outside; then the blocks of 8 x 8 cells into which crowded cells are divided.
  std::vector<std::uint32_t> cells_;
  // For each cell that edges cross: { default area, groups, then for each group { area, edges, edges x { low easting, low northing, high easting, high northing
  // } } }.
  std::vector<std::int32_t> records_;
};

}  // namespace geo
