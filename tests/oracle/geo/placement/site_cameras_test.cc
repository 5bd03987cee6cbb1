// The whole question among the real buildings of Leeds, against every pair of options tried, each with its cover counted point by point along single lines of
// sight.
#include "geo/placement/site_cameras.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>

#include "tests/support/leeds_buildings.h"
#include "tests/support/paths.h"

namespace geo {
namespace {

int Pick(std::mt19937& random, int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); }

TEST(SiteCamerasOracle, TheBestPairOfRealSitesIsBestByTryingAll) {
  if (!support::HaveSharedData(support::kLeedsBuildings)) GTEST_SKIP() << "no real data at " << WARDWATCH_SHARED_DATA;
  const auto footprints = support::ReadLeedsBuildings();
  std::mt19937 random(11);
  CameraScene scene;
  scene.buildings = FootprintIndex::Build(footprints).value();
  CameraModel model;
  model.id = "4K";
  model.pixels = 3840;
  model.field_of_view_deg = 60;
  scene.models = {model};
  scene.demand.categories = {"any"};
  std::vector<FootprintIndex::Footprint> holding;
  const auto beside_a_building = [&] {
    for (;;) {
      const Ring& ring = footprints[static_cast<std::size_t>(Pick(random, 0, 59))].rings[0];
      const GridPoint p{ring[0].easting_mm + Pick(random, -20'000, 20'000), ring[0].northing_mm + Pick(random, -20'000, 20'000)};
      scene.buildings.containing(p, holding);
      if (holding.empty()) return p;
    }
  };
  for (int i = 0; i < 400; ++i) {
    DemandPoint point;
    point.at = beside_a_building();
    point.weight = Pick(random, 1, 4);
    scene.demand.points.push_back(point);
  }
  SitingQuery query;
  query.level = "detect";
  query.picks = 2;
  query.robustness_draws = 0;
  query.bearings_deg = {0, 60, 120, 180, 240, 300};
  for (int i = 0; i < 40; ++i) {
    CandidateSite site;
    site.id = "s" + std::to_string(100 + i);
    site.at = beside_a_building();
    query.candidates.push_back(site);
  }
  const auto answer = SiteCameras(scene, query, NeverStop());
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_TRUE(answer->certificate.solver->proved_optimal);

  const double slant_m = 3840 / (2 * 25 * std::tan(std::numbers::pi / 6)), range_m = std::sqrt(slant_m * slant_m - 16);
  std::vector<std::vector<std::uint8_t>> sees;
  std::vector<std::size_t> site_of;
  for (std::size_t site = 0; site < query.candidates.size(); ++site) {
    for (const double bearing : query.bearings_deg) {
      std::vector<std::uint8_t> seen;
      const GridPoint at = query.candidates[site].at;
      for (const DemandPoint& point : scene.demand.points) {
        const double east = point.at.easting_m() - at.easting_m(), north = point.at.northing_m() - at.northing_m();
        const double off = std::remainder(std::atan2(east, north) * 180 / std::numbers::pi - bearing, 360.0);
        seen.push_back(std::hypot(east, north) <= range_m && std::abs(off) <= 30 && HasLineOfSight(scene.buildings, at, point.at));
      }
      sees.push_back(std::move(seen));
      site_of.push_back(site);
    }
  }
  double best = 0;
  for (std::size_t one = 0; one < sees.size(); ++one) {
    for (std::size_t other = one + 1; other < sees.size(); ++other) {
      if (site_of[one] == site_of[other]) continue;
      double covered = 0;
      for (std::size_t i = 0; i < sees[one].size(); ++i) covered += (sees[one][i] | sees[other][i]) * scene.demand.points[i].weight;
      best = std::max(best, covered);
    }
  }
  EXPECT_EQ(answer->covered, best);
  EXPECT_GT(best, 50);
}

}  // namespace
}  // namespace geo
