#include "geo/placement/demand_cells.h"

#include <algorithm>
#include <map>

#include "geo/placement/cover_problem.h"

namespace geo {

std::vector<DemandCell> CellsOfDemand(const DemandSet& demand, const std::vector<int>& share_in_view, const CellGrid& grid, std::size_t most) {
  std::map<CellId, DemandCell> by_id;
  for (std::size_t i = 0; i < demand.points.size(); ++i) {
    const DemandPoint& point = demand.points[i];
    if (point.at == kUnlocated) continue;
    const CellId id = grid.cell_of(point.at);
    DemandCell& cell = by_id.try_emplace(id, DemandCell{id}).first->second;
    cell.weight += point.weight;
    cell.covered += point.weight * std::min(share_in_view[i], static_cast<int>(kAllTheTime)) / kAllTheTime;
  }
  std::vector<DemandCell> cells;
  for (const auto& [id, cell] : by_id) cells.push_back(cell);
  std::stable_sort(cells.begin(), cells.end(), [](const DemandCell& a, const DemandCell& b) { return a.weight > b.weight; });
  if (cells.size() > most) cells.resize(most);
  return cells;
}

}  // namespace geo
