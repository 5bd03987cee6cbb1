// The pieces of area boundaries that decide membership inside one box of the index: the room's own geometry, exact in integers.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/areas/area_set.h"

namespace geo {

// Closed on all sides, in millimetres; 64 bits because the boxes of the outermost cells reach beyond int32.
struct PieceBox {
  std::int64_t west = 0, south = 0, east = 0, north = 0;
};

// A piece toggles membership of its area for every point that has it to the west: for points p with low end <= p.northing < high end, right of the piece.
// An edge is a piece with its own two ends; points on it belong to the area. A wall stands for all the edges wholly west of the box, whose toggles do not
// depend on the easting: it is vertical, one millimetre west of the box, so no point of the box is on it.
struct Piece {
  std::int32_t from_easting_mm = 0, from_northing_mm = 0;
  std::int32_t to_easting_mm = 0, to_northing_mm = 0;
  AreaIndex area = 0;
  bool wall = false;
};

// All edges of the areas, in order of area.
std::vector<Piece> PiecesOf(std::span<const Area> areas);

// Pieces for `box` from the pieces of a box around it: for every whole-millimetre point of `box` both give the same answer for every area. Keeps exactly the
// edges that meet the box, folds those to its west into walls, drops those to its east, above and below. Order: by area, as given.
// Requires products of differences between piece ends and box corners to fit: `wide` selects 128-bit integers, needed beyond 2^31 - 1 mm.
void NarrowPieces(std::span<const Piece> pieces, const PieceBox& box, bool wide, std::vector<Piece>& narrowed);

// What one area comes to inside a box.
struct AreaPieces {
  AreaIndex area = 0;
  std::vector<Piece> edges;               // with the southern end first
  std::vector<std::int64_t> wall_bounds;  // sorted, even in number: [0] up to [1], [2] up to [3], ... are walls; equal bounds cancelled
  std::int32_t wall_easting_mm = 0;       // west of the box; for groups with walls
  bool covers(const PieceBox& box) const { return edges.empty() && wall_bounds.size() == 2 && wall_bounds[0] <= box.south && wall_bounds[1] > box.north; }
};

// By area, up to and including the first that covers the box (later ones cannot win); areas without a point in the box are left out.
std::vector<AreaPieces> GroupPieces(std::span<const Piece> pieces, const PieceBox& box);

// Do the areas together cover every point of the box an odd number of times, as the wards of a tessellation do? Then a point in none but the last is in the
// last.
bool TileBox(std::span<const AreaPieces> groups, const PieceBox& box);

}  // namespace geo
