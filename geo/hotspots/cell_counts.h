// How much lies in each cell.
#pragma once

#include <cstdint>
#include <vector>

#include "geo/cells/cell_grid.h"
#include "geo/hotspots/merged_points.h"

namespace geo {

struct CellCount {
  CellId cell;
  std::int64_t incidents = 0;
  double weight = 0;
  double top_weight = 0;  // of the heaviest single position in it
  double heaviest = 0;    // of a single incident
};

// The occupied cells, in order of id. Every position is in exactly one: the counts add up to all of `points`.
// Errors: of `stop`. Determinism: weights are added in the order of `points`. Cost: one cell_of a position and an ordering of the positions.
Result<std::vector<CellCount>> CountCells(const CellGrid& grid, const MergedPoints& points, const StopSignal& stop);

}  // namespace geo
