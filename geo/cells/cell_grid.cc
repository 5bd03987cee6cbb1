#include "geo/cells/cell_grid.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

#include "geo/geometry/orientation.h"
#include "geo/types/check.h"

namespace geo {
namespace {

constexpr double kHalfRootThree = 0.86602540378443864676;

std::int64_t FloorDivide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0); }  // b > 0

// Hexagon centres, in half millimetres: easting column * size * sqrt(3), northing step * size, where step = 2 * row, plus 1 in odd columns.
std::int64_t StepOf(CellId cell) { return 2 * std::int64_t{cell.row} + (cell.column & 1); }

GridPoint Clamped(std::int64_t easting_mm, std::int64_t northing_mm) {
  constexpr std::int64_t kLimit = std::numeric_limits<std::int32_t>::max();
  return {static_cast<std::int32_t>(std::clamp(easting_mm, -kLimit, kLimit)), static_cast<std::int32_t>(std::clamp(northing_mm, -kLimit, kLimit))};
}

// Sign of a * sqrt(3) + b, exact. |a|, |b| < 2^60.
int SignOfSurd(std::int64_t a, std::int64_t b) {
  const int sign_a = (a > 0) - (a < 0), sign_b = (b > 0) - (b < 0);
  if (sign_a == sign_b || sign_b == 0) return sign_a;
  if (sign_a == 0) return sign_b;
  // Of opposite sign: the greater square wins. Equal squares would make sqrt(3) a fraction.
  return static_cast<Int128>(a) * a * 3 > static_cast<Int128>(b) * b ? sign_a : sign_b;
}

// Sign of (distance to p's centre)^2 - (distance to q's centre)^2, with x and y in half millimetres. The difference of squares, divided by the size, is
// -2 x sqrt(3) (cp - cq) + 3 size (cp^2 - cq^2) - 2 y (kp - kq) + size (kp^2 - kq^2): one surd. Candidates are neighbours, so every term is under 2^50.
int CompareDistance(std::int64_t size, std::int64_t x, std::int64_t y, CellId p, CellId q) {
  const std::int64_t columns = std::int64_t{p.column} - q.column, column_sum = std::int64_t{p.column} + q.column;
  const std::int64_t steps = StepOf(p) - StepOf(q), step_sum = StepOf(p) + StepOf(q);
  return SignOfSurd(-2 * x * columns, 3 * size * columns * column_sum - 2 * y * steps + size * steps * step_sum);
}

CellId HexagonOf(std::int64_t size, GridPoint point) {
  const std::int64_t x = 2 * std::int64_t{point.easting_mm}, y = 2 * std::int64_t{point.northing_mm};
  // The nearest centre is in one of the columns on either side of the estimate, whose error is under 1e-6 of a column.
  const auto guess = static_cast<std::int32_t>(std::lround(static_cast<double>(point.easting_mm) / (static_cast<double>(size) * kHalfRootThree)));
  std::optional<CellId> best;
  for (std::int32_t column = guess - 1; column <= guess + 1; ++column) {
    const std::int64_t odd = column & 1;
    // In one column the bands [row * size - size/2, row * size + size/2] meet at their ends: a tie, and the lower row has it.
    const auto row = static_cast<std::int32_t>(-FloorDivide(-(y - (odd + 1) * size), 2 * size));
    const CellId candidate{row, column};
    if (!best) {
      best = candidate;
      continue;
    }
    // Never equal here: of two columns the surd vanishes only for points that a third is nearer to.
    if (CompareDistance(size, x, y, candidate, *best) < 0) best = candidate;
  }
  return *best;
}

template <class Number>
bool TakeNumber(std::string_view& text, Number& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc()) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

bool TakeWord(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

tl::unexpected<Error> NotACell(std::string_view text, const char* why) {
  return Fail({ErrorCode::kInvalidArgument, "cell", "NOT_A_CELL",
               fmt::format("cell \"{}\" {}; expected a cell id as answers give it, such as \"s250:r702:c2291\"", text.substr(0, 60), why)});
}

}  // namespace

CellGrid::CellGrid(CellShape shape, std::int32_t size_mm) : shape_(shape), size_mm_(size_mm) {
  WARDWATCH_CHECK(size_mm >= kMinCellMm && size_mm <= kMaxCellMm, "size_mm {}", size_mm);
}

double CellGrid::area_m2() const { return shape_ == CellShape::kSquare ? size_m() * size_m() : size_m() * size_m() * kHalfRootThree; }

CellId CellGrid::hexagon_of(GridPoint point) const { return HexagonOf(size_mm_, point); }

GridPoint CellGrid::centre_of(CellId cell) const {
  const std::int64_t size = size_mm_;
  if (shape_ == CellShape::kSquare) return Clamped(cell.column * size + size / 2, cell.row * size + size / 2);
  return Clamped(std::llround(static_cast<double>(cell.column * size) * kHalfRootThree), FloorDivide(StepOf(cell) * size, 2));
}

Ring CellGrid::outline_of(CellId cell) const {
  const std::int64_t size = size_mm_;
  if (shape_ == CellShape::kSquare) {
    const std::int64_t west = cell.column * size, south = cell.row * size;
    return {Clamped(west, south), Clamped(west + size, south), Clamped(west + size, south + size), Clamped(west, south + size)};
  }
  // Vertices lie on thirds of the column spacing: their eastings are (3 column + {-2, -1, 1, 2}) spacings / 3, so that two cells that share a vertex round
  // the same number. Sums stay under 2^53.
  const std::int64_t third = 3 * std::int64_t{cell.column};
  const auto easting = [&](std::int64_t offset) { return std::llround(static_cast<double>((third + offset) * size) * kHalfRootThree / 3); };
  const auto northing = [&](std::int64_t half_steps) { return FloorDivide((StepOf(cell) + half_steps) * size, 2); };
  return {Clamped(easting(-2), northing(0)), Clamped(easting(-1), northing(-1)), Clamped(easting(1), northing(-1)),
          Clamped(easting(2), northing(0)),  Clamped(easting(1), northing(1)),   Clamped(easting(-1), northing(1))};
}

std::vector<CellId> CellGrid::neighbours_of(CellId cell) const {
  const auto [row, column] = cell;
  if (shape_ == CellShape::kSquare) return {{row - 1, column}, {row, column - 1}, {row, column + 1}, {row + 1, column}};
  // Beside an even column the odd ones lie half a cell north: rows row - 1 and row of them touch it.
  const std::int32_t low = (column & 1) ? row : row - 1;
  std::vector<CellId> cells = {{row - 1, column}, {low, column - 1}, {low, column + 1}, {low + 1, column - 1}, {low + 1, column + 1}, {row + 1, column}};
  std::sort(cells.begin(), cells.end());
  return cells;
}

std::string CellGrid::format(CellId cell) const {
  std::string size = std::to_string(size_mm_ / 1000);
  if (size_mm_ % 1000 != 0) {
    size += fmt::format(".{:03}", size_mm_ % 1000);
    size.erase(size.find_last_not_of('0') + 1);
  }
  return fmt::format("{}{}:r{}:c{}", shape_ == CellShape::kSquare ? 's' : 'h', size, cell.row, cell.column);
}

Result<std::pair<CellGrid, CellId>> ParseCell(std::string_view text) {
  std::string_view rest = text;
  const bool square = rest.starts_with('s');
  if (!square && !rest.starts_with('h')) return NotACell(text, "begins with neither s nor h");
  rest.remove_prefix(1);
  double size_m = 0;
  CellId cell;
  if (!TakeNumber(rest, size_m) || !TakeWord(rest, ":r") || !TakeNumber(rest, cell.row) || !TakeWord(rest, ":c") || !TakeNumber(rest, cell.column) ||
      !rest.empty()) {
    return NotACell(text, "is not of the form");
  }
  if (!(size_m >= kMinCellMm / 1000.0 && size_m <= kMaxCellMm / 1000.0)) return NotACell(text, "has a size outside 1 to 100,000 m");
  const CellGrid grid(square ? CellShape::kSquare : CellShape::kHexagon, static_cast<std::int32_t>(std::lround(size_m * 1000)));
  // Leading zeros, signs, exponents and a fourth decimal all fail here: one cell has one id.
  if (grid.format(cell) != text) return NotACell(text, "is not written as answers write it");
  const GridPoint centre = grid.centre_of(cell);
  if (std::abs(centre.easting_m()) > kMaxMeters || std::abs(centre.northing_m()) > kMaxMeters) return NotACell(text, "lies off the National Grid");
  return std::pair(grid, cell);
}

}  // namespace geo
