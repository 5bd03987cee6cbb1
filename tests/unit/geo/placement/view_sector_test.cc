#include "geo/placement/view_sector.h"

#include <gtest/gtest.h>

#include <limits>

namespace geo {
namespace {

// Squares of a metre within 4 m, north at the top: what a sector of 3.5 m holds.
std::string Draw(double bearing_deg, double width_deg) {
  const ViewSector sector({0, 0}, bearing_deg, width_deg, 3.5);
  std::string map = "\n";
  for (int north = 4; north >= -4; --north) {
    for (int east = -4; east <= 4; ++east) map += east == 0 && north == 0 ? '*' : sector.contains({east * 1000, north * 1000}) ? '+' : '.';
    map += '\n';
  }
  return map;
}

TEST(ViewSector, LooksTheWayOfItsBearingEdgesIncluded) {
  EXPECT_EQ(Draw(45, 90), R"(
.........
....++...
....+++..
....++++.
....*+++.
.........
.........
.........
.........
)");
  EXPECT_EQ(Draw(180, 90), R"(
.........
.........
.........
.........
....*....
...+++...
..+++++..
...+++...
.........
)");
  EXPECT_EQ(Draw(-90 - 720, 180), Draw(270, 180));
  EXPECT_EQ(Draw(0, 270), R"(
.........
...+++...
..+++++..
.+++++++.
.+++*+++.
.+++.+++.
..+...+..
.........
.........
)");
  EXPECT_EQ(Draw(123, 360), R"(
.........
...+++...
..+++++..
.+++++++.
.+++*+++.
.+++++++.
..+++++..
...+++...
.........
)");
}

TEST(ViewSector, TheArcIsIn) {
  const ViewSector sector({1000, 1000}, 90, 10, 5);
  EXPECT_TRUE(sector.contains({6000, 1000}));
  EXPECT_FALSE(sector.contains({6001, 1000}));
  EXPECT_TRUE(sector.contains({1000, 1000}));
  EXPECT_FALSE(sector.contains({-4000, 1000})) << "behind";
}

TEST(ViewSector, ASectorOfNoWidthIsALine) {
  const ViewSector sector({0, 0}, 90, 0, 5);
  EXPECT_TRUE(sector.contains({3000, 0}));
  EXPECT_FALSE(sector.contains({-3000, 0}));
  EXPECT_FALSE(sector.contains({3000, 1}));
}

TEST(ViewSector, FarEndsOfTheGridDoNotOverflow) {
  constexpr auto kLow = std::numeric_limits<std::int32_t>::min(), kHigh = std::numeric_limits<std::int32_t>::max();
  const ViewSector sector({kLow, kLow}, 45, 90, 10'000);
  EXPECT_FALSE(sector.contains({kHigh, kHigh}));
  EXPECT_TRUE(sector.contains({kLow + 1000, kLow + 1000}));
  EXPECT_EQ(sector.box().low, (GridPoint{kLow, kLow}));
}

}  // namespace
}  // namespace geo
