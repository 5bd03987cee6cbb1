#include "geo/placement/camera_view.h"

#include <gtest/gtest.h>

#include "geo/placement/coverage.h"
#include "tests/support/drawn_street.h"

namespace geo {
namespace {

CameraView View(const FootprintIndex& buildings, GridPoint at, double bearing_deg, double width_deg, std::vector<double> ranges_m) {
  CameraOptics optics;
  optics.width_deg = width_deg;
  optics.ground_range_m = ranges_m;
  return {std::make_shared<VisibilityPolygon>(buildings, at, ranges_m.front()), optics, bearing_deg};
}

TEST(CameraView, FinerLevelsAreNearer) {
  const CameraView view = View(FootprintIndex(), {0, 0}, 0, 90, {50, 20, 5, 0});
  EXPECT_EQ(view.level_of({0, 5'000}), 2) << "on the circle";
  EXPECT_EQ(view.level_of({0, 5'001}), 1);
  EXPECT_EQ(view.level_of({0, 50'000}), 0);
  EXPECT_EQ(view.level_of({0, 50'001}), -1);
  EXPECT_EQ(view.level_of({0, -1}), -1) << "behind";
  EXPECT_EQ(view.level_of({0, 0}), 2) << "a range of nothing shows nothing, not even the foot of the column";
  EXPECT_TRUE(view.sees({0, 19'000}, 1));
  EXPECT_FALSE(view.sees({0, 21'000}, 1));
  EXPECT_FALSE(view.sees({0, 0}, 3));
}

TEST(CameraView, AnOutlineHasTheAreaOfItsSector) {
  const Ring outline = OutlineOf(View(FootprintIndex(), {7, 9}, 30, 90, {100}));
  EXPECT_NEAR(AreaM2({{{{outline}}}}), M_PI * 100 * 100 / 4, 2);
  EXPECT_TRUE(IsAnticlockwise(outline));
  EXPECT_EQ(outline.front(), (GridPoint{7, 9})) << "from the camera out";
  const Ring round = OutlineOf(View(FootprintIndex(), {7, 9}, 30, 360, {100}));
  EXPECT_NEAR(AreaM2({{{{round}}}}), M_PI * 100 * 100, 8);
  EXPECT_TRUE(OutlineOf(View(FootprintIndex(), {7, 9}, 30, 360, {100, 0}), 1).empty());
}

TEST(CameraView, AnOutlineEndsAtWalls) {
  // A wall 10 m north, far wider than the view: a right-angled triangle of 10 m height and 20 m base.
  const Polygon wall{{{{-50'000, 10'000}, {50'000, 10'000}, {50'000, 11'000}, {-50'000, 11'000}}}};
  const auto buildings = FootprintIndex::Build(std::vector{wall}).value();
  EXPECT_NEAR(AreaM2({{{{OutlineOf(View(buildings, {0, 0}, 0, 90, {40}))}}}}), 100, 0.1);
}

TEST(FindCoverage, IsWhatEachViewSees) {
  const auto street = support::DrawStreet(R"(
1.2.3.4
..##...
5..*..6
.....#.
7.8.9.1
)");
  const GridPoint at = street.at(3, 2);
  std::vector<GridPoint> points;
  for (const auto& point : street.scene.demand.points) points.push_back(point.at);
  points.push_back(kUnlocated);
  const auto visible = std::make_shared<VisibilityPolygon>(street.scene.buildings, at, 80);
  CameraOptics optics;
  optics.width_deg = 120;
  optics.ground_range_m = {80, 25};
  std::vector<CameraView> views;
  for (const double bearing : {0, 90, 180, 270}) views.emplace_back(visible, optics, bearing);
  views.push_back(View(street.scene.buildings, street.at(0, 0), 45, 360, {30, 10}));
  for (const int level : {0, 1}) {
    for (const int threads : {1, 2, 8}) {
      const auto seen = FindCoverage(views, points, level, threads, NeverStop()).value();
      ASSERT_EQ(seen.size(), views.size());
      for (std::size_t view = 0; view < views.size(); ++view) {
        std::vector<std::uint32_t> expected;
        for (std::uint32_t i = 0; i < points.size(); ++i) {
          if (points[i] != kUnlocated && views[view].sees(points[i], level)) expected.push_back(i);
        }
        EXPECT_EQ(seen[view], expected) << "view " << view << " level " << level;
      }
    }
  }
}

}  // namespace
}  // namespace geo
