// Dates, light and flags of a filter; the same laws as hours.
#include <gtest/gtest.h>

#include "geo/incidents/selection.h"

namespace geo {
namespace {

LocalMinute Minute(int y, int m, int d, int hour, int minute = 0) { return DayOf(y, m, d) * kMinutesPerDay + hour * 60 + minute; }

TimeWindow AfterSchool() {
  TimeWindow window(TimeOfWeek{15 * 60, 18 * 60, 0b0011111});
  window.dates = {{DayOf(2024, 1, 8), DayOf(2024, 2, 10)}, {DayOf(2024, 2, 19), DayOf(2024, 3, 29)}};
  window.dates_known = {DayOf(2024, 1, 1), DayOf(2024, 4, 1)};
  return window;
}

TEST(TimeWindow, OpensOnItsDatesAlone) {
  const TimeWindow school = AfterSchool();
  EXPECT_EQ(WindowShare(school, Minute(2024, 1, 8, 15), Minute(2024, 1, 8, 16)), 1);    // the first Monday of term
  EXPECT_EQ(WindowShare(school, Minute(2024, 1, 5, 15), Minute(2024, 1, 5, 16)), 0);    // the Friday before
  EXPECT_EQ(WindowShare(school, Minute(2024, 2, 9, 17), Minute(2024, 2, 9, 19)), 0.5);  // the last Friday
  EXPECT_EQ(WindowShare(school, Minute(2024, 2, 14, 15), Minute(2024, 2, 14, 16)), 0);  // half-term
  EXPECT_EQ(WindowShare(school, Minute(2024, 1, 13, 15), Minute(2024, 1, 13, 16)), 0);  // a Saturday in term
  EXPECT_FALSE(school.always());
  EXPECT_FALSE(school.all_hours());
}

// A night belongs to the evening it started, also at the end of the dates.
TEST(TimeWindow, ANightOfTheLastDateRunsOn) {
  TimeWindow night(TimeOfWeek{20 * 60, 6 * 60, 0x7F});
  night.dates = {{DayOf(2024, 8, 1), DayOf(2024, 9, 1)}};
  night.dates_known = night.dates[0];
  EXPECT_EQ(WindowShare(night, Minute(2024, 9, 1, 3), Minute(2024, 9, 1, 4)), 1);
  EXPECT_EQ(WindowShare(night, Minute(2024, 8, 1, 3), Minute(2024, 8, 1, 4)), 0);
  EXPECT_EQ(WindowShare(night, Minute(2024, 9, 1, 20), Minute(2024, 9, 1, 21)), 0);
}

TEST(TimeWindow, DatesWithoutHoursNeedADayAlone) {
  TimeWindow summer;
  summer.dates = {{DayOf(2024, 6, 1), DayOf(2024, 9, 1)}};
  summer.dates_known = {DayOf(2024, 1, 1), DayOf(2025, 1, 1)};
  EXPECT_TRUE(summer.all_hours());
  EXPECT_EQ(WindowShare(summer, Minute(2024, 6, 1, 0), Minute(2024, 6, 2, 0)), 1);  // a date without an hour
  EXPECT_EQ(WindowShare(summer, Minute(2024, 5, 31, 0), Minute(2024, 6, 1, 0)), 0);
  EXPECT_TRUE(summer.knows(Period::CalendarYear(2024)));
  EXPECT_FALSE(summer.knows(Period::CalendarYear(2023)));
}

// Light from 06:00 to 18:00 in the east square, from 07:00 to 19:00 in the west one.
Daylight TwelveHours() {
  return Daylight({{24, 10}, {25, 10}}, 1, {DayOf(2024, 3, 1), DayOf(2024, 4, 1)}, [](Daylight::Square square, LocalDay day) {
    const int late = square.column == 24 ? 60 : 0;
    return Daylight::Day{day * kMinutesPerDay + 6 * 60 + late, day * kMinutesPerDay + 18 * 60 + late};
  });
}

TEST(TimeWindow, LightDependsOnThePlace) {
  const Daylight light = TwelveHours();
  TimeWindow dark;
  dark.light = Light::kDark;
  const GridPoint east = GridPoint::FromMeters(505'000, 205'000), west = GridPoint::FromMeters(495'000, 205'000), far = GridPoint::FromMeters(100'000, 205'000);
  const LocalMinute from = Minute(2024, 3, 9, 17), to = Minute(2024, 3, 9, 21);
  EXPECT_EQ(WindowShare({dark, &light, east}, from, to), 0.75);
  EXPECT_EQ(WindowShare({dark, &light, west}, from, to), 0.5);
  EXPECT_EQ(WindowShare({dark, &light, kUnlocated}, from, to), 0.75);  // as the reference
  EXPECT_EQ(WindowShare({dark, &light, far}, from, to), 0.75);
  dark.light = Light::kDaylight;
  EXPECT_EQ(WindowShare({dark, &light, east}, from, to), 0.25);
  EXPECT_EQ(WindowShare({dark, &light, east}, Minute(2024, 3, 9, 0), Minute(2024, 3, 10, 0)), 0) << "a whole day has no known hour";
}

TEST(TimeWindow, LightIsAskedInsideTheHours) {
  const Daylight light = TwelveHours();
  TimeWindow evening(TimeOfWeek{16 * 60, 20 * 60, 0x7F});
  evening.light = Light::kDark;
  // 15:00 to 21:00: of six hours, 18:00 to 20:00 are dark and in the evening.
  EXPECT_DOUBLE_EQ(WindowShare({evening, &light, GridPoint::FromMeters(505'000, 205'000)}, Minute(2024, 3, 9, 15), Minute(2024, 3, 9, 21)), 2.0 / 6);
}

TEST(Flags, AreHadOrNot) {
  IncidentFilter filter;
  filter.flags_with = 0b001;
  filter.flags_without = 0b100;
  EXPECT_TRUE(filter.takes(0b001));
  EXPECT_TRUE(filter.takes(0b011));
  EXPECT_FALSE(filter.takes(0b010));
  EXPECT_FALSE(filter.takes(0b101));
}

}  // namespace
}  // namespace geo
