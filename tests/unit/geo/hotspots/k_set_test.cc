#include "geo/hotspots/k_set.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace geo {
namespace {

// A map of digits, north at the top, as cells in order of id; and back, with the hot ones as '#'.
struct DrawnCells {
  std::vector<CellCount> cells;
  std::vector<std::string> lines;
};

DrawnCells Read(const std::string& map) {
  DrawnCells drawn;
  std::istringstream in(map);
  for (std::string line; std::getline(in, line);) {
    if (!line.empty()) drawn.lines.push_back(line);
  }
  for (std::size_t row = 0; row < drawn.lines.size(); ++row) {
    const std::string& line = drawn.lines[drawn.lines.size() - 1 - row];
    for (std::size_t column = 0; column < line.size(); ++column) {
      if (line[column] == '.') continue;
      const int n = line[column] - '0';
      drawn.cells.push_back({{static_cast<std::int32_t>(row), static_cast<std::int32_t>(column)}, n, static_cast<double>(n), static_cast<double>(n)});
    }
  }
  return drawn;
}

std::string HotMap(const DrawnCells& drawn, double share) {
  const KSet set = TakeKSet(drawn.cells, share, NeverStop()).value();
  std::vector<std::string> lines = drawn.lines;
  for (std::size_t i = 0; i < set.k; ++i) {
    const CellId cell = drawn.cells[set.order[i]].cell;
    lines[lines.size() - 1 - static_cast<std::size_t>(cell.row)][static_cast<std::size_t>(cell.column)] = '#';
  }
  std::string map;
  for (const std::string& line : lines) map += line + "\n";
  return map;
}

const std::string kMap =
    "1.21\n"
    "..9.\n"
    "3..2\n";  // 18 in all

TEST(TakeKSet, TakesTheHeaviestUntilTheShareIsReached) {
  EXPECT_EQ(HotMap(Read(kMap), 0.25),
            "1.21\n"
            "..#.\n"
            "3..2\n");
  EXPECT_EQ(HotMap(Read(kMap), 0.5),
            "1.21\n"
            "..#.\n"  // 9 of 18 is exactly half: no second cell
            "3..2\n");
  EXPECT_EQ(HotMap(Read(kMap), 0.6),
            "1.21\n"
            "..#.\n"
            "#..2\n");
}

TEST(TakeKSet, BreaksTiesBySouthThenWest) {
  EXPECT_EQ(HotMap(Read(kMap), 0.75),
            "1.21\n"
            "..#.\n"
            "#..#\n");  // of the two twos, the southern
  EXPECT_EQ(HotMap(Read("55\n55\n"), 0.5), "55\n##\n");
  EXPECT_EQ(HotMap(Read("55\n55\n"), 0.51), "#5\n##\n");
}

TEST(TakeKSet, ShareOneTakesEveryCell) { EXPECT_EQ(HotMap(Read(kMap), 1.0), "#.##\n..#.\n#..#\n"); }

TEST(TakeKSet, ReachesDecimalSharesExactly) {
  // 3 of 30 carries 0.1, although 0.1 * 30 in doubles may not be 3: the quotients are compared.
  std::vector<CellCount> cells(10);
  for (int i = 0; i < 10; ++i) cells[static_cast<std::size_t>(i)] = {{0, i}, 3, 3, 3};
  for (int tenths = 1; tenths <= 10; ++tenths) EXPECT_EQ(TakeKSet(cells, tenths / 10.0, NeverStop())->k, static_cast<std::size_t>(tenths));
}

TEST(TakeKSet, ReportsRunningSharesThatEndAtOne) {
  const KSet set = TakeKSet(Read(kMap).cells, 0.25, NeverStop()).value();
  ASSERT_EQ(set.cumulative_share.size(), 6U);
  EXPECT_EQ(set.cumulative_share.front(), 0.5);
  EXPECT_EQ(set.cumulative_share.back(), 1.0);
  EXPECT_EQ(set.total_weight, 18.0);
}

TEST(TakeKSet, OfNothingIsNothing) {
  const KSet set = TakeKSet({}, 0.25, NeverStop()).value();
  EXPECT_EQ(set.k, 0U);
  EXPECT_TRUE(set.order.empty());
}

TEST(TakeKSet, CountsPastTwoToThe31Exactly) {
  const std::int64_t big = std::int64_t{1} << 40;
  std::vector<CellCount> cells{{{0, 0}, big, static_cast<double>(big), 0}, {{0, 1}, big + 1, static_cast<double>(big + 1), 0}};
  const KSet set = TakeKSet(cells, 0.5, NeverStop()).value();
  EXPECT_EQ(set.k, 1U);
  EXPECT_EQ(set.order.front(), 1U);
  EXPECT_EQ(set.total_weight, static_cast<double>(2 * big + 1));
}

}  // namespace
}  // namespace geo
