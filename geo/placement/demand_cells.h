// Demand by cell, and how much of it is in view: what is left uncovered.
#pragma once

#include <vector>

#include "geo/cells/cell_grid.h"
#include "geo/placement/camera_scene.h"

namespace geo {

struct DemandCell {
  CellId id;
  double weight = 0, covered = 0;
};

// Cells with any demand, heaviest first, ties by id; at most `most`. `share_in_view`: of each point, per mille of the time; over a thousand counts once.
std::vector<DemandCell> CellsOfDemand(const DemandSet& demand, const std::vector<int>& share_in_view, const CellGrid& grid, std::size_t most);

}  // namespace geo
