// Which cells share a point with an area, decided again from exact segments against every cell's outline.
#include "geo/hotspots/analysed_cells.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "geo/geometry/orientation.h"

namespace geo {
namespace {

constexpr unsigned kSeed = 20261123;

bool Cross(GridPoint a, GridPoint b, GridPoint c, GridPoint d) {
  const int abc = Orientation(a, b, c), abd = Orientation(a, b, d), cda = Orientation(c, d, a), cdb = Orientation(c, d, b);
  if (abc * abd < 0 && cda * cdb < 0) return true;
  return OnSegment(a, b, c) || OnSegment(a, b, d) || OnSegment(c, d, a) || OnSegment(c, d, b);
}

bool Inside(const Ring& convex, GridPoint p) {
  for (std::size_t i = 0; i < convex.size(); ++i) {
    if (Orientation(convex[i], convex[(i + 1) % convex.size()], p) < 0) return false;
  }
  return true;
}

bool Touches(const Ring& outline, const Ring& cell) {
  for (std::size_t i = 0; i < outline.size(); ++i) {
    const GridPoint a = outline[i], b = outline[(i + 1) % outline.size()];
    if (Inside(cell, a)) return true;
    for (std::size_t j = 0; j < cell.size(); ++j) {
      if (Cross(a, b, cell[j], cell[(j + 1) % cell.size()])) return true;
    }
  }
  return false;
}

// A star around a centre: simple, and as ragged as a ward.
Area Star(std::mt19937& random, const std::string& code, double east, double north) {
  std::uniform_real_distribution<double> radius(80, 900);
  Area area{code, code, {{Polygon{{Ring{}}}}}};
  for (int i = 0; i < 17; ++i) {
    const double angle = 2 * M_PI * i / 17, r = radius(random);
    area.shape.parts[0].rings[0].push_back(GridPoint::FromMeters(east + r * std::cos(angle), north + r * std::sin(angle)));
  }
  return area;
}

TEST(AnalysedCells, AreThoseThatShareAPointWithAnArea) {
  std::mt19937 random(kSeed);
  for (int round = 0; round < 12; ++round) {
    const CellGrid grid(round % 2 == 0 ? CellShape::kSquare : CellShape::kHexagon, round % 3 == 0 ? 250'000 : 137'000);
    std::vector<Area> areas{Star(random, "A", 575'000, 165'000), Star(random, "B", 577'500, 165'500)};
    const auto set = AreaSet::Build("stars", areas);
    ASSERT_TRUE(set);
    for (const std::vector<AreaIndex>& chosen : {std::vector<AreaIndex>{}, std::vector<AreaIndex>{1}}) {
      const auto cells = FindAnalysedCells({&*set, chosen}, grid, 1'000'000, NeverStop());
      ASSERT_TRUE(cells);
      std::int64_t count = 0;
      for (std::size_t i = 0; i < cells->inside.size(); ++i) {
        const Ring outline = grid.outline_of(cells->cell_at(i));
        bool expected = false;
        for (std::size_t a = 0; a < areas.size(); ++a) {
          if (!chosen.empty() && a != 1) continue;
          expected = expected || set->locate(grid.centre_of(cells->cell_at(i))) == a || Touches(areas[a].shape.parts[0].rings[0], outline);
        }
        // Outlines are rounded to the millimetre here: a graze of one is no disagreement, and none is met at this seed.
        EXPECT_EQ(cells->inside[i] != 0, expected) << "seed " << kSeed << " round " << round << " cell " << grid.format(cells->cell_at(i));
        count += cells->inside[i];
      }
      EXPECT_EQ(cells->count, count);
      EXPECT_GT(count, 10);
    }
  }
}

TEST(AnalysedCells, NoIncidentInsideTheAreasIsInACellThatIsNot) {
  std::mt19937 random(kSeed);
  const auto set = AreaSet::Build("stars", {Star(random, "A", 575'000, 165'000)});
  ASSERT_TRUE(set);
  for (const CellShape shape : {CellShape::kSquare, CellShape::kHexagon}) {
    const CellGrid grid(shape, 90'000);
    const auto cells = FindAnalysedCells({&*set, {}}, grid, 1'000'000, NeverStop());
    ASSERT_TRUE(cells);
    std::uniform_int_distribution<int> offset(-900'000, 900'000);
    int inside = 0;
    for (int i = 0; i < 20'000; ++i) {
      const GridPoint at{575'000'000 + offset(random), 165'000'000 + offset(random)};
      if (set->locate(at) == kOutside) continue;
      ++inside;
      const CellId cell = grid.cell_of(at);
      ASSERT_TRUE(cells->contains(cell));
      EXPECT_EQ(cells->inside[cells->index_of(cell)], 1) << grid.format(cell) << " seed " << kSeed;
    }
    EXPECT_GT(inside, 1'000);
  }
}

}  // namespace
}  // namespace geo
