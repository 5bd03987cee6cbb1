#include "geo/significance/neighbours.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace geo {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const NeverStop kNever;
constexpr std::int64_t kMost = 1'000'000;

// 7 x 7 cells around the origin; the neighbours of the one in the middle, drawn from the north.
std::vector<std::string> Around(const Neighbours& neighbours) {
  std::vector<std::string> map(7, std::string(7, '.'));
  map[3][3] = 'o';
  for (const std::uint32_t j : neighbours[24]) map[6 - j / 7][j % 7] = '#';
  return map;
}
std::vector<CellId> SevenBySeven(std::int32_t first_column = -3) {
  std::vector<CellId> cells;
  for (std::int32_t row = -3; row <= 3; ++row) {
    for (std::int32_t column = 0; column < 7; ++column) cells.push_back({row, first_column + column});
  }
  return cells;
}

const CellGrid kSquares(CellShape::kSquare, 100'000), kHexagons(CellShape::kHexagon, 100'000);

TEST(CellsWithinRings, DrawsKingsMovesAndSides) {
  EXPECT_THAT(Around(CellsWithinRings(SevenBySeven(), kSquares, 2, Adjacency::kQueen, kMost, kNever).value()),
              ElementsAre(".......", ".#####.", ".#####.", ".##o##.", ".#####.", ".#####.", "......."));
  EXPECT_THAT(Around(CellsWithinRings(SevenBySeven(), kSquares, 2, Adjacency::kRook, kMost, kNever).value()),
              ElementsAre(".......", "...#...", "..###..", ".##o##.", "..###..", "...#...", "......."));
}

// Odd columns lie half a cell further north. The middle column is -3 + 3 = 0, or 1 in the second map.
TEST(CellsWithinRings, DrawsHexagons) {
  EXPECT_THAT(Around(CellsWithinRings(SevenBySeven(-3), kHexagons, 1, Adjacency::kQueen, kMost, kNever).value()),
              ElementsAre(".......", ".......", "...#...", "..#o#..", "..###..", ".......", "......."));
  EXPECT_THAT(Around(CellsWithinRings(SevenBySeven(-2), kHexagons, 1, Adjacency::kRook, kMost, kNever).value()),
              ElementsAre(".......", ".......", "..###..", "..#o#..", "...#...", ".......", "......."));
  EXPECT_THAT(Around(CellsWithinRings(SevenBySeven(-3), kHexagons, 2, Adjacency::kQueen, kMost, kNever).value()),
              ElementsAre(".......", "...#...", ".#####.", ".##o##.", ".#####.", "..###..", "......."));
}

// Rings are steps from neighbour to neighbour: the second implementation walks.
TEST(CellsWithinRings, AgreesWithWalkingOverHexagons) {
  const std::vector<CellId> cells = SevenBySeven(-9);
  for (const int rings : {1, 2, 3}) {
    const Neighbours found = CellsWithinRings(cells, kHexagons, rings, Adjacency::kQueen, kMost, kNever).value();
    for (std::size_t i = 0; i < cells.size(); ++i) {
      std::vector<CellId> reached = {cells[i]};
      for (int step = 0; step < rings; ++step) {
        const std::vector<CellId> before = reached;
        for (const CellId cell : before) {
          const std::vector<CellId> around = kHexagons.neighbours_of(cell);
          reached.insert(reached.end(), around.begin(), around.end());
        }
        std::sort(reached.begin(), reached.end());
        reached.erase(std::unique(reached.begin(), reached.end()), reached.end());
      }
      std::vector<std::uint32_t> expected;
      for (std::uint32_t j = 0; j < cells.size(); ++j) {
        if (j != i && std::binary_search(reached.begin(), reached.end(), cells[j])) expected.push_back(j);
      }
      EXPECT_EQ(std::vector<std::uint32_t>(found[i].begin(), found[i].end()), expected) << rings << " " << i;
    }
  }
}

TEST(CellsWithinRings, OnlyCellsGivenAreNeighbours) {
  const std::vector<CellId> cells = {{0, 0}, {0, 2}, {1, 1}, {5, 5}};
  const Neighbours found = CellsWithinRings(cells, kSquares, 1, Adjacency::kQueen, kMost, kNever).value();
  EXPECT_THAT(found[0], ElementsAre(2));
  EXPECT_THAT(found[2], ElementsAre(0, 1));
  EXPECT_THAT(found[3], IsEmpty());
  EXPECT_EQ(CellsWithinRings({}, kSquares, 1, Adjacency::kQueen, kMost, kNever)->size(), 0u);
}

TEST(CellsWithinRings, RefusesRingsAndLinksOutOfRange) {
  for (const int rings : {0, 101}) {
    const auto refused = CellsWithinRings(SevenBySeven(), kSquares, rings, Adjacency::kQueen, kMost, kNever);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().field, "significance.rings");
  }
  // Queen links of 7 x 7: 25 of 8, 20 of 5, 4 of 3.
  EXPECT_TRUE(CellsWithinRings(SevenBySeven(), kSquares, 1, Adjacency::kQueen, 312, kNever));
  const auto refused = CellsWithinRings(SevenBySeven(), kSquares, 1, Adjacency::kQueen, 311, kNever);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kResourceExhausted);
  EXPECT_EQ(refused.error().reason, "TOO_MANY_NEIGHBOURS");
}

// 141,421 mm is just short of the diagonal of 100 m squares, 141,422 just over.
TEST(CellsWithinDistance, IsExactToTheMillimetre) {
  const auto links = [](const CellGrid& grid, std::int64_t distance_mm) {
    return CellsWithinDistance(SevenBySeven(), grid, distance_mm, kMost, kNever)->operator[](24).size();
  };
  EXPECT_EQ(links(kSquares, 99'999), 0u);
  EXPECT_EQ(links(kSquares, 100'000), 4u);
  EXPECT_EQ(links(kSquares, 141'421), 4u);
  EXPECT_EQ(links(kSquares, 141'422), 8u);
  EXPECT_EQ(links(kSquares, 200'000), 12u);
  EXPECT_EQ(links(kHexagons, 99'999), 0u);
  EXPECT_EQ(links(kHexagons, 100'000), 6u);
  EXPECT_EQ(links(kHexagons, 173'205), 6u);
  EXPECT_EQ(links(kHexagons, 173'206), 12u);
  EXPECT_EQ(links(kSquares, std::numeric_limits<std::int64_t>::max()), 48u);
  EXPECT_FALSE(CellsWithinDistance(SevenBySeven(), kSquares, -1, kMost, kNever));
}

TEST(PointsWithinDistance, CountsEqualPositionsAndSkipsThoseWithout) {
  const std::vector<GridPoint> points = {{0, 0}, {3, 4}, {0, 0}, kUnlocated, {3, 5}, kUnlocated};
  const Neighbours found = PointsWithinDistance(points, 5, kMost, kNever).value();
  EXPECT_THAT(found[0], ElementsAre(1, 2));
  EXPECT_THAT(found[1], ElementsAre(0, 2, 4));
  EXPECT_THAT(found[3], IsEmpty());
  EXPECT_THAT(found[4], ElementsAre(1));
  const Neighbours equal = PointsWithinDistance(points, 0, kMost, kNever).value();
  EXPECT_THAT(equal[0], ElementsAre(2));
  EXPECT_THAT(equal[1], IsEmpty());
  const std::vector<GridPoint> far = {{-2'000'000'000, -2'000'000'000}, {2'000'000'000, 2'000'000'000}};
  EXPECT_THAT((*PointsWithinDistance(far, std::numeric_limits<std::int64_t>::max(), kMost, kNever))[0], ElementsAre(1));
  EXPECT_THAT((*PointsWithinDistance(far, 5'656'854'249, kMost, kNever))[0], IsEmpty());
  EXPECT_THAT((*PointsWithinDistance(far, 5'656'854'250, kMost, kNever))[0], ElementsAre(1));
}

Area Shape(std::string code, Ring ring) { return {std::move(code), "", {{{{std::move(ring)}}}}}; }

std::vector<std::pair<std::uint32_t, std::uint32_t>> Links(std::vector<Area> areas, Adjacency adjacency) {
  const AreaSet set = std::move(AreaSet::Build("test", std::move(areas)).value());
  const Neighbours found = AdjacentAreas(set, adjacency, kNever).value();
  std::vector<std::pair<std::uint32_t, std::uint32_t>> links;
  for (std::uint32_t i = 0; i < found.size(); ++i) {
    for (const std::uint32_t j : found[i]) {
      if (i < j) links.emplace_back(i, j);
    }
  }
  return links;
}
using List = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

// Four squares around a corner, and one apart by a millimetre.
TEST(AdjacentAreas, TellsCornersFromSides) {
  const auto square = [](std::string code, std::int32_t west, std::int32_t south) {
    return Shape(std::move(code), {{west, south}, {west + 10, south}, {west + 10, south + 10}, {west, south + 10}});
  };
  const std::vector<Area> areas = {square("A", 0, 0), square("B", 10, 0), square("C", 0, 10), square("D", 10, 10), square("E", 21, 0)};
  EXPECT_EQ(Links(areas, Adjacency::kRook), (List{{0, 1}, {0, 2}, {1, 3}, {2, 3}}));
  EXPECT_EQ(Links(areas, Adjacency::kQueen), (List{{0, 1}, {0, 2}, {0, 3}, {1, 2}, {1, 3}, {2, 3}}));
}

// B and C meet in the middle of a side of A, where A has no vertex; D only touches that side with its tip; E stands on part of it between B's ends.
TEST(AdjacentAreas, FindsSidesAndTipsWithoutASharedVertex) {
  const std::vector<Area> areas = {Shape("A", {{0, 0}, {40, 20}, {40, -50}, {0, -50}}), Shape("B", {{4, 2}, {20, 10}, {10, 30}}),
                                   Shape("C", {{20, 10}, {30, 15}, {20, 30}}), Shape("D", {{36, 18}, {40, 60}, {30, 60}})};
  EXPECT_EQ(Links(areas, Adjacency::kRook), (List{{0, 1}, {0, 2}}));
  EXPECT_EQ(Links(areas, Adjacency::kQueen), (List{{0, 1}, {0, 2}, {0, 3}, {1, 2}}));
}

// Along one line but end to end; along each other but a millimetre aside.
TEST(AdjacentAreas, LinesThatOnlyMeetOrAlmostMeetAreNoSide) {
  EXPECT_EQ(Links({Shape("A", {{0, 0}, {10, 0}, {5, -5}}), Shape("B", {{10, 0}, {20, 0}, {15, 5}})}, Adjacency::kRook), List{});
  EXPECT_EQ(Links({Shape("A", {{0, 0}, {10, 0}, {5, -5}}), Shape("B", {{10, 0}, {20, 0}, {15, 5}})}, Adjacency::kQueen), (List{{0, 1}}));
  EXPECT_EQ(Links({Shape("A", {{0, 0}, {10, 0}, {5, -5}}), Shape("B", {{0, 1}, {10, 1}, {5, 9}})}, Adjacency::kQueen), List{});
}

// An island in a hole, and an enclave that fills one: holes count as boundary.
TEST(AdjacentAreas, SeesThroughHoles) {
  const Ring hole = {{10, 10}, {20, 10}, {20, 20}, {10, 20}};
  Area ring{"A", "", {{{{{{0, 0}, {30, 0}, {30, 30}, {0, 30}}, hole}}}}};
  EXPECT_EQ(Links({ring, Shape("B", hole)}, Adjacency::kRook), (List{{0, 1}}));
  EXPECT_EQ(Links({ring, Shape("B", {{12, 12}, {18, 12}, {15, 18}})}, Adjacency::kQueen), List{});
}

TEST(AdjacentAreas, HoldsAtTheEdgeOfTheIntegers) {
  constexpr std::int32_t kFar = std::numeric_limits<std::int32_t>::max();
  EXPECT_EQ(Links({Shape("A", {{-kFar, -kFar}, {kFar, kFar}, {-kFar, kFar}}), Shape("B", {{-kFar, -kFar}, {kFar, kFar}, {kFar, -kFar}}),
                   Shape("C", {{0, 0}, {kFar - 5, -1}, {kFar - 5, -2}})},
                  Adjacency::kRook),
            (List{{0, 1}}));
  EXPECT_EQ(Links({Shape("A", {{-kFar, -kFar}, {kFar, kFar}, {-kFar, kFar}}), Shape("B", {{-kFar, -kFar}, {kFar, kFar}, {kFar, -kFar}}),
                   Shape("C", {{0, 0}, {kFar - 5, -1}, {kFar - 5, -2}})},
                  Adjacency::kQueen),
            (List{{0, 1}, {0, 2}, {1, 2}}));
}

TEST(NeighboursFromLists, AreMutualAscendingAndWithoutRepeats) {
  const Neighbours found = NeighboursFromLists({{2, 1, 2}, {}, {0}, {0}});
  EXPECT_THAT(found[0], ElementsAre(1, 2, 3));
  EXPECT_THAT(found[1], ElementsAre(0));
  EXPECT_THAT(found[3], ElementsAre(0));
  EXPECT_DEATH(NeighboursFromLists({{0}}), "broken invariant");
  EXPECT_DEATH(NeighboursFromLists({{1}}), "broken invariant");
}

}  // namespace
}  // namespace geo
