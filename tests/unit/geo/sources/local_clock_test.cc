#include "geo/sources/local_clock.h"

#include <gtest/gtest.h>

namespace geo {
namespace {

LocalMinute At(int year, int month, int day, int hour, int minute) { return DayOf(year, month, day) * kMinutesPerDay + hour * 60 + minute; }

LocalDay LastSunday(int year, int month) {
  const LocalDay last = Month::Of(year, month).next().first_day() - 1;
  return last - (WeekdayOf(last) + 1) % 7;
}

// The rule of the European summer time directive since 1996 (clocks change at 01:00 UTC on the last Sundays of March and October), against the zone files.
TEST(LocalClock, F10_LondonSkipsOneHourAYear) {
  auto clock = LocalClock::Open("Europe/London", "Europe/London");
  ASSERT_TRUE(clock) << clock.error().message;
  for (int year = 1996; year <= 2037; ++year) {
    const LocalDay spring = LastSunday(year, 3);
    for (LocalMinute minute = (spring - 1) * kMinutesPerDay; minute < (spring + 2) * kMinutesPerDay; ++minute) {
      const LocalMinute in_day = minute - spring * kMinutesPerDay;
      const bool skipped = in_day >= 60 && in_day < 120;
      const auto told = clock->told(minute);
      ASSERT_EQ(told.has_value(), !skipped) << FormatMinute(minute);
      if (told) {
        ASSERT_EQ(*told, minute);
      }
    }
    const LocalDay autumn = LastSunday(year, 10);
    for (LocalMinute minute = autumn * kMinutesPerDay; minute < (autumn + 1) * kMinutesPerDay; ++minute)
      ASSERT_EQ(clock->told(minute), minute) << FormatMinute(minute);
  }
}

TEST(LocalClock, AnOrderOfQuestionsDoesNotMatter) {
  auto warm = LocalClock::Open("Europe/London", "Europe/London");
  ASSERT_TRUE(warm);
  ASSERT_TRUE(warm->told(At(2022, 1, 15, 12, 0)));
  EXPECT_FALSE(warm->told(At(2022, 3, 27, 1, 30)));
  EXPECT_TRUE(warm->told(At(2022, 3, 27, 2, 0)));
  EXPECT_FALSE(warm->told(At(2023, 3, 26, 1, 0)));
  EXPECT_EQ(warm->told(At(1901, 7, 1, 1, 30)), At(1901, 7, 1, 1, 30));
}

TEST(LocalClock, ToldOnAnotherClock) {
  auto clock = LocalClock::Open("UTC", "Europe/London");
  ASSERT_TRUE(clock) << clock.error().message;
  EXPECT_EQ(clock->told(At(2022, 7, 1, 23, 30)), At(2022, 7, 2, 0, 30));
  EXPECT_EQ(clock->told(At(2022, 1, 1, 23, 30)), At(2022, 1, 1, 23, 30));
  EXPECT_EQ(clock->told(At(2022, 3, 27, 0, 59)), At(2022, 3, 27, 0, 59));
  EXPECT_EQ(clock->told(At(2022, 3, 27, 1, 0)), At(2022, 3, 27, 2, 0));
  EXPECT_EQ(clock->told(At(2022, 10, 30, 0, 59)), At(2022, 10, 30, 1, 59));
  EXPECT_EQ(clock->told(At(2022, 10, 30, 1, 0)), At(2022, 10, 30, 1, 0));
  // Quirk 15: the Houston file says 2010-01-01T06:00:00Z and hour 0.
  auto houston = LocalClock::Open("UTC", "America/Chicago");
  ASSERT_TRUE(houston);
  EXPECT_EQ(houston->told(At(2010, 1, 1, 6, 0)), At(2010, 1, 1, 0, 0));
}

TEST(LocalClock, UnknownZonesAreRefused) {
  for (const char* bad : {"", "Europe/Londinium", "../../etc/passwd", "/etc/localtime", "BST?"}) {
    const auto clock = LocalClock::Open(bad, "Europe/London");
    ASSERT_FALSE(clock) << bad;
    EXPECT_EQ(clock.error().reason, "BAD_TIME_ZONE");
  }
}

}  // namespace
}  // namespace geo
