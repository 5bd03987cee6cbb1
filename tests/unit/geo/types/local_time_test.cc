#include "geo/types/local_time.h"

#include <gtest/gtest.h>

namespace geo {
namespace {

TEST(LocalTime, DaysCountFrom1970) {
  EXPECT_EQ(DayOf(1970, 1, 1), 0);
  EXPECT_EQ(DayOf(2024, 2, 29), 19782);  // date -d 2024-02-29 +%s, divided by 86,400
  EXPECT_EQ(DayOf(1969, 12, 31), -1);
}

TEST(LocalTime, WeekdaysAreMondayToSunday) {
  EXPECT_EQ(WeekdayOf(DayOf(2024, 1, 1)), 0);  // a Monday
  EXPECT_EQ(WeekdayOf(DayOf(2023, 12, 31)), 6);
  EXPECT_EQ(WeekdayOf(DayOf(1969, 12, 31)), 2);  // a Wednesday, before the epoch
}

TEST(LocalTime, MinutesBeforeTheEpochBelongToTheirDay) {
  EXPECT_EQ(DayOfMinute(0), 0);
  EXPECT_EQ(DayOfMinute(1439), 0);
  EXPECT_EQ(DayOfMinute(1440), 1);
  EXPECT_EQ(DayOfMinute(-1), -1);
  EXPECT_EQ(DayOfMinute(-1440), -1);
  EXPECT_EQ(DayOfMinute(-1441), -2);
  EXPECT_EQ(FormatMinute(-1), "1969-12-31T23:59");
}

TEST(LocalTime, PeriodsAreHalfOpen) {
  EXPECT_EQ(FormatPeriod(Period::CalendarYear(2022)), "2022-01-01/2023-01-01");
  EXPECT_EQ(FormatPeriod(Period::FinancialYear(2024)), "2024-04-01/2025-04-01");
  EXPECT_EQ(FormatPeriod(Period::RollingYear(Month::Of(2025, 5))), "2024-06-01/2025-06-01");
  EXPECT_EQ(Period::CalendarYear(2024).days(), 366);
  EXPECT_FALSE(Period::CalendarYear(2024).contains(DayOf(2025, 1, 1)));
  EXPECT_TRUE(Period::FinancialYear(2024).whole_months());
  EXPECT_FALSE((Period{DayOf(2024, 1, 1), DayOf(2024, 1, 15)}).whole_months());
}

TEST(LocalTime, YearsEarlierKeepsTheDayAndMovesLeapDays) {
  EXPECT_EQ(FormatPeriod(YearsEarlier(Period::CalendarYear(2024), 2)), "2022-01-01/2023-01-01");
  EXPECT_EQ(FormatPeriod(YearsEarlier({DayOf(2024, 2, 29), DayOf(2024, 3, 1)}, 4)), "2020-02-29/2020-03-01");
  EXPECT_EQ(FormatPeriod(YearsEarlier({DayOf(2024, 2, 29), DayOf(2024, 4, 1)}, 1)), "2023-03-01/2023-04-01");
}

TEST(LocalTime, MonthsArithmetic) {
  EXPECT_EQ(FormatMonth(Month::Of(2022, 12).next()), "2023-01");
  EXPECT_EQ(Month::OfDay(DayOf(2022, 12, 31)), Month::Of(2022, 12));
  EXPECT_EQ(Month::Of(2023, 1).first_day(), DayOf(2023, 1, 1));
}

TEST(LocalTime, ParsesOnlyTheStatedForm) {
  EXPECT_EQ(ParseDay("2024-02-29", "f").value(), DayOf(2024, 2, 29));
  EXPECT_EQ(ParseMonth("2024-02", "f").value(), Month::Of(2024, 2));
  for (const char* bad : {"", "2023-02-29", "2024-2-29", "2024-13-01", "2024-00-01", "2024-01-00", " 2024-01-01", "2024-01-01 ", "+024-01-01", "2024/01/01",
                          "0001-01-01", "2200-01-01", "2024-01-0a"}) {
    const auto day = ParseDay(bad, "sources[0].from");
    ASSERT_FALSE(day) << bad;
    EXPECT_EQ(day.error().field, "sources[0].from");
    EXPECT_NE(day.error().message.find(bad), std::string::npos);
  }
  for (const char* bad : {"2024-00", "2024-13", "2024-1", "2024-001", "1899-12", "2024_01"}) EXPECT_FALSE(ParseMonth(bad, "f")) << bad;
}

}  // namespace
}  // namespace geo
