#include <gtest/gtest.h>

#include "geo/trends/change_points.h"
#include "geo/trends/year_forecast.h"
#include "tests/unit/geo/trends/steady_months.h"

namespace geo {
namespace {

std::vector<LevelChange> Find(const MonthlySeries& series) { return FindLevelChanges(series, std::nullopt, 0.05, 1, NeverStop()).value(); }

TEST(LevelChanges, AStepIsFoundWhereItIs) {
  const auto found = Find(SteadyMonths(60, [](int i) { return i < 30 ? 50 : 100; }));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].month, 30);
  EXPECT_NEAR(found[0].level_before, 50, 1e-9);
  EXPECT_NEAR(found[0].level_after, 100, 1e-9);
  EXPECT_LE(found[0].p_value, 0.05);
}

TEST(LevelChanges, NoneInASteadySeriesOrAShortOne) {
  EXPECT_TRUE(Find(SteadyMonths(60, [](int) { return 50; })).empty());
  EXPECT_TRUE(Find(SteadyMonths(11, [](int i) { return i < 6 ? 10 : 1000; })).empty()) << "six months on either side";
  EXPECT_TRUE(Find(SteadyMonths(48, [](int) { return 0; })).empty());
}

class Stopped final : public StopSignal {
 public:
  bool stop_requested() const override { return true; }
  Error reason() const override { return {ErrorCode::kCancelled, "", "STOPPED", "stopped"}; }
};

TEST(LevelChanges, StopsWhenAsked) {
  const auto refused = FindLevelChanges(SteadyMonths(60, [](int i) { return i < 30 ? 50 : 100; }), std::nullopt, 0.05, 1, Stopped());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kCancelled);
}

// 100 per equal month in 2021 to 2023: 2024 has 366 days of 100 / 30.4375.
TEST(YearForecast, OfASteadyRateIsTheRate) {
  const auto year = ForecastYear(SteadyMonths(36, [](int) { return 100; }), std::nullopt, 1, 36);
  ASSERT_TRUE(year);
  EXPECT_EQ(year->months_left, 12);
  EXPECT_EQ(year->to_date, 0);
  EXPECT_NEAR(year->expected, 100 * 366 / 30.4375, 4) << "the same months a year before, one day short";
  // A Poisson year of a level that was itself counted in a year: at least sqrt(2 x 1202) to either side at 1.96.
  EXPECT_LT(year->low, year->expected - 1.9 * 49);
  EXPECT_GT(year->high, year->expected + 1.9 * 49);
  EXPECT_GT(year->low, 1202 - 250);
  EXPECT_LT(year->high, 1202 + 250);
}

TEST(YearForecast, WhatIsCountedIsCertain) {
  const auto over = ForecastYear(SteadyMonths(36, [](int) { return 100; }), std::nullopt, 1, 24);
  ASSERT_TRUE(over);
  EXPECT_EQ(over->months_left, 0);
  EXPECT_NEAR(over->expected, 100 * 365 / 30.4375, 1e-6);
  EXPECT_DOUBLE_EQ(over->low, over->expected);
  EXPECT_DOUBLE_EQ(over->high, over->expected);
  const auto half = ForecastYear(SteadyMonths(30, [](int) { return 100; }), std::nullopt, 1, 24);
  ASSERT_TRUE(half);
  EXPECT_EQ(half->months_left, 6);
  EXPECT_NEAR(half->to_date, 100 * 181 / 30.4375, 1e-6);
  EXPECT_GT(half->low, half->to_date);
}

TEST(YearForecast, NeedsAYearToGoBy) {
  EXPECT_FALSE(ForecastYear(SteadyMonths(11, [](int) { return 100; }), std::nullopt, 1, 11));
  EXPECT_FALSE(ForecastYear(SteadyMonths(36, [](int) { return 100; }), std::nullopt, 1, 37)) << "a month that nobody knows lies between";
  MonthlySeries holed = SteadyMonths(36, [](int) { return 100; });
  holed.used[30] = 0;
  EXPECT_FALSE(ForecastYear(holed, std::nullopt, 1, 24)) << "a hole in what is to be the count to date";
  EXPECT_TRUE(ForecastYear(holed, std::nullopt, 1, 36)) << "one in a year gone by is none";
}

}  // namespace
}  // namespace geo
