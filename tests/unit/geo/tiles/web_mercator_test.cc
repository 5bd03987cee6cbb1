#include "geo/tiles/web_mercator.h"

#include <gtest/gtest.h>

#include <cmath>

namespace geo {
namespace {

TEST(WebMercator, CornersAndMiddleOfTheWorld) {
  EXPECT_EQ(WorldOf(LatLng::FromDegrees(0, 0)), (WorldPoint{1u << 31, 1u << 31}));
  EXPECT_EQ(WorldOf(LatLng::FromDegrees(kMercatorLatitude_deg, -180)), (WorldPoint{0, 0}));
  EXPECT_EQ(WorldOf(LatLng::FromDegrees(85.06, 0)), kNoWorld);
  EXPECT_EQ(WorldOf(LatLng::FromDegrees(NAN, 0)), kNoWorld);
  EXPECT_EQ(WorldOf(LatLng::FromDegrees(0, INFINITY)), kNoWorld);
}

// EPSG Guidance Note 7-2, Popular Visualisation Pseudo-Mercator: 24 22 54.433 N, 100 20 00 W is -11169055.58 E, 2800000.00 N.
TEST(WebMercator, ThePublishedExample) {
  const WorldPoint world = WorldOf(LatLng::FromDegrees(24 + 22 / 60.0 + 54.433 / 3600, -(100 + 20 / 60.0)));
  const MercatorPoint at = MercatorOf(world.x, world.y);
  EXPECT_NEAR(at.x_m, -11169055.58, 0.02);
  EXPECT_NEAR(at.y_m, 2800000.00, 0.02);
}

TEST(WebMercator, DegreesComeBack) {
  for (const LatLng place : {LatLng{51.388, 0.537}, LatLng{-33.9, 18.4}, LatLng{60.1, -1.2}, LatLng{80, 179.9}}) {
    const WorldPoint world = WorldOf(place);
    const LatLng back = DegreesOf(world.x + 0.5, world.y + 0.5);
    EXPECT_NEAR(back.longitude_deg, place.longitude_deg, 360 / kWorldUnits);
    EXPECT_NEAR(back.latitude_deg, place.latitude_deg, 360 / kWorldUnits);
  }
}

TEST(WebMercator, BatchesOfGridPoints) {
  const BritishGrid grid = std::move(BritishGrid::Create().value());
  std::vector<GridPoint> points{GridPoint::FromMeters(575'700, 168'400), kUnlocated};
  for (int i = 0; i < 5'000; ++i) points.push_back(GridPoint::FromMeters(400'000 + 37.0 * i, 200'000 + 11.0 * i));
  const std::vector<WorldPoint> world = WorldPositions(points, grid);
  ASSERT_EQ(world.size(), points.size());
  EXPECT_EQ(world[1], kNoWorld);
  for (std::size_t i = 0; i < points.size(); i += 501) {
    if (i == 1) continue;
    EXPECT_EQ(world[i], WorldOf(grid.to_wgs84(points[i]))) << i;
  }
}

TEST(WebMercator, GroundOfTheWholeWorldAndOfASquareKilometre) {
  // All but the caps beyond 85.05 degrees, by numerical integration of the ellipsoid's strips.
  EXPECT_NEAR(GroundKm2(0, kWorldUnits, kWorldUnits), 508147130, 1);
  const BritishGrid grid = std::move(BritishGrid::Create().value());
  const std::vector<GridPoint> corners{GridPoint::FromMeters(400'000, 300'000),
                                       GridPoint::FromMeters(401'000, 301'000)};  // scale factor 0.9996 on its meridian
  const std::vector<WorldPoint> world = WorldPositions(corners, grid);
  EXPECT_NEAR(GroundKm2(world[1].y, world[0].y, double(world[1].x) - world[0].x), 1 / (0.9996 * 0.9996), 1e-3);
}

}  // namespace
}  // namespace geo
