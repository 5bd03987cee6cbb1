// Who is whose neighbour.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/areas/area_set.h"
#include "geo/cells/cell_grid.h"
#include "geo/types/stop_signal.h"

namespace geo {

// of[begin[i]] .. of[begin[i + 1] - 1] are the neighbours of i, ascending, without i itself; never one sided. All weigh 1 (binary); a row-standardised method
// divides by their number.
struct Neighbours {
  std::vector<std::uint32_t> begin{0};
  std::vector<std::uint32_t> of;
  std::size_t size() const { return begin.size() - 1; }
  std::span<const std::uint32_t> operator[](std::size_t i) const { return std::span(of).subspan(begin[i], begin[i + 1] - begin[i]); }
};

enum class Adjacency : std::uint8_t {
  kQueen,  // share an edge or a corner
  kRook,   // share an edge
};

// Cells within `rings` steps (1..100): squares by king's moves (queen) or by sides (rook), hexagons by sides either way. `cells` distinct, ascending; only they
// can be neighbours. Errors: kInvalidArgument significance.rings; kResourceExhausted TOO_MANY_NEIGHBOURS over `most` links; of `stop`.
Result<Neighbours> CellsWithinRings(std::span<const CellId> cells, const CellGrid& grid, int rings, Adjacency adjacency, std::int64_t most,
                                    const StopSignal& stop);
// Cells whose centres are at most distance_mm apart.
Result<Neighbours> CellsWithinDistance(std::span<const CellId> cells, const CellGrid& grid, std::int64_t distance_mm, std::int64_t most,
                                       const StopSignal& stop);
// Points at most distance_mm apart, equal positions included.
Result<Neighbours> PointsWithinDistance(std::span<const GridPoint> points, std::int64_t distance_mm, std::int64_t most, const StopSignal& stop);
// Areas that share a vertex (queen) or an edge, whole or in part along one line (rook), exactly, in whole millimetres; a shared line counts though only one
// side has a vertex there.
Result<Neighbours> AdjacentAreas(const AreaSet& areas, Adjacency adjacency, const StopSignal& stop);
// From a list of lists, as published neighbour files hold. Links are made mutual. Requires indices in range, no self (checked).
Neighbours NeighboursFromLists(const std::vector<std::vector<std::uint32_t>>& lists);

}  // namespace geo
