#include "geo/placement/review_cameras.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/drawn_street.h"

namespace geo {
namespace {

using support::DrawnStreet;
using testing::Contains;
using testing::ElementsAre;
using testing::Not;

// a and b look north at the same nine; c at the three beside; d at nothing; e at the one.
DrawnStreet Street() {
  DrawnStreet street = support::DrawStreet(R"(
.9.......3.......1
..................
.......#..........
ab.....#.c...d...e
)");
  for (DemandPoint& point : street.scene.demand.points) point.weight *= 10;
  return street;
}

ReviewQuery QueryOf() {
  ReviewQuery query;
  query.level = "detect";
  return query;
}

TEST(ReviewCameras, ClassesWithReasons) {
  DrawnStreet street = Street();
  street.scene.cameras[2].state = CameraState::kOut;  // c
  const auto answer = ReviewCameras(street.scene, QueryOf(), NeverStop()).value();
  ASSERT_EQ(answer.cameras.size(), 5u);
  const CameraReview &a = answer.cameras[0], &b = answer.cameras[1], &c = answer.cameras[2], &d = answer.cameras[3], &e = answer.cameras[4];
  EXPECT_EQ(a.review, ReviewClass::kRedeploy);
  EXPECT_EQ(a.reasons[0], "MOSTLY_DUPLICATED");
  EXPECT_EQ(a.recent, 90);
  EXPECT_EQ(a.unique, 0);
  EXPECT_EQ(b.review, ReviewClass::kRedeploy);
  EXPECT_EQ(c.review, ReviewClass::kRepairFirst);
  EXPECT_THAT(c.reasons, testing::IsSupersetOf({"OUT_OF_ORDER", "NEED_SHOWN"}));
  EXPECT_EQ(c.unique, 30) << "what it would add";
  EXPECT_EQ(c.rank, 1);
  EXPECT_EQ(d.review, ReviewClass::kNeedNotShown);
  EXPECT_EQ(d.reasons[0], "NOTHING_IN_VIEW");
  EXPECT_EQ(e.review, ReviewClass::kKeep) << "10 a year may be 18";
  EXPECT_EQ(answer.covered, 100);
  EXPECT_EQ(answer.covered_if_repaired, 130);
  EXPECT_STREQ(ReviewWord(c.review), "repair first");
}

TEST(ReviewCameras, FewInViewWhereEvenTheUpperEndIsBelowNeed) {
  DrawnStreet street = Street();
  ReviewQuery query = QueryOf();
  query.rules.need_per_year = 19;
  const auto answer = ReviewCameras(street.scene, query, NeverStop()).value();
  EXPECT_EQ(answer.cameras[4].review, ReviewClass::kNeedNotShown);
  EXPECT_EQ(answer.cameras[4].reasons[0], "FEW_IN_VIEW");
  EXPECT_NEAR(answer.cameras[4].per_year_interval.high, 18.391459 / (365 / 365.25), 1e-4);
}

TEST(ReviewCameras, ChangesAreJudgedTogether) {
  DrawnStreet street = Street();
  ReviewQuery query = QueryOf();
  query.earlier = street.scene.demand;
  for (DemandPoint& point : query.earlier.points) point.weight *= point.weight == 30 ? 8 : 2;
  const auto answer = ReviewCameras(street.scene, query, NeverStop()).value();
  EXPECT_EQ(answer.cameras[0].change.verdict, Verdict::kNoClearChange) << "the same daily rate";
  EXPECT_EQ(answer.cameras[2].change.verdict, Verdict::kLower);
  EXPECT_THAT(answer.cameras[2].reasons, Contains("FALLING"));
  EXPECT_EQ(answer.cameras[3].change.verdict, Verdict::kTooFewToSay);
}

TEST(ReviewCameras, ABetterSiteMovesOnlyWhatCanMove) {
  DrawnStreet street = Street();
  DemandPoint busy = street.scene.demand.points[0];
  busy.at = street.at(13, 0);
  busy.weight = 500;
  street.scene.demand.points.push_back(busy);
  street.scene.cameras.erase(street.scene.cameras.begin() + 3);  // d, who would see it
  ReviewQuery query = QueryOf();
  CandidateSite site;
  site.id = "column 7";
  site.at = street.at(14, 0);
  site.bearings_deg = {270};
  query.candidates = {site};
  auto answer = ReviewCameras(street.scene, query, NeverStop()).value();
  EXPECT_EQ(answer.cameras[3].review, ReviewClass::kKeep);
  EXPECT_EQ(answer.cameras[3].better_site, "");
  street.scene.cameras[3].bond = CameraBond::kMovable;
  answer = ReviewCameras(street.scene, query, NeverStop()).value();
  EXPECT_EQ(answer.cameras[3].review, ReviewClass::kRedeploy);
  EXPECT_THAT(answer.cameras[3].reasons, Contains("BETTER_SITE_KNOWN"));
  EXPECT_EQ(answer.cameras[3].better_site, "column 7");
  EXPECT_GE(answer.cameras[3].better_site_adds, 500);
}

TEST(ReviewCameras, CategoriesHoursAndCautions) {
  DrawnStreet street = Street();
  street.scene.demand.points[0].category = 1;
  street.scene.demand.points[0].block = -1;
  street.scene.evidence = {{"drugs", EvidenceGrade::kNoEffect, EvidenceGrade::kNotStudied, EvidenceGrade::kWeak, "", ""}};
  street.scene.places = {{street.at(0, 2), 0}};
  const auto answer = ReviewCameras(street.scene, QueryOf(), NeverStop()).value();
  const CameraReview& a = answer.cameras[0];
  EXPECT_THAT(a.by_category_and_block, ElementsAre(0, 0, 0, 0, 0, 90));
  EXPECT_THAT(a.reasons, testing::IsSupersetOf({"WEAK_EVIDENCE", "HOURS_MOSTLY_UNKNOWN", "PLACES_IN_VIEW"}));
  EXPECT_THAT(answer.cameras[4].reasons, Not(Contains("PLACES_IN_VIEW")));
}

TEST(ReviewCameras, WhatStandsInsideABuildingIsNotJudged) {
  DrawnStreet street = Street();
  street.scene.cameras[2].at = street.at(7, 0);
  const auto answer = ReviewCameras(street.scene, QueryOf(), NeverStop()).value();
  EXPECT_EQ(answer.cameras[2].review, ReviewClass::kNotJudged);
  EXPECT_THAT(answer.cameras[2].reasons, ElementsAre("SITE_INSIDE_BUILDING"));
  EXPECT_EQ(answer.cameras[2].rank, 0);
}

TEST(ReviewCameras, Refusals) {
  DrawnStreet street = Street();
  ReviewQuery query = QueryOf();
  query.recent_days = 0;
  EXPECT_EQ(ReviewCameras(street.scene, query, NeverStop()).error().field, "recent_days");
  street.scene.demand.snapped = true;
  EXPECT_EQ(ReviewCameras(street.scene, QueryOf(), NeverStop()).error().reason, "SNAPPED_POINTS");
  street.scene.cameras.clear();
  EXPECT_EQ(ReviewCameras(street.scene, QueryOf(), NeverStop()).error().reason, "NO_CAMERAS");
}

}  // namespace
}  // namespace geo
