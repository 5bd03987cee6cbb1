// Neighbours of lattice cells: row by row, the cells of a window around each.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "geo/geometry/orientation.h"
#include "geo/significance/neighbour_limit.h"
#include "geo/significance/neighbours.h"
#include "geo/types/check.h"

namespace geo {
namespace {

constexpr std::size_t kRowsBetweenStopChecks = 4'096;

// Hexagon centres lie on half rows: in odd columns half a cell further north.
std::int64_t HalfRow(CellId cell, bool hexagon) { return hexagon ? 2 * std::int64_t{cell.row} + (cell.column & 1) : 2 * std::int64_t{cell.row}; }

struct RowOfCells {
  std::int32_t row = 0;
  std::size_t begin = 0, end = 0;
};

std::vector<RowOfCells> RowsOf(std::span<const CellId> cells) {
  std::vector<RowOfCells> rows;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    WARDWATCH_CHECK(i == 0 || cells[i - 1] < cells[i], "cells {} and {} out of order", i - 1, i);
    if (rows.empty() || rows.back().row != cells[i].row) rows.push_back({cells[i].row, i, i});
    rows.back().end = i + 1;
  }
  return rows;
}

// `columns_within(rows)`: how far east and west a neighbour may lie that many rows up or down. `near(columns, half_rows)`: is it one, by differences without
// sign?
template <class ColumnsWithin, class Near>
Result<Neighbours> CellsWithin(std::span<const CellId> cells, bool hexagon, std::int64_t row_reach, ColumnsWithin&& columns_within, Near&& near,
                               std::int64_t most, const StopSignal& stop) {
  const std::vector<RowOfCells> rows = RowsOf(cells);
  Neighbours neighbours;
  neighbours.begin.reserve(cells.size() + 1);
  std::vector<std::size_t> next;  // of each row in reach, the first cell not yet too far west
  std::size_t low = 0, high = 0, work = 0;
  for (const RowOfCells& own : rows) {
    while (std::int64_t{own.row} - rows[low].row > row_reach) ++low;
    while (high < rows.size() && std::int64_t{rows[high].row} - own.row <= row_reach) ++high;
    next.clear();
    for (std::size_t k = low; k < high; ++k) next.push_back(rows[k].begin);
    for (std::size_t i = own.begin; i < own.end; ++i) {
      for (std::size_t k = low; k < high; ++k) {
        if (++work % kRowsBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
        const std::int64_t reach = columns_within(std::abs(std::int64_t{rows[k].row} - own.row));
        std::size_t& first = next[k - low];
        while (first < rows[k].end && cells[first].column < cells[i].column - reach) ++first;
        for (std::size_t j = first; j < rows[k].end && cells[j].column <= cells[i].column + reach; ++j) {
          const std::int64_t columns = std::abs(std::int64_t{cells[j].column} - cells[i].column);
          if (j != i && near(columns, std::abs(HalfRow(cells[j], hexagon) - HalfRow(cells[i], hexagon))))
            neighbours.of.push_back(static_cast<std::uint32_t>(j));
        }
        if (neighbours.of.size() > MostLinks(most)) return Fail(TooManyNeighbours(most));
      }
      neighbours.begin.push_back(static_cast<std::uint32_t>(neighbours.of.size()));
    }
  }
  return neighbours;
}

// The greatest whole number whose square is at most `square`.
std::int64_t WholeRoot(Int128 square) {
  auto root = static_cast<std::int64_t>(std::sqrt(static_cast<double>(square)));
  while (static_cast<Int128>(root) * root > square) --root;
  while (static_cast<Int128>(root + 1) * (root + 1) <= square) ++root;
  return root;
}

}  // namespace

Result<Neighbours> CellsWithinRings(std::span<const CellId> cells, const CellGrid& grid, int rings, Adjacency adjacency, std::int64_t most,
                                    const StopSignal& stop) {
  if (rings < 1 || rings > 100) return Fail(InvalidArgument("significance.rings", fmt::format("rings is {}; it must be 1 to 100", rings)));
  if (grid.shape() == CellShape::kHexagon) {
    // Steps by sides: every step east or west moves half a row at will, further north or south by whole rows.
    return CellsWithin(
        cells, true, rings, [&](std::int64_t) { return rings; },
        [&](std::int64_t columns, std::int64_t half_rows) { return columns + std::max<std::int64_t>(half_rows - columns, 0) / 2 <= rings; }, most, stop);
  }
  const bool queen = adjacency == Adjacency::kQueen;
  return CellsWithin(
      cells, false, rings, [&](std::int64_t rows) { return queen ? rings : rings - rows; }, [](std::int64_t, std::int64_t) { return true; }, most, stop);
}

Result<Neighbours> CellsWithinDistance(std::span<const CellId> cells, const CellGrid& grid, std::int64_t distance_mm, std::int64_t most,
                                       const StopSignal& stop) {
  if (distance_mm < 0) return Fail(InvalidArgument("significance.distance_m", fmt::format("distance is {} mm; it must not be negative", distance_mm)));
  // Nothing lies further apart than the indices of cells can say, and squares of half steps stay in 128 bits.
  const Int128 twice = 2 * static_cast<Int128>(std::min<std::int64_t>(distance_mm, std::int64_t{1} << 60));
  const std::int64_t size = grid.size_mm();
  // In halves of the cell size: hexagon columns are sqrt(3) of them apart, so that squares are whole.
  const bool hexagon = grid.shape() == CellShape::kHexagon;
  const Int128 square = twice * twice / (static_cast<Int128>(size) * size);
  const auto near = [&](std::int64_t columns, std::int64_t half_rows) {
    return (hexagon ? 3 : 4) * (static_cast<Int128>(columns) * columns) + static_cast<Int128>(half_rows) * half_rows <= square;
  };
  const std::int64_t column_reach = WholeRoot(square / (hexagon ? 3 : 4)), row_reach = WholeRoot(square) / 2 + 1;
  return CellsWithin(
      cells, hexagon, row_reach, [&](std::int64_t) { return column_reach; }, near, most, stop);
}

}  // namespace geo
