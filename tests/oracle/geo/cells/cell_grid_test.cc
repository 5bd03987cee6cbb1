// Hexagons against the definition: the nearest of all centres near by, in 113-bit floating point with the irrational lattice itself.
#include "geo/cells/cell_grid.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace geo {
namespace {

__extension__ typedef __float128 Quad;

Quad RootThree() {
  Quad root = 1.7320508075688772;
  for (int i = 0; i < 3; ++i) root = (root + 3 / root) / 2;
  return root;
}

// Differences of squared distances of whole-millimetre points are either 0 or over 1e-10 mm^2 here, and the error of this is under 1e-13. Centres of one
// column have the same easting to the last bit, so that ties come out as ties.
CellId NearestCentre(std::int32_t size_mm, GridPoint p) {
  static const Quad kRootThree = RootThree();
  const Quad size = size_mm;
  const auto column0 = static_cast<std::int32_t>(p.easting_mm / (size_mm * 0.866)), row0 = static_cast<std::int32_t>(p.northing_mm / size_mm);
  CellId best;
  Quad least = -1;
  for (std::int32_t row = row0 - 3; row <= row0 + 3; ++row) {
    // The estimate of the column drifts by one in 5,000 columns.
    const std::int32_t reach = 3 + std::abs(column0) / 2000;
    for (std::int32_t column = column0 - reach; column <= column0 + reach; ++column) {
      const Quad dx = p.easting_mm - column * size * kRootThree / 2, dy = p.northing_mm - (row + (column % 2 != 0 ? Quad(0.5) : Quad(0))) * size;
      const Quad distance = dx * dx + dy * dy;
      if (least < 0 || distance < least) {  // rows and columns ascend, so the first of equals is the lower id
        least = distance;
        best = {row, column};
      }
    }
  }
  return best;
}

TEST(CellGridOracle, EveryHexagonIsTheNearestCentre) {
  std::mt19937_64 random(11);
  const std::int32_t sizes[] = {1'000, 1'001, 2'000, 12'345, 100'000, 250'000, 999'999, 100'000'000};
  for (const std::int32_t size : sizes) {
    const CellGrid grid(CellShape::kHexagon, size);
    const std::int64_t reach = std::min<std::int64_t>(2'000'000'000, std::int64_t{size} * 20'000);
    for (int i = 0; i < 4'000; ++i) {
      const auto any = [&] { return static_cast<std::int32_t>(static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(2 * reach + 1)) - reach); };
      GridPoint p{any(), any()};
      // A third on the lattice's own lines, where ties are; a third within two millimetres of a vertex, where three cells meet.
      if (i % 3 == 1) p.northing_mm = static_cast<std::int32_t>(std::int64_t{p.northing_mm} / size * size + size / 2 * (i % 2));
      if (i % 3 == 2) {
        const Ring outline = grid.outline_of(grid.cell_of(p));
        p = outline[random() % 6];
        p.easting_mm += static_cast<std::int32_t>(random() % 5) - 2;
        p.northing_mm += static_cast<std::int32_t>(random() % 5) - 2;
      }
      ASSERT_EQ(grid.cell_of(p), NearestCentre(size, p)) << "size " << size << " mm, point " << p.easting_mm << ", " << p.northing_mm;
    }
  }
}

}  // namespace
}  // namespace geo
