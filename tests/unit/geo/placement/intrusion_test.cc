#include "geo/placement/intrusion.h"

#include <gtest/gtest.h>

#include "geo/placement/detail_levels.h"
#include "tests/support/drawn_street.h"

namespace geo {
namespace {

using support::DrawnStreet;
using support::DrawStreet;

// Homes to the north; as much to see to the south-east, nearly, as to the north-east.
const char* const kHomes = R"(
..@@@@..
........
.....8..
...A....
.....7..
........
)";

IntrusionQuery QueryOf(const DrawnStreet& street) {
  IntrusionQuery query;
  query.site = street.sites[0];
  query.level = "observe";
  query.step_deg = 45;
  return query;
}

TEST(SweepBearings, TurnsAwayFromHomesWhereLittleIsLost) {
  const DrawnStreet street = DrawStreet(kHomes);
  IntrusionQuery query = QueryOf(street);
  query.site.bearings_deg = {45, 135, 315};
  query.keep_share = 0.8;
  const auto answer = SweepBearings(street.scene, query, NeverStop()).value();
  EXPECT_EQ(answer.bearings[answer.best].bearing_deg, 45);
  EXPECT_EQ(answer.bearings[answer.least_intrusive].bearing_deg, 135);
  EXPECT_GT(answer.places_avoided, 0);
  EXPECT_EQ(answer.cover_lost_by_turning, 1);
  EXPECT_EQ(answer.bearings[1].places, 0);
  query.keep_share = 0.9;
  EXPECT_EQ(SweepBearings(street.scene, query, NeverStop())->least_intrusive, 0u) << "7 is under 90 % of 8";
  query.site.bearings_deg.clear();
  EXPECT_EQ(SweepBearings(street.scene, query, NeverStop())->bearings.size(), 8u);
}

TEST(SweepBearings, AMaskHidesWhatStandsInItAndBehindIt) {
  DrawnStreet street = DrawStreet(R"(
...2.....
.........
......4..
...1.....
.........
...A.....
)");
  street.scene.places = {{street.at(3, 3), 1}};  // a school between the one and the two
  IntrusionQuery query = QueryOf(street);
  query.level = "detect";
  query.site.bearings_deg = {0};
  query.mask_radius_m = 4;
  auto answer = SweepBearings(street.scene, query, NeverStop()).value();
  EXPECT_EQ(answer.bearings[0].covered, 7);
  EXPECT_EQ(answer.bearings[0].places, 1);
  EXPECT_EQ(answer.bearings[0].cover_lost_by_masking, 2) << "the one stands before it, the four beside";
  query.mask_radius_m = 10;
  EXPECT_EQ(SweepBearings(street.scene, query, NeverStop())->bearings[0].cover_lost_by_masking, 3);
  query.mask_radius_m = 60;
  EXPECT_EQ(SweepBearings(street.scene, query, NeverStop())->bearings[0].cover_lost_by_masking, 7) << "the camera stands in it";
}

TEST(SweepBearings, Refusals) {
  DrawnStreet street = DrawStreet(kHomes);
  IntrusionQuery query = QueryOf(street);
  query.site.at = street.at(2, 5);
  EXPECT_EQ(SweepBearings(street.scene, query, NeverStop()).error().reason, "SITE_INSIDE_BUILDING");
  query = QueryOf(street);
  query.step_deg = 0;
  EXPECT_EQ(SweepBearings(street.scene, query, NeverStop()).error().field, "step_deg");
}

TEST(CountDetailLevels, EveryLevelAddsUpToTheTotal) {
  DrawnStreet street = DrawStreet(R"(
.9......
...2....
a.b.....
)");
  DemandPoint unlocated;
  unlocated.at = kUnlocated;
  unlocated.weight = 4;
  street.scene.demand.points.push_back(unlocated);
  const auto out = CountDetailLevels(street.scene, NeverStop()).value();
  EXPECT_EQ(out.total, 15);
  EXPECT_EQ(out.located, 11);
  ASSERT_EQ(out.levels.size(), 6u);
  for (std::size_t level = 0; level < out.levels.size(); ++level) {
    double sum = 0;
    for (std::size_t times = 0; times < 3; ++times) {
      for (std::size_t block = 0; block < out.blocks; ++block) sum += out.at(level, times, block);
    }
    EXPECT_EQ(sum, out.total) << out.levels[level];
  }
  EXPECT_EQ(out.at(0, 2, 1), 9) << "both see the nine, in its block";
  EXPECT_EQ(out.at(0, 1, 1), 2) << "b alone sees the two";
  EXPECT_EQ(out.at(0, 0, 2), 4) << "no position: in view of none, at no known hour";
  EXPECT_EQ(out.at(5, 0, 1), 11) << "none at inspect";
}

}  // namespace
}  // namespace geo
