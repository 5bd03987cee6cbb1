#include "geo/change/residents.h"

#include <gtest/gtest.h>

#include <limits>

namespace geo {
namespace {

std::vector<PopulationRecord> Records() {
  return {
      {"A", "households", 2022, 1}, {"A", "residents", 2020, 100}, {"A", "residents", 2021, 110}, {"A", "residents", 2023, 130}, {"B", "residents", 2022, 7}};
}

TEST(ResidentsOf, TakesTheEstimateNearestToTheMiddle) {
  const auto records = Records();
  const auto year = [&](Period period) { return ResidentsOf(records, "A", period)->year; };
  EXPECT_EQ(year(Period::CalendarYear(2010)), 2020);
  EXPECT_EQ(year(Period::CalendarYear(2020)), 2020);
  EXPECT_EQ(year(Period::CalendarYear(2021)), 2021);
  EXPECT_EQ(year(Period::FinancialYear(2020)), 2020);  // middle: 30 September 2020
  EXPECT_EQ(year({DayOf(2021, 1, 1), DayOf(2021, 2, 1)}), 2021);
  EXPECT_EQ(year({DayOf(2022, 11, 1), DayOf(2022, 12, 1)}), 2023);
  EXPECT_EQ(year(Period::CalendarYear(2040)), 2023);
  EXPECT_EQ(ResidentsOf(records, "A", Period::CalendarYear(2021))->value, 110.0);
}

TEST(ResidentsOf, TakesTheEarlierOfTwoEquallyNear) {
  // The middle of the days between two estimates is as far from the one as from the other.
  const std::vector<PopulationRecord> records{{"A", "residents", 2022, 1}, {"A", "residents", 2023, 2}};
  const LocalDay first = DayOf(2022, 6, 30), second = DayOf(2023, 6, 30);
  EXPECT_EQ(ResidentsOf(records, "A", {first, second})->year, 2022);
  EXPECT_EQ(ResidentsOf(records, "A", {first, second + 1})->year, 2023);
}

TEST(ResidentsOf, KnowsNothingOfStrangersAndNoNumbers) {
  auto records = Records();
  EXPECT_FALSE(ResidentsOf(records, "C", Period::CalendarYear(2021)).has_value());
  EXPECT_FALSE(ResidentsOf({}, "A", Period::CalendarYear(2021)).has_value());
  records[4].value = 0;
  EXPECT_FALSE(ResidentsOf(records, "B", Period::CalendarYear(2022)).has_value());
  records[4].value = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(ResidentsOf(records, "B", Period::CalendarYear(2022)).has_value());
}

}  // namespace
}  // namespace geo
