#include "geo/geometry/polygon.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "geo/geometry/orientation.h"

namespace geo {
namespace {

constexpr std::int32_t kLow = std::numeric_limits<std::int32_t>::min(), kHigh = std::numeric_limits<std::int32_t>::max();

Ring Square(std::int32_t easting_mm, std::int32_t northing_mm, std::int32_t side_mm) {
  return {{easting_mm, northing_mm}, {easting_mm + side_mm, northing_mm}, {easting_mm + side_mm, northing_mm + side_mm}, {easting_mm, northing_mm + side_mm}};
}

TEST(Orientation, SaysLeftRightAndOn) {
  EXPECT_EQ(Orientation({0, 0}, {10, 0}, {5, 1}), 1);
  EXPECT_EQ(Orientation({0, 0}, {10, 0}, {5, -1}), -1);
  EXPECT_EQ(Orientation({0, 0}, {10, 0}, {50, 0}), 0);
}

TEST(Orientation, IsExactAtTheEndsOfTheRange) {
  // The diagonal of the whole plane, and one millimetre either side of its middle. In doubles or 64 bits all three are the same.
  EXPECT_EQ(Orientation({kLow, kLow}, {kHigh, kHigh}, {0, 0}), 0);
  EXPECT_EQ(Orientation({kLow, kLow}, {kHigh, kHigh}, {0, 1}), 1);
  EXPECT_EQ(Orientation({kLow, kLow}, {kHigh, kHigh}, {1, 0}), -1);
  // Neighbours of a Farey sequence: products of 2^62 that differ by one.
  EXPECT_EQ(Orientation({0, 0}, {kHigh, kHigh - 1}, {kHigh - 1, kHigh - 2}), -1);
  EXPECT_EQ(Orientation({0, 0}, {kHigh - 1, kHigh - 2}, {kHigh, kHigh - 1}), 1);
  EXPECT_EQ(Orientation({kLow, kHigh}, {kHigh, kLow}, {kHigh, kHigh}), 1);
  EXPECT_EQ(Orientation({kLow, kHigh}, {kHigh, kLow}, {kLow, kLow}), -1);
}

TEST(OnSegment, IsClosedAndEndsAtItsEnds) {
  EXPECT_TRUE(OnSegment({0, 0}, {10, 20}, {0, 0}));
  EXPECT_TRUE(OnSegment({0, 0}, {10, 20}, {10, 20}));
  EXPECT_TRUE(OnSegment({10, 20}, {0, 0}, {5, 10}));
  EXPECT_FALSE(OnSegment({0, 0}, {10, 20}, {11, 22}));
  EXPECT_FALSE(OnSegment({0, 0}, {10, 20}, {5, 11}));
  EXPECT_TRUE(OnSegment({3, 3}, {3, 3}, {3, 3}));
  EXPECT_FALSE(OnSegment({3, 3}, {3, 3}, {3, 4}));
}

TEST(BoundsOf, CoversAllPartsAndIsEmptyForNone) {
  EXPECT_TRUE(BoundsOf({}).empty());
  EXPECT_EQ(BoundsOf({{{{Square(0, 0, 10)}}, {{Square(-100, 50, 10)}}}}), (GridBox{{-100, 0}, {10, 60}}));
}

TEST(AreaM2, SubtractsHolesAndAddsParts) {
  const Ring shell = Square(0, 0, 10'000), hole = Square(2'000, 2'000, 3'000), island = Square(20'000, 0, 1'000);
  EXPECT_EQ(AreaM2({{{{shell}}}}), 100);
  EXPECT_EQ(AreaM2({{{{shell, hole}}, {{island}}}}), 100 - 9 + 1);
  EXPECT_EQ(AreaM2({}), 0);
}

TEST(AreaM2, TakesNoAccountOfDirection) {
  Ring shell = Square(0, 0, 10'000), hole = Square(2'000, 2'000, 3'000);
  std::reverse(shell.begin(), shell.end());
  EXPECT_EQ(AreaM2({{{{shell, hole}}}}), 91);
  std::reverse(hole.begin(), hole.end());
  EXPECT_EQ(AreaM2({{{{shell, hole}}}}), 91);
}

TEST(AreaM2, IsExactFarFromTheOriginAndForTheWholePlane) {
  // A triangle of half a square millimetre, 2,000 km out: a shoelace in doubles loses it.
  EXPECT_EQ(AreaM2({{{{{{2'000'000'000, 1'999'999'999}, {2'000'000'001, 1'999'999'999}, {2'000'000'000, 2'000'000'000}}}}}}), 0.5e-6);
  const double side_m = 4'294'967.295;
  EXPECT_DOUBLE_EQ(AreaM2({{{{{{kLow, kLow}, {kHigh, kLow}, {kHigh, kHigh}, {kLow, kHigh}}}}}}), side_m * side_m);
}

TEST(IsAnticlockwise, IsExactAndFalseWithoutArea) {
  Ring ring = Square(0, 0, 10);
  EXPECT_TRUE(IsAnticlockwise(ring));
  std::reverse(ring.begin(), ring.end());
  EXPECT_FALSE(IsAnticlockwise(ring));
  EXPECT_FALSE(IsAnticlockwise({{0, 0}, {5, 5}, {9, 9}}));
  EXPECT_TRUE(IsAnticlockwise({{kLow, kLow}, {kHigh, kLow}, {kHigh, kHigh}, {kLow, kHigh}}));
  // Half a square millimetre in a sliver as long as the plane.
  EXPECT_TRUE(IsAnticlockwise({{0, 0}, {kHigh - 1, kHigh - 2}, {kHigh, kHigh - 1}}));
  EXPECT_FALSE(IsAnticlockwise({{0, 0}, {kHigh, kHigh - 1}, {kHigh - 1, kHigh - 2}}));
}

}  // namespace
}  // namespace geo
