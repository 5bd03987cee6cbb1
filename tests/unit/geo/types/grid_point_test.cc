#include "geo/types/grid_point.h"

#include <gtest/gtest.h>

namespace geo {
namespace {

TEST(GridPoint, RoundsToTheNearestMillimetre) {
  EXPECT_EQ(GridPoint::FromMeters(575123.4564, 168000.0005), (GridPoint{575'123'456, 168'000'001}));
  EXPECT_EQ(GridPoint::FromMeters(-0.0005, 0.0004), (GridPoint{-1, 0}));  // halves away from zero
  EXPECT_DOUBLE_EQ((GridPoint{1, -1500}).northing_m(), -1.5);
}

TEST(GridPoint, TheFurthestPlaceFits) {
  const GridPoint far = GridPoint::FromMeters(kMaxMeters, -kMaxMeters);
  EXPECT_EQ(far.easting_mm, 2'000'000'000);
  EXPECT_EQ(far.northing_mm, -2'000'000'000);
  EXPECT_NE(far, kUnlocated);
}

TEST(GridBox, IsClosedAndStartsEmpty) {
  GridBox box;
  EXPECT_TRUE(box.empty());
  EXPECT_FALSE(box.contains({0, 0}));
  box.extend({5, 7});
  EXPECT_FALSE(box.empty());
  EXPECT_TRUE(box.contains({5, 7}));
  box.extend({9, 7});
  EXPECT_TRUE(box.contains({9, 7}));
  EXPECT_FALSE(box.contains({9, 8}));
}

}  // namespace
}  // namespace geo
