#include "geo/placement/site_evidence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/drawn_street.h"

namespace geo {
namespace {

using support::DrawnStreet;

// B sees more than A; comparable places lie along the street.
DrawnStreet Street() {
  return support::DrawStreet(R"(
..5..........1..............
............................
..A..9..B.....##............
............................
)");
}

// A camera that stands has the nine in view, and not the five.
DrawnStreet WatchedStreet() {
  DrawnStreet street = Street();
  ExistingCamera standing;
  standing.id = "cam-1";
  standing.at = street.at(5, 0);
  standing.bearing_deg = 45;
  street.scene.cameras = {standing};
  return street;
}

SiteEvidenceQuery QueryOf(const DrawnStreet& street) {
  SiteEvidenceQuery query;
  query.site = street.sites[0];
  query.alternatives = street.sites;
  query.level = "detect";
  query.draws = 20;
  for (std::size_t column = 0; column < 28; ++column) query.comparable.push_back(street.at(column, 1));
  return query;
}

TEST(GatherSiteEvidence, ComparesWithOtherPlaces) {
  const DrawnStreet street = Street();
  const auto answer = GatherSiteEvidence(street.scene, QueryOf(street), NeverStop()).value();
  EXPECT_EQ(answer.need, 14) << "the five and the nine, looking north-east";
  EXPECT_EQ(answer.bearing_deg, 45);
  EXPECT_EQ(answer.compared, 26) << "two lie inside a building";
  EXPECT_GT(answer.need_percentile, 0.5);
  EXPECT_LT(answer.need_percentile, 1);
  EXPECT_EQ(answer.marginal, 14);
  EXPECT_EQ(answer.unique_share, 1);
  EXPECT_EQ(answer.draws, 20);
  EXPECT_EQ(answer.marginal_low, 14) << "positions are exact";
  EXPECT_TRUE(answer.certificate.robustness);
  EXPECT_LE(answer.need_interval.low, 14);
}

// "More than at so many": a place that ties with others has no more than they have.
TEST(GatherSiteEvidence, TiesAreNotLess) {
  const DrawnStreet street = Street();
  SiteEvidenceQuery query = QueryOf(street);
  query.comparable.assign(1, query.site.at);
  EXPECT_EQ(GatherSiteEvidence(street.scene, query, NeverStop())->need_percentile, 0);
}

TEST(GatherSiteEvidence, StandingCamerasTakeTheirPart) {
  const DrawnStreet street = WatchedStreet();
  const auto answer = GatherSiteEvidence(street.scene, QueryOf(street), NeverStop()).value();
  EXPECT_EQ(answer.need, 14);
  EXPECT_EQ(answer.marginal, 5);
}

// It looks the way that adds most, and draws are of that view: what it adds lies within what they give.
TEST(GatherSiteEvidence, WhatItAddsAgreesWithItsDraws) {
  const DrawnStreet street = WatchedStreet();
  SiteEvidenceQuery query = QueryOf(street);
  query.bearings_deg = {90, 0};  // the nine, which is most; the five, which is more than nothing
  const auto answer = GatherSiteEvidence(street.scene, query, NeverStop()).value();
  EXPECT_EQ(answer.bearing_deg, 0);
  EXPECT_EQ(answer.need, 5);
  EXPECT_EQ(answer.marginal, 5);
  EXPECT_EQ(answer.marginal_low, 5);
  EXPECT_EQ(answer.marginal_high, 5);
}

TEST(GatherSiteEvidence, PersistenceAndChangeOverYears) {
  const DrawnStreet street = Street();
  SiteEvidenceQuery query = QueryOf(street);
  for (const int times : {1, 1, 6}) {
    DemandSet year = street.scene.demand;
    year.title = std::to_string(times);
    for (DemandPoint& point : year.points) point.weight *= times;
    query.years.push_back(year);
    query.year_days.push_back(365);
  }
  const auto answer = GatherSiteEvidence(street.scene, query, NeverStop()).value();
  ASSERT_EQ(answer.years.size(), 3u);
  EXPECT_EQ(answer.years[2].need, 84);
  ASSERT_TRUE(answer.change);
  EXPECT_EQ(answer.change->verdict, Verdict::kHigher);
  query.change = false;
  EXPECT_FALSE(GatherSiteEvidence(street.scene, query, NeverStop())->change);
  query.year_days.pop_back();
  EXPECT_EQ(GatherSiteEvidence(street.scene, query, NeverStop()).error().field, "year_days");
}

TEST(GatherSiteEvidence, BetterSitesNearbyAreNamed) {
  DrawnStreet street = Street();
  SiteEvidenceQuery query = QueryOf(street);
  query.bearings_deg = {90};  // A sees the nine, B the one at most
  auto answer = GatherSiteEvidence(street.scene, query, NeverStop()).value();
  EXPECT_TRUE(answer.alternatives.empty());
  query.bearings_deg = {270};
  answer = GatherSiteEvidence(street.scene, query, NeverStop()).value();
  ASSERT_EQ(answer.alternatives.size(), 1u);
  EXPECT_EQ(answer.alternatives[0].id, "B");
  EXPECT_NEAR(answer.alternatives[0].away_m, 60, 1e-9);
  EXPECT_EQ(answer.first_share, 0);
  query.alternatives_within_m = 59;
  EXPECT_TRUE(GatherSiteEvidence(street.scene, query, NeverStop())->alternatives.empty());
}

TEST(GatherSiteEvidence, Refusals) {
  DrawnStreet street = Street();
  SiteEvidenceQuery query = QueryOf(street);
  query.site.at = street.at(14, 1);
  EXPECT_EQ(GatherSiteEvidence(street.scene, query, NeverStop()).error().reason, "SITE_INSIDE_BUILDING");
  query = QueryOf(street);
  query.comparable.clear();
  EXPECT_EQ(GatherSiteEvidence(street.scene, query, NeverStop()).error().reason, "NO_COMPARABLE_PLACES");
  street.scene.demand.points[0].precision_m = 1e6;
  street.scene.demand.points[2].precision_m = 1e6;
  EXPECT_EQ(GatherSiteEvidence(street.scene, QueryOf(street), NeverStop()).error().reason, "PRECISION_COARSER_THAN_RANGE");
}

}  // namespace
}  // namespace geo
