#include "geo/cells/cell_groups.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string_view>

namespace geo {
namespace {

using ::testing::ElementsAre;

// '#' is a cell; north at the top.
std::vector<CellId> Drawn(std::string_view map) {
  std::vector<CellId> cells;
  std::vector<std::string_view> lines;
  while (!map.empty()) {
    const auto end = std::min(map.find('\n'), map.size());
    if (end > 0) lines.push_back(map.substr(0, end));
    map.remove_prefix(std::min(end + 1, map.size()));
  }
  for (std::size_t line = 0; line < lines.size(); ++line) {
    for (std::size_t column = 0; column < lines[line].size(); ++column) {
      if (lines[line][column] == '#') cells.push_back({static_cast<std::int32_t>(lines.size() - 1 - line), static_cast<std::int32_t>(column)});
    }
  }
  return cells;
}

const CellGrid kGrid(CellShape::kSquare, 1'000);

double AreaM2Of(const Polygon& polygon) { return AreaM2(MultiPolygon{{polygon}}); }

TEST(CellGroups, HangTogetherByEdgesAndNotByCorners) {
  const auto cells = Drawn(
      "##.\n"
      "..#\n"
      "..#\n");
  const auto groups = GroupCells(kGrid, cells);
  ASSERT_EQ(groups.size(), 2U);
  EXPECT_THAT(groups[0], ElementsAre(0U, 1U));
  EXPECT_THAT(groups[1], ElementsAre(2U, 3U));
}

TEST(OutlineOfSquares, OfASquareIsItself) {
  const auto outline = OutlineOfSquares(kGrid, Drawn("#"));
  ASSERT_EQ(outline.rings.size(), 1U);
  EXPECT_EQ(outline.rings[0].size(), 4U);
  EXPECT_DOUBLE_EQ(AreaM2Of(outline), 1);
}

TEST(OutlineOfSquares, HasCornersOnly) {
  const auto outline = OutlineOfSquares(kGrid, Drawn("#..\n"
                                                     "###\n"));
  ASSERT_EQ(outline.rings.size(), 1U);
  EXPECT_EQ(outline.rings[0].size(), 6U);
  EXPECT_DOUBLE_EQ(AreaM2Of(outline), 4);
}

TEST(OutlineOfSquares, HasHoles) {
  const auto outline = OutlineOfSquares(kGrid, Drawn("###\n"
                                                     "#.#\n"
                                                     "###\n"));
  ASSERT_EQ(outline.rings.size(), 2U);
  EXPECT_DOUBLE_EQ(AreaM2Of(outline), 8);
}

TEST(OutlineOfSquares, GapsThatMeetByACornerAreTwoHoles) {
  const auto outline = OutlineOfSquares(kGrid, Drawn("####\n"
                                                     "##.#\n"
                                                     "#.##\n"
                                                     "####\n"));
  ASSERT_EQ(outline.rings.size(), 3U);
  EXPECT_DOUBLE_EQ(AreaM2Of(outline), 14);
}

TEST(OutlineOfSquares, AGapBehindACornerIsAHoleAndNotAnInlet) {
  const auto outline = OutlineOfSquares(kGrid, Drawn("##.\n"
                                                     "#.#\n"
                                                     "###\n"));
  ASSERT_EQ(outline.rings.size(), 2U);
  EXPECT_EQ(outline.rings[1].size(), 4U);
  EXPECT_DOUBLE_EQ(AreaM2Of(outline), 7);
}

TEST(OutlineOfSquares, DrawnGroupsHaveTheirAreaAndPassNoCornerTwice) {
  std::mt19937 random(20240502);
  for (int round = 0; round < 300; ++round) {
    std::vector<CellId> cells;
    for (std::int32_t row = 0; row < 9; ++row) {
      for (std::int32_t column = 0; column < 9; ++column) {
        if (random() % 100 < 62) cells.push_back({row, column});
      }
    }
    for (const auto& group : GroupCells(kGrid, cells)) {
      std::vector<CellId> members;
      for (const auto i : group) members.push_back(cells[i]);
      const auto outline = OutlineOfSquares(kGrid, members);
      EXPECT_DOUBLE_EQ(AreaM2Of(outline), static_cast<double>(members.size()));
      EXPECT_TRUE(IsAnticlockwise(outline.rings[0]));
      for (const Ring& ring : outline.rings) EXPECT_EQ(std::set<GridPoint>(ring.begin(), ring.end()).size(), ring.size());
      for (std::size_t hole = 1; hole < outline.rings.size(); ++hole) EXPECT_FALSE(IsAnticlockwise(outline.rings[hole]));
    }
  }
}

}  // namespace
}  // namespace geo
