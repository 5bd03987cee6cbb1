#include "geo/cells/cell_groups.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "geo/types/check.h"

namespace geo {
namespace {

// A corner of the lattice: the south-western corner of the cell of the same row and column.
using Corner = CellId;

enum Heading : std::uint8_t { kEast, kNorth, kWest, kSouth };
constexpr std::array<CellId, 4> kStep{{{0, 1}, {1, 0}, {0, -1}, {-1, 0}}};  // row, column

Corner Moved(Corner at, Heading heading) { return {at.row + kStep[heading].row, at.column + kStep[heading].column}; }

// Edges with the group on their left, by the corner where they begin: at most two begin at one, where two cells of the group meet by a corner alone.
std::map<Corner, std::vector<Heading>> EdgesOf(std::span<const CellId> group) {
  std::vector<CellId> sorted(group.begin(), group.end());
  std::sort(sorted.begin(), sorted.end());
  const auto inside = [&](CellId cell) { return std::binary_search(sorted.begin(), sorted.end(), cell); };
  std::map<Corner, std::vector<Heading>> edges;
  for (const CellId cell : sorted) {
    if (!inside({cell.row - 1, cell.column})) edges[cell].push_back(kEast);
    if (!inside({cell.row, cell.column + 1})) edges[{cell.row, cell.column + 1}].push_back(kNorth);
    if (!inside({cell.row + 1, cell.column})) edges[{cell.row + 1, cell.column + 1}].push_back(kWest);
    if (!inside({cell.row, cell.column - 1})) edges[{cell.row + 1, cell.column}].push_back(kSouth);
  }
  return edges;
}

// Where two edges leave, the right turn stays with the same gap beyond the edge: cells of one group that meet by a corner enclose a gap on one side of it,
// whose ring is a hole of its own then, and no ring passes a corner twice.
Heading TakeNext(std::vector<Heading>& leaving, Heading came) {
  auto chosen = std::find(leaving.begin(), leaving.end(), static_cast<Heading>((came + 3) % 4));
  if (chosen == leaving.end()) chosen = leaving.begin();
  const Heading heading = *chosen;
  leaving.erase(chosen);
  return heading;
}

GridPoint PlaceOf(const CellGrid& grid, Corner corner) { return grid.outline_of(corner)[0]; }

}  // namespace

std::vector<std::vector<std::size_t>> GroupCells(const CellGrid& grid, std::span<const CellId> cells) {
  std::map<CellId, std::size_t> index;
  for (std::size_t i = 0; i < cells.size(); ++i) index.emplace(cells[i], i);
  std::vector<bool> taken(cells.size());
  std::vector<std::vector<std::size_t>> groups;
  for (std::size_t first = 0; first < cells.size(); ++first) {
    if (taken[first]) continue;
    taken[first] = true;
    std::vector<std::size_t> group{first};
    for (std::size_t next = 0; next < group.size(); ++next) {
      for (const CellId neighbour : grid.neighbours_of(cells[group[next]])) {
        const auto found = index.find(neighbour);
        if (found == index.end() || taken[found->second]) continue;
        taken[found->second] = true;
        group.push_back(found->second);
      }
    }
    std::sort(group.begin(), group.end());
    groups.push_back(std::move(group));
  }
  return groups;
}

Polygon OutlineOfSquares(const CellGrid& grid, std::span<const CellId> group) {
  WARDWATCH_CHECK(grid.shape() == CellShape::kSquare && !group.empty(), "an outline of {} cells", group.size());
  auto edges = EdgesOf(group);
  Polygon outline;
  while (!edges.empty()) {
    // The southernmost corner, and of those the westernmost, is a turn of its ring, and the very first one is the shell's.
    const Corner start = edges.begin()->first;
    Corner at = start;
    std::optional<Heading> came;
    Ring ring;
    do {
      const auto leaving = edges.find(at);
      const Heading next = TakeNext(leaving->second, came.value_or(kEast));
      if (leaving->second.empty()) edges.erase(leaving);
      if (next != came) ring.push_back(PlaceOf(grid, at));
      came = next;
      at = Moved(at, next);
    } while (at != start);
    outline.rings.push_back(std::move(ring));
  }
  return outline;
}

}  // namespace geo
