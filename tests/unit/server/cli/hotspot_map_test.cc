#include "server/cli/hotspot_map.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace server {
namespace {

// Cells from a drawing, north at the top: a digit is a hot cell's rank, '#' a hot cell of rank 10, '+' one of weight 8, '.' one of weight 1.
std::vector<MapCell> Cells(const std::vector<std::string>& drawing, std::int32_t south_row = 700, std::int32_t west_column = 2290) {
  std::vector<MapCell> cells;
  for (std::size_t line = 0; line < drawing.size(); ++line) {
    for (std::size_t place = 0; place < drawing[line].size(); ++place) {
      const char c = drawing[line][place];
      const geo::CellId id{south_row + static_cast<std::int32_t>(drawing.size() - 1 - line), west_column + static_cast<std::int32_t>(place)};
      if (c >= '1' && c <= '9') cells.push_back({id, c - '0', true, 20.0 - (c - '0')});
      if (c == '#') cells.push_back({id, 10, true, 10});
      if (c == '+') cells.push_back({id, 20, false, 8});
      if (c == '.') cells.push_back({id, 30, false, 1});
    }
  }
  return cells;
}

constexpr const char* kLegend =
    "  ## hot, 1-9 the heaviest; ++ from 5 incidents, .. fewer; a mark is one square\n"
    "  of 250 m; north is up\n";

TEST(HotspotMap, DrawsWhatLiesAroundTheHotCells) {
  const auto cells = Cells({"......+..",  //
                            "..1+.....",  //
                            "..2#.....",  //
                            "  ....   "});
  EXPECT_EQ(DrawHotspotMap(cells, geo::CellShape::kSquare, 250, {76, 22, 1}, {80, false}),
            "  ........\n"
            "  ..#1++..\n"
            "  ..#2##..\n"
            "    ......\n" +
                std::string(kLegend));
}

TEST(HotspotMap, DrawsBlocksWhereTheTerminalCan) {
  EXPECT_EQ(DrawHotspotMap(Cells({".1+"}), geo::CellShape::kSquare, 250, {76, 22, 1}, {120, true}),
            "\n"
            "  ··█1··\n"
            "\n"
            "  ██ hot, 1-9 the heaviest; ▒▒ from 10 incidents, ·· fewer; a mark is one square of 250 m; north is up\n");
}

TEST(HotspotMap, OneMarkStandsForSeveralCellsWhenItMust) {
  // Six by four cells in three by two marks: each mark takes the best of its four cells.
  const auto cells = Cells({"1....2",  //
                            "......",  //
                            ".+.+..",  //
                            "#.3.+."});
  EXPECT_EQ(DrawHotspotMap(cells, geo::CellShape::kSquare, 100, {6, 2, 0}, {200, false}),
            "  #1..#2\n"
            "  ###3++\n"
            "  ## hot, 1-9 the heaviest; ++ from 5 incidents, .. fewer; a mark is 2 x 2 squares of 100 m; north is up\n");
}

TEST(HotspotMap, GivesUpItsMarginBeforeItsDetail) {
  const auto cells = Cells({"........", "..1..2..", "........"});
  EXPECT_EQ(DrawHotspotMap(cells, geo::CellShape::kSquare, 250, {12, 22, 2}, {200, false}).substr(0, 45),
            "  ............\n"
            "  ..#1....#2..\n"
            "  ............\n");
  EXPECT_EQ(DrawHotspotMap(cells, geo::CellShape::kSquare, 250, {8, 22, 2}, {200, false}).substr(0, 11), "  #1....#2\n");
}

TEST(HotspotMap, FitsAnyRoom) {
  std::vector<MapCell> cells{{{0, 0}, 1, true, 9}, {{5000, 9000}, 2, true, 8}};
  const std::string map = DrawHotspotMap(cells, geo::CellShape::kSquare, 250, {76, 22, 2}, {80, false});
  int lines = 0;
  for (const char c : map) lines += c == '\n' ? 1 : 0;
  EXPECT_LE(lines, 22 + 2);
  EXPECT_NE(map.find("#1"), std::string::npos);
  EXPECT_NE(map.find("#2"), std::string::npos);
  EXPECT_LT(map.find("#2"), map.find("#1"));  // the northern one is drawn first
}

TEST(HotspotMap, NothingHotNothingDrawn) {
  EXPECT_EQ(DrawHotspotMap(Cells({"..+"}), geo::CellShape::kSquare, 250, {}, {80, false}), "");
  EXPECT_EQ(DrawHotspotMap({}, geo::CellShape::kHexagon, 250, {}, {80, false}), "");
}

TEST(HotspotMap, HexagonsAndNoOthers) {
  EXPECT_EQ(DrawHotspotMap(Cells({"1#", " 2"}, -3, -2), geo::CellShape::kHexagon, 150, {76, 22, 0}, {80, false}),
            "  #1##\n"
            "    #2\n"
            "  ## hot, 1-9 the heaviest; a mark is one hexagon of 150 m; north is up\n");
}

}  // namespace
}  // namespace server
