#include "geo/placement/respond.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "geo/placement/daylight.h"
#include "tests/support/drawn_street.h"

namespace geo {
namespace {

using testing::ElementsAre;

const LatLng kGreenwich = LatLng::FromDegrees(51.4769, 0);

TEST(SunElevation, AtSolsticesAndEquinox) {
  // Noon at Greenwich: 90 - latitude + declination, at 12:00 less the equation of time.
  EXPECT_NEAR(SunElevationDeg(kGreenwich, (DayOf(2024, 6, 20) * 1440.0) + 12 * 60 + 2), 90 - 51.4769 + 23.436, 0.02);
  EXPECT_NEAR(SunElevationDeg(kGreenwich, (DayOf(2024, 12, 21) * 1440.0) + 12 * 60 - 2), 90 - 51.4769 - 23.436, 0.02);
  EXPECT_NEAR(SunElevationDeg(kGreenwich, (DayOf(2024, 6, 20) * 1440.0) + 2), -(90 - 51.4769) + 23.436, 0.02) << "midnight";
  // Meeus, examples 25.a and 28.a: on 1992-10-13 at 0 h the declination is -7.78507 degrees, which is the elevation at the pole, and the sun transits 13
  // min 42.6 s early.
  const double example = DayOf(1992, 10, 13) * 1440.0;
  EXPECT_NEAR(SunElevationDeg(LatLng::FromDegrees(90, 0), example), -7.78507, 5e-4);
  const double transit = example - (13 + 42.6 / 60);
  EXPECT_NEAR(SunElevationDeg(LatLng::FromDegrees(0, 180), transit + 120), SunElevationDeg(LatLng::FromDegrees(0, 180), transit - 120), 0.02);
}

TEST(UtcMinuteOfBritain, SummerTimeByItsRule) {
  const auto minute = [](int month, int day, int hour, int minutes) { return DayOf(2024, month, day) * kMinutesPerDay + hour * 60 + minutes; };
  EXPECT_EQ(UtcMinuteOfBritain(minute(1, 5, 12, 0)), minute(1, 5, 12, 0));
  EXPECT_EQ(UtcMinuteOfBritain(minute(7, 5, 12, 0)), minute(7, 5, 11, 0));
  EXPECT_EQ(UtcMinuteOfBritain(minute(3, 31, 0, 59)), minute(3, 31, 0, 59));
  EXPECT_EQ(UtcMinuteOfBritain(minute(3, 31, 2, 0)), minute(3, 31, 1, 0));
  EXPECT_EQ(UtcMinuteOfBritain(minute(10, 27, 1, 30)), minute(10, 27, 0, 30)) << "the first of the repeated hour";
  EXPECT_EQ(UtcMinuteOfBritain(minute(10, 27, 2, 0)), minute(10, 27, 2, 0));
}

TEST(ShareInDarkness, ByTheMinute) {
  const LocalMinute midwinter = DayOf(2024, 12, 21) * kMinutesPerDay;
  EXPECT_EQ(ShareInDarkness(kGreenwich, midwinter + 20 * 60, midwinter + 23 * 60), 1);
  EXPECT_EQ(ShareInDarkness(kGreenwich, midwinter + 11 * 60, midwinter + 13 * 60), 0);
  const double day = ShareInDarkness(kGreenwich, midwinter, midwinter + kMinutesPerDay);
  EXPECT_NEAR(day, 1 - (7.83 + 2 * 0.68) / 24, 0.01) << "daylight of 7 h 50 min and two twilights of 41";
  EXPECT_EQ(ShareInDarkness(kGreenwich, midwinter + 600, midwinter + 600), 0);
}

ResponseQuery QueryOf() {
  ResponseQuery query;
  query.categories = {"theft", "drugs", "litter"};
  query.evidence = {{"theft", EvidenceGrade::kModerate, EvidenceGrade::kStrong, EvidenceGrade::kWeak, "", "review"},
                    {"drugs", EvidenceGrade::kNoEffect, EvidenceGrade::kNotStudied, EvidenceGrade::kModerate, "detection only", "study"}};
  const GridPoint centre = GridPoint::FromMeters(500'000, 200'000);
  query.hotspots = {{"h1", {{{{support::SquareAround(centre, 50)}}}}, kGreenwich}};
  query.lit_columns = {GridPoint::FromMeters(500'030, 200'000), GridPoint::FromMeters(500'000, 200'300)};
  query.decided_on = DayOf(2025, 2, 1);
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
}

TEST(CompareResponses, Refusals) {
  ResponseQuery query = QueryOf();
  query.evidence.clear();
  EXPECT_EQ(CompareResponses(query, NeverStop()).error().reason, "NO_EVIDENCE");
  query = QueryOf();
  query.incidents[0].category = 3;
  EXPECT_EQ(CompareResponses(query, NeverStop()).error().reason, "NO_SUCH_INDEX");
  query = QueryOf();
  query.dark_below_deg = 3;
  EXPECT_EQ(CompareResponses(query, NeverStop()).error().field, "dark_below_deg");
}

}  // namespace
}  // namespace geo
