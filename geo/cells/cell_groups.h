// Cells that touch, as one shape.
#pragma once

#include <span>
#include <vector>

#include "geo/cells/cell_grid.h"

namespace geo {

// Groups of cells that hang together by shared edges, as indices into `cells`; in order of each group's first cell, and within a group in the order of `cells`.
// Cells are distinct. Cost: O(n log n).
std::vector<std::vector<std::size_t>> GroupCells(const CellGrid& grid, std::span<const CellId> cells);

// The outline of one group of squares: a shell, then its holes, each a ring that touches itself nowhere, so that the polygon is valid; vertices at corners
// only. Requires squares that hang together by edges. See also tests/unit/geo/cells/cell_groups_test.cc.
Polygon OutlineOfSquares(const CellGrid& grid, std::span<const CellId> group);

}  // namespace geo
