#include <gtest/gtest.h>

#include "geo/incidents/selection.h"

namespace geo {
namespace {

LocalMinute At(int year, int month, int day, int hour, int minute = 0) { return DayOf(year, month, day) * kMinutesPerDay + hour * 60 + minute; }

// Thursday to Saturday, 20:00 to 06:00 of the next day.
const TimeWindow kNightLife(TimeOfWeek{20 * 60, 6 * 60, 0b0111000});

TEST(WindowShare, AKnownMinuteIsInOrOut) {
  const LocalMinute saturday_evening = At(2024, 3, 9, 23, 10);
  EXPECT_EQ(WindowShare(kNightLife, saturday_evening, saturday_evening + 1), 1.0);
  const LocalMinute saturday_noon = At(2024, 3, 9, 12);
  EXPECT_EQ(WindowShare(kNightLife, saturday_noon, saturday_noon + 1), 0.0);
}

TEST(WindowShare, ANightBelongsToTheEveningItStarted) {
  const LocalMinute sunday_small_hours = At(2024, 3, 10, 2, 30);  // Saturday's night
  EXPECT_EQ(WindowShare(kNightLife, sunday_small_hours, sunday_small_hours + 1), 1.0);
  const LocalMinute thursday_small_hours = At(2024, 3, 7, 2, 30);  // Wednesday's night
  EXPECT_EQ(WindowShare(kNightLife, thursday_small_hours, thursday_small_hours + 1), 0.0);
}

TEST(WindowShare, EdgesAreHalfOpen) {
  EXPECT_EQ(WindowShare(kNightLife, At(2024, 3, 9, 20), At(2024, 3, 9, 20, 1)), 1.0);
  EXPECT_EQ(WindowShare(kNightLife, At(2024, 3, 9, 19, 59), At(2024, 3, 9, 20)), 0.0);
  EXPECT_EQ(WindowShare(kNightLife, At(2024, 3, 10, 6), At(2024, 3, 10, 6, 1)), 0.0);
}

TEST(WindowShare, AWindowIsSharedByItsMinutes) {
  // Friday 18:00 to 22:00: two of four hours after 20:00.
  EXPECT_DOUBLE_EQ(WindowShare(kNightLife, At(2024, 3, 8, 18), At(2024, 3, 8, 22)), 0.5);
  // A minute short of a day, from midnight on Saturday: Friday's night to 06:00, and from 20:00.
  EXPECT_DOUBLE_EQ(WindowShare(kNightLife, At(2024, 3, 9, 0), At(2024, 3, 9, 23, 59)), (10 * 60.0 - 1) / (24 * 60 - 1));
}

TEST(WindowShare, AWholeDayHasAWeekdayAndNoHour) {
  const LocalMinute saturday = At(2024, 3, 9, 0), noon = At(2024, 3, 9, 12);
  EXPECT_EQ(WindowShare(kNightLife, saturday, saturday + kMinutesPerDay), 0.0);
  EXPECT_EQ(WindowShare(TimeWindow(TimeOfWeek{0, kMinutesPerDay - 1, 0x7F}), saturday, saturday + kMinutesPerDay), 0.0);
  const TimeWindow saturdays(TimeOfWeek{0, kMinutesPerDay, 0b0100000});
  EXPECT_EQ(WindowShare(saturdays, saturday, saturday + kMinutesPerDay), 1.0);
  EXPECT_EQ(WindowShare(saturdays, noon, noon + kMinutesPerDay), 0.5);
  EXPECT_EQ(WindowShare(saturdays, saturday, saturday + kMinutesPerDay + 1), 0.0);
}

TEST(SelectIncidents, CountsAWholeDayAsUnknownByHourAndKeepsItByWeekday) {
  IncidentColumns columns;
  columns.files = {{0, 0}};
  columns.resize(3);
  const LocalMinute saturday = At(2024, 3, 9, 0);
  for (std::size_t i = 0; i < 3; ++i) {
    columns.from_minute[i] = saturday;
    columns.to_minute[i] = saturday + kMinutesPerDay - 1 + static_cast<int>(i);
  }
  IncidentFilter filter{{0}, {0}, {DayOf(2024, 3, 1), DayOf(2024, 4, 1)}, kNightLife, std::nullopt};
  const Selection by_hour = SelectIncidents(columns, {}, filter, NeverStop()).value();
  EXPECT_EQ(by_hour.rows, (std::vector<std::uint32_t>{0}));
  EXPECT_EQ(by_hour.unknown_hour, 2);
  EXPECT_EQ(by_hour.kept_without_hour, 0);
  filter.window = TimeOfWeek{0, kMinutesPerDay, 0b0100000};
  const Selection by_day = SelectIncidents(columns, {}, filter, NeverStop()).value();
  EXPECT_EQ(by_day.rows, (std::vector<std::uint32_t>{0, 1}));
  EXPECT_EQ(by_day.unknown_hour, 1);
  EXPECT_EQ(by_day.kept_without_hour, 1);
  filter.window = {};
  EXPECT_EQ(SelectIncidents(columns, {}, filter, NeverStop())->kept_without_hour, 2);
}

TEST(WindowShare, OverADayTheHourIsUnknown) { EXPECT_EQ(WindowShare(kNightLife, At(2024, 3, 8, 18), At(2024, 3, 9, 18, 1)), 0.0); }

TEST(WindowShare, WeekdaysAloneSplitAtMidnight) {
  const TimeWindow saturdays(TimeOfWeek{0, kMinutesPerDay, 0b0100000});
  EXPECT_DOUBLE_EQ(WindowShare(saturdays, At(2024, 3, 8, 18), At(2024, 3, 9, 6)), 0.5);
}

TEST(WindowShare, BeforeTheEpoch) {
  const TimeWindow evenings(TimeOfWeek{18 * 60, kMinutesPerDay, 0x7F});
  EXPECT_EQ(WindowShare(evenings, At(1969, 12, 30, 23), At(1969, 12, 30, 23, 1)), 1.0);
  EXPECT_EQ(WindowShare(evenings, At(1969, 12, 30, 3), At(1969, 12, 30, 3, 1)), 0.0);
}

}  // namespace
}  // namespace geo
