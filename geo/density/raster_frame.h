// A rectangle of square cells of the National Grid's lattice.
#pragma once

#include <cstddef>
#include <cstdint>

#include "geo/cells/cell_grid.h"
#include "geo/types/grid_point.h"

namespace geo {

// Values of a frame are row by row from the south, west to east within a row: index = row * columns + column.
struct RasterFrame {
  std::int32_t cell_mm = 100'000;
  CellId south_west;  // of the lattice of squares of this size (CellGrid)
  std::int32_t columns = 0, rows = 0;

  std::size_t size() const { return static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows); }
  std::int64_t west_mm() const { return std::int64_t{south_west.column} * cell_mm; }
  std::int64_t south_mm() const { return std::int64_t{south_west.row} * cell_mm; }
  std::int64_t east_mm() const { return west_mm() + std::int64_t{columns} * cell_mm; }
  std::int64_t north_mm() const { return south_mm() + std::int64_t{rows} * cell_mm; }
  CellId cell_at(std::size_t index) const {
    return {south_west.row + static_cast<std::int32_t>(index / static_cast<std::size_t>(columns)),
            south_west.column + static_cast<std::int32_t>(index % static_cast<std::size_t>(columns))};
  }
  bool contains(CellId cell) const {
    return cell.row >= south_west.row && cell.row < south_west.row + rows && cell.column >= south_west.column && cell.column < south_west.column + columns;
  }
  std::size_t index_of(CellId cell) const {
    return static_cast<std::size_t>(cell.row - south_west.row) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(cell.column - south_west.column);
  }
  double cell_area_m2() const { return cell_mm / 1000.0 * (cell_mm / 1000.0); }
  friend bool operator==(const RasterFrame&, const RasterFrame&) = default;
};

// The smallest frame of whole cells that holds the box widened by `margin_mm` on each side.
// Errors: kInvalidArgument on `cells.cell_size_m` for a cell outside kMinCellMm..kMaxCellMm; kResourceExhausted GRID_TOO_LARGE over `most_cells`, computed
// without overflow, with the number asked for and the cell size that would fit. An empty box gives an empty frame.
Result<RasterFrame> FrameAround(const GridBox& box, std::int64_t margin_mm, std::int32_t cell_mm, std::int64_t most_cells);

}  // namespace geo
