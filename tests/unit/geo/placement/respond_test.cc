#include "geo/placement/respond.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/drawn_street.h"

namespace geo {
namespace {

using testing::ElementsAre;

// Light from 08:00 to 16:00, every day of the winter of 2024, everywhere.
const Daylight& WinterLight() {
  static const Daylight light({Daylight::SquareOf(GridPoint::FromMeters(500'000, 200'000))}, 0, {DayOf(2024, 12, 1), DayOf(2025, 1, 1)},
                              [](Daylight::Square, LocalDay day) { return Daylight::Day{day * kMinutesPerDay + 8 * 60, day * kMinutesPerDay + 16 * 60}; });
  return light;
}

ResponseQuery QueryOf() {
  ResponseQuery query;
  query.categories = {"theft", "drugs", "litter"};
  query.evidence = {{"theft", EvidenceGrade::kModerate, EvidenceGrade::kStrong, EvidenceGrade::kWeak, "", "review"},
                    {"drugs", EvidenceGrade::kNoEffect, EvidenceGrade::kNotStudied, EvidenceGrade::kModerate, "detection only", "study"}};
  const GridPoint centre = GridPoint::FromMeters(500'000, 200'000);
  query.hotspots = {{"h1", {{{{support::SquareAround(centre, 50)}}}}}};
  query.lit_columns = {GridPoint::FromMeters(500'030, 200'000), GridPoint::FromMeters(500'000, 200'300)};
  query.decided_on = DayOf(2025, 2, 1);
  query.daylight = &WinterLight();
  const LocalMinute night = DayOf(2024, 12, 21) * kMinutesPerDay + 21 * 60, noon = DayOf(2024, 12, 21) * kMinutesPerDay + 12 * 60;
  query.incidents = {{centre, night, night + 1, 0, 3},
                     {centre, noon, noon + 60, 0, 1},
                     {centre, night, night + 10, 1, 2},
                     {centre, noon - 720, noon + 720, 1, 4},  // a day: its hour is not known
                     {GridPoint::FromMeters(500'060, 200'000), night, night + 1, 0, 7},
                     {kUnlocated, night, night + 1, 0, 5}};
  return query;
}

TEST(CompareResponses, TellsEachOptionWithItsGrade) {
  const auto answer = CompareResponses(QueryOf(), NeverStop()).value();
  const HotspotResponse& one = answer.hotspots[0];
  EXPECT_EQ(one.weight, 10);
  EXPECT_EQ(one.incidents, 4);
  EXPECT_EQ(answer.outside, 7);
  EXPECT_EQ(answer.unlocated, 5);
  EXPECT_DOUBLE_EQ(one.known_hour_share, 0.6);
  EXPECT_DOUBLE_EQ(*one.dark_share, 5.0 / 6);
  EXPECT_DOUBLE_EQ(one.dark_low, 0.5);
  EXPECT_DOUBLE_EQ(one.dark_high, 0.9);
  EXPECT_DOUBLE_EQ(one.responsive_share, 0.4);
  EXPECT_DOUBLE_EQ(one.camera.supported_share, 0.4);
  EXPECT_EQ(one.camera.grade, EvidenceGrade::kNoEffect) << "moderate holds for four of ten only";
  EXPECT_DOUBLE_EQ(one.lighting.supported_share, 0.5) << "theft in darkness, of known hours";
  EXPECT_EQ(one.lighting.grade, EvidenceGrade::kNotStudied);
  EXPECT_EQ(one.people.grade, EvidenceGrade::kModerate);
  EXPECT_THAT(one.camera.weight_by_grade, ElementsAre(0, 6, 0, 4, 0));
  EXPECT_THAT(one.cautions, ElementsAre("detection only"));
  EXPECT_DOUBLE_EQ(*one.lit_column_m, 30);
  EXPECT_EQ(answer.review_on, DayOf(2026, 2, 1));
}

TEST(CompareResponses, WhatIsNotKnownIsNotTold) {
  ResponseQuery query = QueryOf();
  for (TimedIncident& incident : query.incidents) incident.to = incident.from;
  query.lit_columns.clear();
  const auto answer = CompareResponses(query, NeverStop()).value();
  EXPECT_FALSE(answer.hotspots[0].dark_share);
  EXPECT_EQ(answer.hotspots[0].dark_low, 0);
  EXPECT_EQ(answer.hotspots[0].dark_high, 1);
  EXPECT_FALSE(answer.hotspots[0].lit_column_m);
  query.incidents.clear();
  EXPECT_EQ(CompareResponses(query, NeverStop())->hotspots[0].dark_high, 0);
  query = QueryOf();
  query.daylight = nullptr;
  const auto untold = CompareResponses(query, NeverStop()).value();
  EXPECT_FALSE(untold.hotspots[0].dark_share);
  EXPECT_EQ(untold.hotspots[0].dark_high, 1);
}

TEST(CompareResponses, Refusals) {
  ResponseQuery query = QueryOf();
  query.evidence.clear();
  EXPECT_EQ(CompareResponses(query, NeverStop()).error().reason, "NO_EVIDENCE");
  query = QueryOf();
  query.incidents[0].category = 3;
  EXPECT_EQ(CompareResponses(query, NeverStop()).error().reason, "NO_SUCH_INDEX");
}

}  // namespace
}  // namespace geo
