#include "geo/geometry/box_meets.h"

#include <gtest/gtest.h>

namespace geo {
namespace {

const std::vector<std::vector<PlanePoint>> kRing{{{0, 0}, {10, 0}, {10, 10}, {0, 10}}, {{3, 3}, {3, 7}, {7, 7}, {7, 3}}};

TEST(MeetsBox, VertexInside) { EXPECT_TRUE(MeetsBox(kRing, {9, 9, 20, 20})); }
TEST(MeetsBox, EdgeAcross) { EXPECT_TRUE(MeetsBox(kRing, {-5, 4, 20, 5})); }
TEST(MeetsBox, CornerTouches) { EXPECT_TRUE(MeetsBox(kRing, {10, 10, 12, 12})); }
TEST(MeetsBox, BoxInTheRing) { EXPECT_TRUE(MeetsBox(kRing, {1, 1, 2, 2})); }
TEST(MeetsBox, BoxInTheHole) { EXPECT_FALSE(MeetsBox(kRing, {4, 4, 6, 6})); }
TEST(MeetsBox, BoxAroundAll) { EXPECT_TRUE(MeetsBox(kRing, {-1, -1, 11, 11})); }
TEST(MeetsBox, BesideIt) { EXPECT_FALSE(MeetsBox(kRing, {10.5, 0, 12, 10})); }
TEST(MeetsBox, PointOnAnEdge) { EXPECT_TRUE(MeetsBox(kRing, {5, 0, 5, 0})); }

// Its bounds meet the box, its shape does not.
TEST(MeetsBox, TriangleThatLeavesTheCornerFree) {
  const std::vector<std::vector<PlanePoint>> triangle{{{0, 0}, {10, 0}, {0, 10}}};
  EXPECT_FALSE(MeetsBox(triangle, {8, 8, 9, 9}));
  EXPECT_TRUE(MeetsBox(triangle, {4, 4, 9, 9}));
}

}  // namespace
}  // namespace geo
