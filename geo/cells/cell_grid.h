// Square and hexagonal cells anchored to the National Grid: the same cell has the same id in every question and every year.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "geo/geometry/polygon.h"
#include "geo/types/grid_point.h"
#include "geo/types/result.h"

namespace geo {

enum class CellShape : std::uint8_t { kSquare, kHexagon };

// Column and row of a cell in its grid. Ordered by row, then column: south to north, west to east.
struct CellId {
  std::int32_t row = 0;
  std::int32_t column = 0;
  friend auto operator<=>(const CellId&, const CellId&) = default;
};

// A tiling of the plane. Squares: side `size_mm`, corner of cell (0,0) at the Grid's false origin, half-open to the north and east.
// Hexagons: flat top, `size_mm` between opposite sides (so the area is size^2 * sqrt(3)/2), centre of cell (0,0) at the false origin; odd columns are shifted
// half a cell north. A point on a shared edge goes to one cell, always the same: the nearest centre in exact arithmetic, ties to the lower id. The hexagons are
// the true ones, whose centres are irrational: no rounded lattice, so no cell is a millimetre larger than another.
inline constexpr std::int32_t kMinCellMm = 1'000;
inline constexpr std::int32_t kMaxCellMm = 100'000'000;

class CellGrid {
 public:
  CellGrid(CellShape shape, std::int32_t size_mm);  // size_mm kMinCellMm .. kMaxCellMm: anything else is a broken invariant

  CellShape shape() const { return shape_; }
  double size_m() const { return size_mm_ / 1000.0; }
  std::int32_t size_mm() const { return size_mm_; }
  double area_m2() const;

  // Exact for every point within kMaxMeters. kUnlocated is in no cell: the caller leaves it out.
  CellId cell_of(GridPoint point) const {
    if (shape_ == CellShape::kHexagon) return hexagon_of(point);
    return {whole_cells(point.northing_mm), whole_cells(point.easting_mm)};
  }
  // Rounded to the millimetre; exact for squares of even size. Points beyond what a GridPoint can hold are clamped to its range.
  GridPoint centre_of(CellId cell) const;
  Ring outline_of(CellId cell) const;                    // anticlockwise from the south-west (square) or the west (hexagon), vertices rounded as centres
  std::vector<CellId> neighbours_of(CellId cell) const;  // that share an edge: 4 or 6, in order of id

  // "s250:r702:c2291" / "h250:r-3:c12": shape, size in metres without trailing zeros ("s12.5"), row, column. Stable across questions.
  std::string format(CellId cell) const;

  friend bool operator==(const CellGrid&, const CellGrid&) = default;

 private:
  CellId hexagon_of(GridPoint point) const;
  // Rounded down. A quotient that is no whole number is at least 1 / size_mm from one, and doubles of its size lie 2^-31 apart at most: the division cannot
  // round it up to one. Half the time of dividing integers.
  std::int32_t whole_cells(std::int32_t mm) const {
    const double quotient = static_cast<double>(mm) / size_mm_;
    const auto toward_zero = static_cast<std::int32_t>(quotient);
    return toward_zero - (toward_zero > quotient ? 1 : 0);
  }
  CellShape shape_;
  std::int32_t size_mm_;
};

// The inverse of format. Accepts exactly what format writes, for cells whose centre is within kMaxMeters; anything else is an InvalidArgument on "cell".
Result<std::pair<CellGrid, CellId>> ParseCell(std::string_view text);

}  // namespace geo
