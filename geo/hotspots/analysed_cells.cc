#include "geo/hotspots/analysed_cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace geo {
namespace {

constexpr std::size_t kStepsBetweenStopChecks = 4'096;

class Marker {
 public:
  Marker(AnalysedCells& cells, const CellGrid& grid, const StopSignal& stop) : cells_(cells), grid_(grid), stop_(stop) {}

  Result<void> outline(const Ring& ring) {
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const GridPoint from = ring[i], to = ring[i + 1 == ring.size() ? 0 : i + 1];
      walk(from, grid_.cell_of(from), to, grid_.cell_of(to));
      if (++steps_ % kStepsBetweenStopChecks == 0 && stop_.stop_requested()) return Fail(stop_.reason());
    }
    return {};
  }
  void mark(CellId cell) {
    if (cells_.contains(cell)) cells_.inside[cells_.index_of(cell)] = 1;
  }

 private:
  // Cells are convex: an edge with both ends in one lies in it whole. Otherwise each half is asked, down to the millimetre.
  void walk(GridPoint from, CellId from_cell, GridPoint to, CellId to_cell) {
    if (from_cell == to_cell) return mark(from_cell);
    const std::int64_t across = std::int64_t{to.easting_mm} - from.easting_mm, up = std::int64_t{to.northing_mm} - from.northing_mm;
    if (std::abs(across) <= 1 && std::abs(up) <= 1) {
      mark(from_cell);
      return mark(to_cell);
    }
    const GridPoint middle{static_cast<std::int32_t>(from.easting_mm + across / 2), static_cast<std::int32_t>(from.northing_mm + up / 2)};
    const CellId middle_cell = grid_.cell_of(middle);
    walk(from, from_cell, middle, middle_cell);
    walk(middle, middle_cell, to, to_cell);
  }

  AnalysedCells& cells_;
  const CellGrid& grid_;
  const StopSignal& stop_;
  std::size_t steps_ = 0;
};

Result<AnalysedCells> EmptyBlock(const GridBox& box, const CellGrid& grid, std::int64_t most) {
  AnalysedCells cells;
  if (box.empty()) return cells;
  CellId low = grid.cell_of(box.low), high = grid.cell_of(box.high);
  // Rows of hexagons interlock: a box meets one more on each side.
  if (grid.shape() == CellShape::kHexagon) {
    low = {low.row - 1, low.column - 1};
    high = {high.row + 1, high.column + 1};
  }
  const std::int64_t rows = std::int64_t{high.row} - low.row + 1, columns = std::int64_t{high.column} - low.column + 1;
  if (rows * columns > most) {
    return Fail({ErrorCode::kResourceExhausted, "cells.cell_size_m", "TOO_MANY_CELLS",
                 fmt::format("the areas lie in a block of {} x {} cells of {} m; at most {} cells are analysed; ask for larger cells or fewer areas", columns,
                             rows, grid.size_m(), most)});
  }
  cells.south_west = low;
  cells.rows = static_cast<std::int32_t>(rows);
  cells.columns = static_cast<std::int32_t>(columns);
  cells.inside.resize(static_cast<std::size_t>(rows * columns));
  return cells;
}

Result<void> MarkCentres(const AnalysedAreas& areas, const CellGrid& grid, AnalysedCells& cells, const StopSignal& stop) {
  std::vector<std::uint8_t> wanted(areas.set->areas().size(), areas.areas.empty() ? 1 : 0);
  for (const AreaIndex area : areas.areas) wanted[area] = 1;
  std::vector<GridPoint> centres;
  std::vector<AreaIndex> in;
  for (std::size_t begin = 0; begin < cells.inside.size(); begin += kStepsBetweenStopChecks) {
    if (stop.stop_requested()) return Fail(stop.reason());
    const std::size_t end = std::min(begin + kStepsBetweenStopChecks, cells.inside.size());
    centres.clear();
    for (std::size_t i = begin; i < end; ++i) centres.push_back(grid.centre_of(cells.cell_at(i)));
    in.resize(centres.size());
    areas.set->locate(centres, in);
    for (std::size_t i = begin; i < end; ++i) {
      if (in[i - begin] < wanted.size() && wanted[in[i - begin]] != 0) cells.inside[i] = 1;
    }
  }
  return {};
}

}  // namespace

Result<AnalysedCells> FindAnalysedCells(const AnalysedAreas& areas, const CellGrid& grid, std::int64_t most, const StopSignal& stop) {
  auto cells = EmptyBlock(BoundsOf(areas), grid, most);
  if (!cells) return Fail(cells.error());
  if (auto marked = MarkCentres(areas, grid, *cells, stop); !marked) return Fail(marked.error());
  Marker marker(*cells, grid, stop);
  for (std::size_t i = 0; i < areas.set->areas().size(); ++i) {
    if (!areas.areas.empty() && !std::binary_search(areas.areas.begin(), areas.areas.end(), static_cast<AreaIndex>(i))) continue;
    for (const Polygon& part : areas.set->areas()[i].shape.parts) {
      for (const Ring& ring : part.rings) {
        if (auto marked = marker.outline(ring); !marked) return Fail(marked.error());
      }
    }
  }
  cells->count = std::count(cells->inside.begin(), cells->inside.end(), 1);
  return cells;
}

}  // namespace geo
