// The cells of an authority: where significance may say something, and an empty cell is a zero.
#pragma once

#include <cstdint>
#include <vector>

#include "geo/cells/cell_grid.h"
#include "geo/hotspots/selected_points.h"
#include "geo/types/stop_signal.h"

namespace geo {

// A block of rows and columns of a grid, of which `inside` marks the cells that share any point with the areas. Square grids only make it a raster.
struct AnalysedCells {
  CellId south_west;
  std::int32_t columns = 0, rows = 0;
  std::vector<std::uint8_t> inside;  // row by row from the south; 1 is analysed
  std::int64_t count = 0;
  CellId cell_at(std::size_t index) const {
    return {south_west.row + static_cast<std::int32_t>(index / static_cast<std::size_t>(columns)),
            south_west.column + static_cast<std::int32_t>(index % static_cast<std::size_t>(columns))};
  }
  bool contains(CellId cell) const {
    return cell.row >= south_west.row && cell.row - south_west.row < rows && cell.column >= south_west.column && cell.column - south_west.column < columns;
  }
  std::size_t index_of(CellId cell) const {
    return static_cast<std::size_t>(cell.row - south_west.row) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(cell.column - south_west.column);
  }
};

// A cell is analysed when its centre lies in an area or an area's outline passes through it: so that no incident inside the areas lies in a cell that is not.
// Exact to a graze under a millimetre. `areas.areas` limits it to those; a centre in two areas is in the first by code, as everywhere.
// Errors: kResourceExhausted TOO_MANY_CELLS when the block has over `most` cells; of `stop`. Cost: O(cells of the block + cells crossed by outlines x 32).
Result<AnalysedCells> FindAnalysedCells(const AnalysedAreas& areas, const CellGrid& grid, std::int64_t most, const StopSignal& stop);

}  // namespace geo
