// The sun against two others: a published example, and dawns and dusks of an almanac made with the planetary theory VSOP87 (the library ephem 4, sun's centre at
// -6 degrees, no refraction).
#include "geo/geodesy/sun.h"

#include <gtest/gtest.h>

#include <cmath>

namespace geo {
namespace {

// Reda and Andreas 2004, Solar position algorithm for solar radiation applications (NREL/TP-560-34302), section A.5: Golden, Colorado, 17 October 2003,
// 12:30:30 of UTC-7: topocentric elevation without refraction 39.872046 degrees.
TEST(SunOracle, StandsWhereThePublishedExampleSays) {
  const double unix_s = DayOf(2003, 10, 17) * 86'400.0 + 19 * 3600 + 30 * 60 + 30;
  EXPECT_NEAR(SunElevationDeg(LatLng::FromDegrees(39.742476, -105.1786), unix_s), 39.872046, 0.02);
}

TEST(SunOracle, StandsWhereTheAlmanacSays) {
  const LatLng chatham = LatLng::FromDegrees(51.38, 0.53);
  const auto at = [](int y, int m, int d, int minute) { return DayOf(y, m, d) * 86'400.0 + minute * 60.0; };
  EXPECT_NEAR(SunElevationDeg(chatham, at(2024, 1, 1, 990)), -4.73459, 0.02);
  EXPECT_NEAR(SunElevationDeg(chatham, at(2024, 3, 20, 720)), 38.75289, 0.02);
  EXPECT_NEAR(SunElevationDeg(chatham, at(2024, 6, 21, 1260)), -5.42023, 0.02);
  EXPECT_NEAR(SunElevationDeg(chatham, at(2024, 9, 30, 345)), -2.77799, 0.02);
  EXPECT_NEAR(SunElevationDeg(chatham, at(2019, 12, 12, 0)), -61.60215, 0.02);
}

struct Row {
  double latitude_deg, longitude_deg;
  int year, month, day;
  double dawn_s, dusk_s;
};
constexpr Row kAlmanac[] = {
    {51.38, 0.53, 2015, 3, 29, 1427605654, 1427655544},  // Chatham
    {51.38, 0.53, 2019, 6, 21, 1561085619, 1561151136},  // Chatham
    {51.38, 0.53, 2020, 12, 21, 1608535232, 1608568310},  // Chatham
    {51.38, 0.53, 2022, 1, 15, 1642231077, 1642265821},  // Chatham
    {51.38, 0.53, 2024, 2, 29, 1709187043, 1709230247},  // Chatham
    {51.38, 0.53, 2024, 10, 27, 1730009305, 1730049250},  // Chatham
    {51.38, 0.53, 2026, 5, 4, 1777866368, 1777925067},  // Chatham
    {51.38, 0.53, 2031, 8, 18, 1944792665, 1944849072},  // Chatham
    {51.5, 1.4, 2015, 3, 29, 1427605435, 1427655346},  // Rochester sea
    {51.5, 1.4, 2019, 6, 21, 1561085354, 1561150984},  // Rochester sea
    {51.5, 1.4, 2020, 12, 21, 1608535051, 1608568073},  // Rochester sea
    {51.5, 1.4, 2022, 1, 15, 1642230892, 1642265589},  // Rochester sea
    {51.5, 1.4, 2024, 2, 29, 1709186839, 1709230034},  // Rochester sea
    {51.5, 1.4, 2024, 10, 27, 1730009107, 1730049030},  // Rochester sea
    {51.5, 1.4, 2026, 5, 4, 1777866127, 1777924891},  // Rochester sea
    {51.5, 1.4, 2031, 8, 18, 1944792429, 1944848889},  // Rochester sea
    {50.12, -5.54, 2015, 3, 29, 1427607216, 1427656892},  // Penzance
    {50.12, -5.54, 2019, 6, 21, 1561087636, 1561152033},  // Penzance
    {50.12, -5.54, 2020, 12, 21, 1608536411, 1608570046},  // Penzance
    {50.12, -5.54, 2022, 1, 15, 1642232297, 1642267515},  // Penzance
    {50.12, -5.54, 2024, 2, 29, 1709188457, 1709231744},  // Penzance
    {50.12, -5.54, 2024, 10, 27, 1730010651, 1730050819},  // Penzance
    {50.12, -5.54, 2026, 5, 4, 1777868150, 1777926193},  // Penzance
    {50.12, -5.54, 2031, 8, 18, 1944794393, 1944850262},  // Penzance
    {53.48, -2.24, 2015, 3, 29, 1427606123, 1427656411},  // Manchester
    {53.48, -2.24, 2019, 6, 21, 1561085207, 1561152879},  // Manchester
    {53.48, -2.24, 2020, 12, 21, 1608536400, 1608568472},  // Manchester
    {53.48, -2.24, 2022, 1, 15, 1642232167, 1642266063},  // Manchester
    {53.48, -2.24, 2024, 2, 29, 1709187778, 1709230845},  // Manchester
    {53.48, -2.24, 2024, 10, 27, 1730010169, 1730049712},  // Manchester
    {53.48, -2.24, 2026, 5, 4, 1777866428, 1777926347},  // Manchester
    {53.48, -2.24, 2031, 8, 18, 1944792837, 1944850220},  // Manchester
    {57.15, -2.09, 2015, 3, 29, 1427605683, 1427656792},  // Aberdeen
    {57.15, -2.09, 2019, 6, 21, 1561082571, 1561155443},  // Aberdeen
    {57.15, -2.09, 2020, 12, 21, 1608537390, 1608567410},  // Aberdeen
    {57.15, -2.09, 2022, 1, 15, 1642232990, 1642265171},  // Aberdeen
    {57.15, -2.09, 2024, 2, 29, 1709187877, 1709230683},  // Aberdeen
    {57.15, -2.09, 2024, 10, 27, 1730010525, 1730049278},  // Aberdeen
    {57.15, -2.09, 2026, 5, 4, 1777865107, 1777927621},  // Aberdeen
    {57.15, -2.09, 2031, 8, 18, 1944791764, 1944851200},  // Aberdeen
    {60.15, -1.15, 2015, 3, 29, 1427605051, 1427656987},  // Lerwick
    {60.15, -1.15, 2019, 6, 21, 1561078029, 1561159535},  // Lerwick
    {60.15, -1.15, 2020, 12, 21, 1608538196, 1608566153},  // Lerwick
    {60.15, -1.15, 2022, 1, 15, 1642233617, 1642264096},  // Lerwick
    {60.15, -1.15, 2024, 2, 29, 1709187775, 1709230342},  // Lerwick
    {60.15, -1.15, 2024, 10, 27, 1730010674, 1730048670},  // Lerwick
    {60.15, -1.15, 2026, 5, 4, 1777863508, 1777928803},  // Lerwick
    {60.15, -1.15, 2031, 8, 18, 1944790458, 1944852030},  // Lerwick
};

TEST(SunOracle, DawnsAndDusksAreTheAlmanacs) {
  double worst = 0;
  for (const Row& row : kAlmanac) {
    const LightSpan span = LightAround(LatLng::FromDegrees(row.latitude_deg, row.longitude_deg), DayOf(row.year, row.month, row.day));
    for (const double off : {span.dawn_s - row.dawn_s, span.dusk_s - row.dusk_s}) worst = std::max(worst, std::abs(off));
    EXPECT_NEAR(span.dawn_s, row.dawn_s, 20) << row.latitude_deg << " on " << row.year << "-" << row.month << "-" << row.day;
    EXPECT_NEAR(span.dusk_s, row.dusk_s, 20) << row.latitude_deg << " on " << row.year << "-" << row.month << "-" << row.day;
  }
  EXPECT_GT(worst, 0);
}

// The slow way: the sun looked at every ten seconds.
TEST(SunOracle, LightIsWhereTheSunIsAboveTheLimit) {
  for (const double latitude : {50.0, 54.0, 58.5, 60.8}) {
    for (const LocalDay day : {DayOf(2024, 1, 4), DayOf(2024, 5, 20), DayOf(2024, 6, 21), DayOf(2024, 10, 27)}) {
      const LatLng place = LatLng::FromDegrees(latitude, -1.5);
      const LightSpan span = LightAround(place, day);
      const double noon = (span.dawn_s + span.dusk_s) / 2;
      for (double at = noon - 43'200; at < noon + 43'200; at += 10) {
        if (std::abs(at - span.dawn_s) < 20 || std::abs(at - span.dusk_s) < 20) continue;
        ASSERT_EQ(SunElevationDeg(place, at) > kDarkElevationDeg, at > span.dawn_s && at < span.dusk_s) << latitude << " day " << day << " at " << at;
      }
    }
  }
}

TEST(SunOracle, ADayWithoutDarkAndADayWithoutLight) {
  const LatLng north = LatLng::FromDegrees(70, 20);
  const LightSpan summer = LightAround(north, DayOf(2024, 6, 21)), winter = LightAround(LatLng::FromDegrees(80, 20), DayOf(2024, 12, 21));
  EXPECT_DOUBLE_EQ(summer.dusk_s - summer.dawn_s, 86'400);
  EXPECT_DOUBLE_EQ(winter.dusk_s - winter.dawn_s, 0);
}

}  // namespace
}  // namespace geo
