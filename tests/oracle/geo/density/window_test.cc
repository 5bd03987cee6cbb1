// WindowOf against each ring clipped to each cell, half-plane by half-plane, and measured by the shoelace; against sampling; and against the areas of real
// wards.
#include "geo/density/window.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

#include "tests/support/brute_force_areas.h"
#include "tests/support/ragged_areas.h"
#include "tests/support/real_areas.h"

namespace geo {
namespace {

struct Corner {
  long double x, y;
};

// Sutherland and Hodgman 1974: keeps what lies where side(corner) >= 0. What runs back and forth along the cell's border has no area.
template <class Side>
std::vector<Corner> Clip(const std::vector<Corner>& ring, Side side) {
  std::vector<Corner> kept;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Corner a = ring[i], b = ring[(i + 1) % ring.size()];
    const long double at_a = side(a), at_b = side(b);
    if (at_a >= 0) kept.push_back(a);
    if ((at_a >= 0) != (at_b >= 0)) kept.push_back({a.x + (b.x - a.x) * at_a / (at_a - at_b), a.y + (b.y - a.y) * at_a / (at_a - at_b)});
  }
  return kept;
}

long double Shoelace(const std::vector<Corner>& ring) {
  long double twice = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Corner a = ring[i], b = ring[(i + 1) % ring.size()];
    twice += a.x * b.y - b.x * a.y;
  }
  return twice / 2;
}

long double ClippedM2(const Ring& ring, std::int64_t west_mm, std::int64_t south_mm, std::int64_t cell_mm) {
  std::vector<Corner> corners;
  for (const GridPoint p : ring) corners.push_back({static_cast<long double>(p.easting_mm - west_mm), static_cast<long double>(p.northing_mm - south_mm)});
  const long double size = static_cast<long double>(cell_mm);
  corners = Clip(corners, [](Corner c) { return c.x; });
  corners = Clip(corners, [](Corner c) { return c.y; });
  corners = Clip(corners, [size](Corner c) { return size - c.x; });
  corners = Clip(corners, [size](Corner c) { return size - c.y; });
  return std::fabs(Shoelace(corners)) * 1e-6L;
}

double BruteForceInsideM2(const AreaSet& set, const RasterFrame& frame, std::size_t index) {
  const CellId cell = frame.cell_at(index);
  long double inside = 0;
  for (const Area& area : set.areas()) {
    for (const Polygon& part : area.shape.parts) {
      for (std::size_t r = 0; r < part.rings.size(); ++r) {
        const long double m2 = ClippedM2(part.rings[r], std::int64_t{cell.column} * frame.cell_mm, std::int64_t{cell.row} * frame.cell_mm, frame.cell_mm);
        inside += r == 0 ? m2 : -m2;
      }
    }
  }
  return static_cast<double>(inside);
}

AreaSet SetOf(std::vector<Area> areas) {
  auto set = AreaSet::Build("test", std::move(areas));
  EXPECT_TRUE(set);
  return std::move(*set);
}

void ExpectAsBruteForce(const AreaSet& set, const RasterFrame& frame, unsigned seed) {
  const auto window = WindowOf(set, {}, frame, NeverStop());
  ASSERT_TRUE(window);
  for (std::size_t i = 0; i < frame.size(); ++i) {
    ASSERT_NEAR(window->inside_m2[i], BruteForceInsideM2(set, frame, i), 1e-9 * frame.cell_area_m2()) << "seed " << seed << ", cell " << i;
  }
}

// A star-shaped ring with a smaller one of the same centre as its hole: valid whatever the radii.
Area Star(std::mt19937& random) {
  const auto draw = [&random](double low, double high) { return std::uniform_real_distribution<double>(low, high)(random); };
  const double east = draw(-300, 300), north = draw(-300, 300);
  const int vertices = std::uniform_int_distribution<int>(3, 40)(random);
  Polygon polygon;
  for (const auto& [least, most] : {std::pair{120.0, 400.0}, std::pair{10.0, 60.0}}) {
    Ring ring;
    for (int i = 0; i < vertices; ++i) {
      const double angle = 2 * M_PI * (i + draw(0, 0.8)) / vertices, radius = vertices < 8 ? (least + most) / 2 : draw(least, most);
      ring.push_back(GridPoint::FromMeters(east + radius * std::cos(angle), north + radius * std::sin(angle)));
    }
    if (random() % 2 == 0) std::reverse(ring.begin(), ring.end());
    polygon.rings.push_back(std::move(ring));
    if (vertices < 8) break;  // a wide triangle may cross its hole
  }
  return {"A", "", {{polygon}}};
}

TEST(WindowOracle, StarsWithHolesAgainstClippedRings) {
  for (unsigned seed = 1; seed <= 200; ++seed) {
    std::mt19937 random(seed);
    const auto whole = [&random](int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); };
    const RasterFrame frame{.cell_mm = whole(7'001, 90'000), .south_west = {whole(-9, 2), whole(-9, 2)}, .columns = whole(1, 14), .rows = whole(1, 14)};
    ExpectAsBruteForce(SetOf({Star(random)}), frame, seed);
    if (HasFatalFailure()) return;
  }
}

TEST(WindowOracle, ATessellationFillsItsWindowAndNoMore) {
  const AreaSet set = SetOf(support::RaggedAreas(4, 3, 60, 11));
  const RasterFrame frame{.cell_mm = 700'000, .south_west = {170 * 10 / 7 - 3, 520 * 10 / 7 - 3}, .columns = 36, .rows = 36};
  ExpectAsBruteForce(set, frame, 11);
  const auto window = WindowOf(set, {}, frame, NeverStop());
  EXPECT_NEAR(window->total_m2, support::kWindow_m * support::kWindow_m, 1e-9 * support::kWindow_m * support::kWindow_m);
}

TEST(WindowOracle, StarsAgainstSampling) {
  constexpr int kSide = 60;  // samples along a cell's side
  for (unsigned seed = 301; seed <= 304; ++seed) {
    std::mt19937 random(seed);
    const AreaSet set = SetOf({Star(random)});
    const RasterFrame frame{.cell_mm = 60'000, .south_west = {-6, -6}, .columns = 12, .rows = 12};
    const auto window = WindowOf(set, {}, frame, NeverStop());
    ASSERT_TRUE(window);
    for (std::size_t i = 0; i < frame.size(); ++i) {
      const CellId cell = frame.cell_at(i);
      int inside = 0;
      for (int k = 0; k < kSide * kSide; ++k) {
        const GridPoint p{cell.column * 60'000 + (2 * (k % kSide) + 1) * 500, cell.row * 60'000 + (2 * (k / kSide) + 1) * 500};
        inside += support::BruteForceContains(set.areas()[0].shape, p);
      }
      // An edge through a cell misleads at most the samples beside it.
      ASSERT_NEAR(window->inside_m2[i] / 3600, inside / double{kSide * kSide}, 0.06) << "seed " << seed << ", cell " << i;
    }
  }
}

TEST(WindowOracle, RealWardsOfMedway) {
  for (const std::string year : {"2013", "2024"}) {
    const std::string file = "medway-boundaries/medway_wards_" + year + ".geojson";
    if (!support::HaveSharedData(file)) GTEST_SKIP() << "no shared data: " << file;
    const auto grid = BritishGrid::Create();
    ASSERT_TRUE(grid);
    const AreaSet set = SetOf(support::ReadRealAreas(file, "WD" + year.substr(2) + "CD", "WD" + year.substr(2) + "NM", *grid));
    GridBox box;
    double expected_m2 = 0;
    for (const Area& area : set.areas()) {
      const GridBox bounds = BoundsOf(area.shape);
      box.extend(bounds.low);
      box.extend(bounds.high);
      expected_m2 += AreaM2(area.shape);
    }
    for (const std::int32_t cell_mm : {250'000, 99'999}) {
      const RasterFrame frame{.cell_mm = cell_mm,
                              .south_west = {box.low.northing_mm / cell_mm - 1, box.low.easting_mm / cell_mm - 1},
                              .columns = (box.high.easting_mm - box.low.easting_mm) / cell_mm + 4,
                              .rows = (box.high.northing_mm - box.low.northing_mm) / cell_mm + 4};
      const auto window = WindowOf(set, {}, frame, NeverStop());
      ASSERT_TRUE(window);
      EXPECT_NEAR(window->total_m2, expected_m2, 1e-9 * expected_m2);
      for (std::size_t i = 0; i < frame.size(); i += 97) {
        ASSERT_NEAR(window->inside_m2[i], BruteForceInsideM2(set, frame, i), 1e-9 * frame.cell_area_m2()) << "cell " << i;
      }
    }
  }
}

}  // namespace
}  // namespace geo
