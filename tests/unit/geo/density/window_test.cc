// WindowOf on drawn shapes whose inside areas are known by hand.
#include "geo/density/window.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <vector>

namespace geo {
namespace {

using testing::ElementsAre;

GridPoint At(double east_m, double north_m) { return GridPoint::FromMeters(east_m, north_m); }

AreaSet SetOf(std::vector<Area> areas) {
  auto set = AreaSet::Build("drawn", std::move(areas));
  EXPECT_TRUE(set);
  return std::move(*set);
}

Polygon Square(double west_m, double south_m, double side_m) {
  return {{{At(west_m, south_m), At(west_m + side_m, south_m), At(west_m + side_m, south_m + side_m), At(west_m, south_m + side_m)}}};
}

std::vector<double> InsideOf(std::vector<Area> areas, const RasterFrame& frame) {
  const auto window = WindowOf(SetOf(std::move(areas)), {}, frame, NeverStop());
  EXPECT_TRUE(window);
  EXPECT_NEAR(window->total_m2, std::accumulate(window->inside_m2.begin(), window->inside_m2.end(), 0.0), 1e-9);
  return window->inside_m2;
}

constexpr RasterFrame kFrame{.cell_mm = 10'000, .south_west = {0, 0}, .columns = 4, .rows = 3};

TEST(Window, ASquareCoversPartsOfCells) {
  EXPECT_THAT(InsideOf({{"A", "", {{Square(5, 5, 20)}}}}, kFrame), ElementsAre(25, 50, 25, 0,   //
                                                                               50, 100, 50, 0,  //
                                                                               25, 50, 25, 0));
}

TEST(Window, ATriangleLeavesHalvesAlongItsSlope) {
  const Ring triangle = {At(0, 0), At(30, 0), At(0, 30)};
  EXPECT_THAT(InsideOf({{"A", "", {{{{triangle}}}}}}, kFrame), ElementsAre(100, 100, 50, 0,  //
                                                                           100, 50, 0, 0,    //
                                                                           50, 0, 0, 0));
}

TEST(Window, DirectionOfRingsIsOfNoAccount) {
  for (const bool shell_reversed : {false, true}) {
    for (const bool hole_reversed : {false, true}) {
      Polygon square = Square(0, 0, 30);
      square.rings.push_back(Square(10, 10, 10).rings[0]);
      if (shell_reversed) std::reverse(square.rings[0].begin(), square.rings[0].end());
      if (hole_reversed) std::reverse(square.rings[1].begin(), square.rings[1].end());
      EXPECT_THAT(InsideOf({{"A", "", {{square}}}}, kFrame), ElementsAre(100, 100, 100, 0,  //
                                                                         100, 0, 100, 0,    //
                                                                         100, 100, 100, 0));
    }
  }
}

TEST(Window, WhatReachesBeyondTheFrameIsCut) {
  EXPECT_THAT(InsideOf({{"A", "", {{Square(-1000, -1000, 2000)}}}}, kFrame), testing::Each(100));
  // A triangle that enters from the west, and one that lies wholly to the east.
  const Ring wedge = {At(-10, 0), At(-10, 20), At(10, 10)};
  const Ring east = {At(50, 0), At(60, 0), At(55, 20)};
  const std::vector<double> inside = InsideOf({{"A", "", {{{{wedge}}, {{east}}}}}}, kFrame);
  EXPECT_THAT(inside, ElementsAre(25, 0, 0, 0, 25, 0, 0, 0, 0, 0, 0, 0));
}

TEST(Window, OnlyTheAreasAskedForAndEachOnce) {
  const AreaSet set = SetOf({{"A", "", {{Square(0, 0, 10)}}}, {"B", "", {{Square(10, 0, 10)}}}, {"C", "", {{Square(20, 10, 10)}}}});
  const std::vector<AreaIndex> asked = {2, 0, 2};
  const auto window = WindowOf(set, asked, kFrame, NeverStop());
  ASSERT_TRUE(window);
  EXPECT_THAT(window->inside_m2, ElementsAre(100, 0, 0, 0, 0, 0, 100, 0, 0, 0, 0, 0));
  EXPECT_EQ(window->total_m2, 200);
}

TEST(Window, NeighboursLeaveNoSeamAndNothingOutside) {
  // A ragged border of awkward slopes between two areas that together fill three columns exactly.
  Ring border;
  for (int i = 0; i <= 30; ++i) border.push_back(GridPoint{15'000 + (i * 7919) % 9973 - 5'000, i * 1'000});
  Ring west = {At(0, 0)}, east = {At(30, 30), At(30, 0)};
  for (const GridPoint p : border) west.push_back(p);
  west.push_back(At(0, 30));
  for (const GridPoint p : border) east.push_back(p);
  EXPECT_THAT(InsideOf({{"A", "", {{{{west}}}}}, {"B", "", {{{{east}}}}}}, kFrame), ElementsAre(100, 100, 100, 0,  //
                                                                                                100, 100, 100, 0,  //
                                                                                                100, 100, 100, 0));
}

TEST(Window, AFrameOffTheOriginAndNegative) {
  const RasterFrame frame{.cell_mm = 10'000, .south_west = {-2, -3}, .columns = 2, .rows = 1};
  EXPECT_THAT(InsideOf({{"A", "", {{Square(-25, -20, 5)}}}}, frame), ElementsAre(25, 0));
}

TEST(Window, AnEmptyFrameIsAnEmptyWindow) {
  const auto window = WindowOf(SetOf({{"A", "", {{Square(0, 0, 10)}}}}), {}, RasterFrame{.cell_mm = 10'000}, NeverStop());
  ASSERT_TRUE(window);
  EXPECT_TRUE(window->inside_m2.empty());
  EXPECT_EQ(window->total_m2, 0);
}

class Stopped final : public StopSignal {
 public:
  bool stop_requested() const override { return true; }
  Error reason() const override { return {ErrorCode::kCancelled, "", "CANCELLED", "the caller went away"}; }
};

TEST(Window, Stops) {
  const auto window = WindowOf(SetOf({{"A", "", {{Square(0, 0, 10)}}}}), {}, kFrame, Stopped());
  ASSERT_FALSE(window);
  EXPECT_EQ(window.error().code, ErrorCode::kCancelled);
}

}  // namespace
}  // namespace geo
