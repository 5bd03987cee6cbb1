#include "server/cli/period_text.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "geo/types/local_time.h"
#include "wardwatch/v1/common.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

std::string Short(const std::string& text) {
  const auto period = ParsePeriodText(text, "--period");
  return period ? period->ShortDebugString() : "refused: " + period.error().message;
}

TEST(PeriodText, EachFormBecomesTheMatchingField) {
  EXPECT_EQ(Short("2024"), "calendar_year: 2024");
  EXPECT_EQ(Short("2024/25"), "financial_year: 2024");
  EXPECT_EQ(Short("1999/00"), "financial_year: 1999");
  EXPECT_EQ(Short("2024-06"), "month { year: 2024 month: 6 }");
  EXPECT_EQ(Short("12m..2025-05"), "rolling_year_ending { year: 2025 month: 5 }");
}

TEST(PeriodText, DaysAndMonthsIncludeTheLastOne) {
  EXPECT_EQ(Short("2024-06-01"), "days { begin { year: 2024 month: 6 day: 1 } end { year: 2024 month: 6 day: 2 } }");
  EXPECT_EQ(Short("2024-06-01..2024-06-30"), "days { begin { year: 2024 month: 6 day: 1 } end { year: 2024 month: 7 day: 1 } }");
  EXPECT_EQ(Short("2024-06..2025-05"), "days { begin { year: 2024 month: 6 day: 1 } end { year: 2025 month: 6 day: 1 } }");
  EXPECT_EQ(Short("2024-12..2024-12"), "days { begin { year: 2024 month: 12 day: 1 } end { year: 2025 month: 1 day: 1 } }");
  EXPECT_EQ(Short("6m..2024-02"), "days { begin { year: 2023 month: 9 day: 1 } end { year: 2024 month: 3 day: 1 } }");
  EXPECT_EQ(Short("2024-02-28..2024-02-29"), "days { begin { year: 2024 month: 2 day: 28 } end { year: 2024 month: 3 day: 1 } }");
}

TEST(PeriodText, RefusesWithTheFormsAndTheFlag) {
  for (const char* text : {"",
                           "24",
                           "1899",
                           "2200",
                           "2024/26",
                           "2024/2025",
                           "2024-13",
                           "2024-6",
                           "2024-02-30",
                           "2025-05..2024-06",
                           "2024-06-02..2024-06-01",
                           "2024..2025",
                           "2024-06..",
                           "..2024-06",
                           "2024-06..2024-06-30",
                           "0m..2024-06",
                           "121m..2024-06",
                           "-1m..2024-06",
                           "m..2024-06",
                           "12m..2024",
                           " 2024",
                           "2024 ",
                           "2024-06...2024-07",
                           "12M..2024-06",
                           "２０２４"}) {
    const auto period = ParsePeriodText(text, "--period");
    ASSERT_FALSE(period) << text;
    EXPECT_EQ(period.error().code, geo::ErrorCode::kInvalidArgument) << text;
    EXPECT_EQ(period.error().field, "--period") << text;
    EXPECT_NE(period.error().message.find("12m..2025-05"), std::string::npos) << text;
  }
}

TEST(PeriodText, MonthsBackCountLikeTheCalendar) {
  // The same days, written month by month: 120 months that end with each month of a leap year.
  for (int month = 1; month <= 12; ++month) {
    for (const int count : {1, 2, 11, 13, 119, 120}) {
      const std::string last = geo::FormatMonth(geo::Month::Of(2024, month));
      const std::string first = geo::FormatMonth(geo::Month{geo::Month::Of(2024, month).index - count + 1});
      EXPECT_EQ(Short(std::to_string(count) + "m.." + last), Short(first + ".." + last));
    }
  }
}

TEST(PeriodText, DayRangesAreReadBackWithTheirLastDay) {
  const auto period = ParsePeriodText("2024-02-01..2024-02-29", "--period");
  ASSERT_TRUE(period);
  EXPECT_EQ(DayRangeText(period->days()), "2024-02-01 to 2024-02-29");
  EXPECT_EQ(DayRangeText(api::DayRange()), "unknown");
  EXPECT_EQ(DayText(period->days().end()), "2024-03-01");
  EXPECT_EQ(PeriodUsedText("2024-02-01/2024-03-01"), "2024-02-01 to 2024-02-29");
  EXPECT_EQ(PeriodUsedText("always"), "always");
  EXPECT_EQ(PeriodUsedText("a/b"), "a/b");
}

}  // namespace
}  // namespace server
