// Laws of a tiling: every point in one cell, cells where they say they are, neighbours mutual, ids stable, whole cells shift whole cells.
#include "geo/cells/cell_grid.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "geo/geometry/orientation.h"
#include "tests/support/fixed_seed.h"

namespace geo {
namespace {

CellGrid AnyGrid() {
  const bool square = *rc::gen::arbitrary<bool>();
  const std::int32_t size = *rc::gen::oneOf(rc::gen::inRange(1'000, 1'000'000), rc::gen::element(1'000, 50'000, 250'000, 500'000, 99'999'999, 100'000'000));
  return {square ? CellShape::kSquare : CellShape::kHexagon, size};
}

// gen::inRange shrinks and sizes towards its low end: spread by an unsized number instead.
std::int32_t AnyWithin(std::int32_t reach) {
  return static_cast<std::int32_t>(
      static_cast<std::int64_t>(*rc::gen::noShrink(rc::gen::resize(100, rc::gen::arbitrary<std::uint32_t>())) % (2 * std::uint64_t(reach) + 1)) - reach);
}

GridPoint AnyPoint() { return {AnyWithin(1'900'000'000), AnyWithin(1'900'000'000)}; }

// Millimetres by which p lies outside the convex anticlockwise ring; negative inside.
double Outside(const Ring& ring, GridPoint p) {
  double most = -1e18;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const GridPoint a = ring[i], b = ring[(i + 1) % ring.size()];
    const double dx = double(b.easting_mm) - a.easting_mm, dy = double(b.northing_mm) - a.northing_mm;
    most = std::max(most, -(dx * (double(p.northing_mm) - a.northing_mm) - dy * (double(p.easting_mm) - a.easting_mm)) / std::hypot(dx, dy));
  }
  return most;
}

// Vertices are rounded to the millimetre, so an edge may stand 0.71 mm from the true one.
constexpr double kRounding = 0.75;

RC_GTEST_PROP(CellGridProperty, APointLiesInItsCellAndInNoOther, ()) {
  const CellGrid grid = AnyGrid();
  const GridPoint p = AnyPoint();
  const CellId cell = grid.cell_of(p);
  RC_ASSERT(Outside(grid.outline_of(cell), p) <= kRounding);
  for (const CellId& neighbour : grid.neighbours_of(cell)) RC_ASSERT(Outside(grid.outline_of(neighbour), p) >= -kRounding);
}

RC_GTEST_PROP(CellGridProperty, TheCentreIsInItsCell, ()) {
  const CellGrid grid = AnyGrid();
  const CellId cell = grid.cell_of(AnyPoint());
  RC_ASSERT(grid.cell_of(grid.centre_of(cell)) == cell);
}

RC_GTEST_PROP(CellGridProperty, NeighboursAreMutualDistinctAndShareAnEdge, ()) {
  const CellGrid grid = AnyGrid();
  const CellId cell = grid.cell_of(AnyPoint());
  const std::vector<CellId> neighbours = grid.neighbours_of(cell);
  RC_ASSERT(neighbours.size() == (grid.shape() == CellShape::kSquare ? 4u : 6u));
  RC_ASSERT(std::is_sorted(neighbours.begin(), neighbours.end()));
  RC_ASSERT(std::adjacent_find(neighbours.begin(), neighbours.end()) == neighbours.end());
  const Ring outline = grid.outline_of(cell);
  for (const CellId& neighbour : neighbours) {
    const std::vector<CellId> theirs = grid.neighbours_of(neighbour);
    RC_ASSERT(std::find(theirs.begin(), theirs.end(), cell) != theirs.end());
    // Rounded alike from both sides: two vertices are the same to the millimetre.
    const Ring other = grid.outline_of(neighbour);
    RC_ASSERT(std::count_if(other.begin(), other.end(), [&](GridPoint v) { return std::find(outline.begin(), outline.end(), v) != outline.end(); }) == 2);
  }
}

RC_GTEST_PROP(CellGridProperty, WholeCellsShiftWholeCells, ()) {
  const CellGrid grid = AnyGrid();
  const GridPoint p{AnyWithin(900'000'000), AnyWithin(900'000'000)};
  const CellId cell = grid.cell_of(p);
  const std::int32_t most = 900'000'000 / grid.size_mm();
  const std::int32_t rows = AnyWithin(most), columns = AnyWithin(most);
  RC_ASSERT(grid.cell_of({p.easting_mm, p.northing_mm + rows * grid.size_mm()}) == (CellId{cell.row + rows, cell.column}));
  // Columns of hexagons are an irrational distance apart, so only squares shift along a row.
  if (grid.shape() == CellShape::kSquare)
    RC_ASSERT(grid.cell_of({p.easting_mm + columns * grid.size_mm(), p.northing_mm}) == (CellId{cell.row, cell.column + columns}));
}

RC_GTEST_PROP(CellGridProperty, TheOutlineIsAnticlockwiseAndHasTheArea, ()) {
  const CellGrid grid = AnyGrid();
  const CellId cell = grid.cell_of(AnyPoint());
  const Ring outline = grid.outline_of(cell);
  for (std::size_t i = 0; i < outline.size(); ++i) RC_ASSERT(Orientation(outline[i], outline[(i + 1) % outline.size()], outline[(i + 2) % outline.size()]) > 0);
  // Rounding moves each edge by under a millimetre.
  RC_ASSERT(std::abs(AreaM2({{{{outline}}}}) - grid.area_m2()) <= 4 * grid.size_m() * 0.001);
}

RC_GTEST_PROP(CellGridProperty, AnIdNamesOneCellAndComesBack, ()) {
  const CellGrid grid = AnyGrid();
  const CellId cell = grid.cell_of(AnyPoint());
  const auto parsed = ParseCell(grid.format(cell));
  RC_ASSERT(parsed.has_value());
  RC_ASSERT(parsed->first == grid);
  RC_ASSERT(parsed->second == cell);
}

// Every millimetre of a small window is in some cell, and cells change only across edges: walking a line, each step stays or goes to a neighbour.
RC_GTEST_PROP(CellGridProperty, StepsOfAMillimetreGoToNeighboursOnly, ()) {
  const CellGrid grid(*rc::gen::arbitrary<bool>() ? CellShape::kSquare : CellShape::kHexagon, *rc::gen::inRange(1'000, 3'000));
  GridPoint p = AnyPoint();
  CellId cell = grid.cell_of(p);
  for (int step = 0; step < 4'000; ++step) {
    ++(step % 3 == 0 ? p.northing_mm : p.easting_mm);
    const CellId next = grid.cell_of(p);
    if (next == cell) continue;
    const std::vector<CellId> neighbours = grid.neighbours_of(cell);
    RC_ASSERT(std::find(neighbours.begin(), neighbours.end(), next) != neighbours.end());
    cell = next;
  }
}

}  // namespace
}  // namespace geo
