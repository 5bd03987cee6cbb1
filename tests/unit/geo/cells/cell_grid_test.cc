#include "geo/cells/cell_grid.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

namespace geo {
namespace {

using testing::ElementsAre;

TEST(CellGrid, SquaresAreHalfOpenToTheNorthAndEast) {
  const CellGrid grid(CellShape::kSquare, 250'000);
  EXPECT_EQ(grid.cell_of({0, 0}), (CellId{0, 0}));
  EXPECT_EQ(grid.cell_of({249'999, 249'999}), (CellId{0, 0}));
  EXPECT_EQ(grid.cell_of({250'000, 249'999}), (CellId{0, 1}));
  EXPECT_EQ(grid.cell_of({249'999, 250'000}), (CellId{1, 0}));
  EXPECT_EQ(grid.cell_of({-1, -1}), (CellId{-1, -1}));
  EXPECT_EQ(grid.cell_of({-250'000, -250'001}), (CellId{-2, -1}));
}

TEST(CellGrid, SquareCentreOutlineAndArea) {
  const CellGrid grid(CellShape::kSquare, 250'000);
  EXPECT_EQ(grid.centre_of({702, 2291}), (GridPoint{572'875'000, 175'625'000}));
  EXPECT_THAT(grid.outline_of({-1, 0}), ElementsAre(GridPoint{0, -250'000}, GridPoint{250'000, -250'000}, GridPoint{250'000, 0}, GridPoint{0, 0}));
  EXPECT_DOUBLE_EQ(grid.area_m2(), 62'500);
}

TEST(CellGrid, HexagonCentreOutlineAndArea) {
  const CellGrid grid(CellShape::kHexagon, 100'000);
  EXPECT_EQ(grid.centre_of({0, 0}), (GridPoint{0, 0}));
  EXPECT_EQ(grid.centre_of({0, 1}), (GridPoint{86'603, 50'000}));  // 100 m * sqrt(3) / 2
  EXPECT_EQ(grid.centre_of({0, -1}), (GridPoint{-86'603, 50'000}));
  EXPECT_EQ(grid.centre_of({3, 2}), (GridPoint{173'205, 300'000}));
  EXPECT_THAT(grid.outline_of({0, 0}), ElementsAre(GridPoint{-57'735, 0}, GridPoint{-28'868, -50'000}, GridPoint{28'868, -50'000}, GridPoint{57'735, 0},
                                                   GridPoint{28'868, 50'000}, GridPoint{-28'868, 50'000}));
  EXPECT_NEAR(grid.area_m2(), 8'660.254, 0.001);
}

// One character a metre, hexagons of 4 m: each letter is a cell, and the lattice stands as drawn. The level edges, where two centres are equally near, lie on
// northings 2 and 6 of even columns and 0, 4 and 8 of odd ones, and belong to the cell to the south.
TEST(CellGrid, HexagonsAsDrawn) {
  const CellGrid grid(CellShape::kHexagon, 4'000);
  std::map<CellId, char> letters;
  std::string drawn = "\n";
  for (int north = 8; north >= 0; --north) {
    for (int east = -1; east <= 12; ++east) {
      const CellId cell = grid.cell_of({east * 1000, north * 1000});
      const char letter = static_cast<char>('a' + ((cell.row * 5 + cell.column) % 26 + 26) % 26);
      const auto [at, fresh] = letters.try_emplace(cell, letter);
      drawn += at->second;
    }
    drawn += '\n';
  }
  EXPECT_EQ(drawn, R"(
kkkkggmmmmmiio
kkkggggmmmiiii
fffgggghhhiiii
fffgggghhhiiii
ffffbbhhhhhddj
fffbbbbhhhdddd
aaabbbbcccdddd
aaabbbbcccdddd
aaaawwcccccyye
)");
}

TEST(CellGrid, PointsOnALevelEdgeGoToTheSouthernHexagon) {
  const CellGrid grid(CellShape::kHexagon, 100'000);
  EXPECT_EQ(grid.cell_of({0, 50'000}), (CellId{0, 0}));
  EXPECT_EQ(grid.cell_of({0, 50'001}), (CellId{1, 0}));
  EXPECT_EQ(grid.cell_of({0, -50'000}), (CellId{-1, 0}));
  EXPECT_EQ(grid.cell_of({86'603, 0}), (CellId{-1, 1}));
  EXPECT_EQ(grid.cell_of({86'603, 1}), (CellId{0, 1}));
  // Of odd size the edge lies on a half millimetre: no point is on it.
  const CellGrid odd(CellShape::kHexagon, 100'001);
  EXPECT_EQ(odd.cell_of({0, 50'000}), (CellId{0, 0}));
  EXPECT_EQ(odd.cell_of({0, 50'001}), (CellId{1, 0}));
}

TEST(CellGrid, NeighboursInOrderOfId) {
  EXPECT_THAT(CellGrid(CellShape::kSquare, 1'000).neighbours_of({5, 7}), ElementsAre(CellId{4, 7}, CellId{5, 6}, CellId{5, 8}, CellId{6, 7}));
  EXPECT_THAT(CellGrid(CellShape::kHexagon, 1'000).neighbours_of({5, 8}),
              ElementsAre(CellId{4, 7}, CellId{4, 8}, CellId{4, 9}, CellId{5, 7}, CellId{5, 9}, CellId{6, 8}));
  EXPECT_THAT(CellGrid(CellShape::kHexagon, 1'000).neighbours_of({5, -7}),
              ElementsAre(CellId{4, -7}, CellId{5, -8}, CellId{5, -6}, CellId{6, -8}, CellId{6, -7}, CellId{6, -6}));
}

TEST(CellGrid, FormatIsStable) {
  EXPECT_EQ(CellGrid(CellShape::kSquare, 250'000).format({702, 2291}), "s250:r702:c2291");
  EXPECT_EQ(CellGrid(CellShape::kHexagon, 250'000).format({-3, -12}), "h250:r-3:c-12");
  EXPECT_EQ(CellGrid(CellShape::kSquare, 12'500).format({0, 0}), "s12.5:r0:c0");
  EXPECT_EQ(CellGrid(CellShape::kSquare, 1'001).format({0, 0}), "s1.001:r0:c0");
  EXPECT_EQ(CellGrid(CellShape::kSquare, 100'000'000).format({0, 0}), "s100000:r0:c0");
}

TEST(ParseCell, ReadsWhatFormatWrites) {
  for (const char* text : {"s250:r702:c2291", "h250:r-3:c-12", "s12.5:r0:c0", "s1.001:r5:c-5", "h100000:r12:c7"}) {
    const auto cell = ParseCell(text);
    ASSERT_TRUE(cell) << text << ": " << cell.error().message;
    EXPECT_EQ(cell->first.format(cell->second), text);
  }
}

TEST(ParseCell, RefusesAllElse) {
  for (const char* text : {"",
                           "s",
                           "x250:r1:c1",
                           "S250:r1:c1",
                           "s250",
                           "s250:r1",
                           "s250:r1:c",
                           "s250:r1:c1 ",
                           " s250:r1:c1",
                           "s250:c1:r1",
                           "s250:r01:c1",
                           "s250:r-0:c1",
                           "s250:r+1:c1",
                           "s0250:r1:c1",
                           "s250.0:r1:c1",
                           "s250.:r1:c1",
                           "s2.5e2:r1:c1",
                           "sinf:r1:c1",
                           "snan:r1:c1",
                           "s-250:r1:c1",
                           "s0.999:r1:c1",
                           "s100000.001:r1:c1",
                           "s1e9:r1:c1",
                           "s250.0001:r1:c1",
                           "s250:r1:c1:",
                           "s250:r99999999999:c1",
                           "s250:r2147483647:c0",
                           "s250:r0:c-2147483648",
                           "h250:r0:c9999999",
                           "s250:r8000:c0"}) {
    const auto cell = ParseCell(text);
    ASSERT_FALSE(cell) << text;
    EXPECT_EQ(cell.error().code, ErrorCode::kInvalidArgument);
    EXPECT_EQ(cell.error().field, "cell");
  }
  EXPECT_TRUE(ParseCell("s250:r7999:c-8000"));
  EXPECT_LT(ParseCell(std::string(100'000, 's')).error().message.size(), 300u);
}

TEST(CellGridDeathTest, SizeOutOfRangeIsABrokenInvariant) {
  EXPECT_DEATH(CellGrid(CellShape::kSquare, 999), "size_mm 999");
  EXPECT_DEATH(CellGrid(CellShape::kHexagon, 100'000'001), "size_mm");
  EXPECT_DEATH(CellGrid(CellShape::kHexagon, -250'000), "size_mm");
}

}  // namespace
}  // namespace geo
