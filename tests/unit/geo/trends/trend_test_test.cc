#include "geo/trends/trend_test.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/unit/geo/trends/steady_months.h"

namespace geo {
namespace {

// `per_day(i)` incidents on each day: without rounding, so that equal rates are equal.
MonthlySeries PerDay(int months, const std::function<double(int)>& per_day) {
  MonthlySeries series = SteadyMonths(months, [](int) { return 0; });
  for (int i = 0; i < months; ++i) series.counts[static_cast<std::size_t>(i)] = DaysOf(series, i) * per_day(i);
  return series;
}

TEST(TrendTest, FourMonthsByHand) {
  // 1, 2, 3, 4 a day: S 6 in 2 of 24 orders; 30.4375 more a month, 365.25 a year.
  const TrendTest test = TestTrend(PerDay(4, [](int i) { return i + 1; }));
  EXPECT_EQ(test.statistic.method, TrendMethod::kExact);
  EXPECT_EQ(test.statistic.s, 6);
  EXPECT_DOUBLE_EQ(test.statistic.p_value, 2.0 / 24);
  EXPECT_DOUBLE_EQ(test.slope_per_year.slope, 365.25);
}

TEST(TrendTest, ThreeMonthsAreTooFew) {
  EXPECT_EQ(TestTrend(PerDay(3, [](int i) { return i + 1; })).statistic.method, TrendMethod::kNone);
  EXPECT_EQ(TestTrend(PerDay(0, [](int) { return 1; })).statistic.p_value, 1);
  MonthlySeries series = PerDay(9, [](int i) { return i + 1; });
  series.used = {1, 0, 0, 1, 0, 0, 0, 0, 1};
  EXPECT_EQ(TestTrend(series).statistic.method, TrendMethod::kNone);
}

TEST(TrendTest, MonthsOfOneRateAreLevel) {
  for (const int months : {4, 23, 24, 60}) {
    for (const double rate : {0.0, 1.0, 1e12}) {
      const TrendTest test = TestTrend(PerDay(months, [&](int) { return rate; }));
      EXPECT_EQ(test.statistic.s, 0) << months << " of 28 to 31 days at " << rate;
      EXPECT_EQ(test.statistic.p_value, 1);
      EXPECT_EQ(test.slope_per_year.slope, 0);
    }
  }
}

// Two years, each month 12 a day over the same month of the year before. Each month of the year: S 1 and Var 2 x 1 x 9 / 18 = 1; Z = 11 / sqrt(12) = 3.175426.
TEST(TrendTest, TwoYearsAreTestedMonthByMonthOfTheYear) {
  const auto at = [](int i) { return (i % 12 < 6 ? 5 : 50) + 12 * (i / 12); };
  const TrendTest test = TestTrend(PerDay(24, at));
  EXPECT_EQ(test.statistic.method, TrendMethod::kSeasonal);
  EXPECT_EQ(test.statistic.s, 12);
  EXPECT_DOUBLE_EQ(test.statistic.variance, 12);
  EXPECT_NEAR(test.statistic.z, 3.175426, 5e-7);
  EXPECT_NEAR(test.slope_per_year.slope, 365.25, 1e-9);
  // One month less, and it is not.
  EXPECT_NE(TestTrend(PerDay(23, at)).statistic.method, TrendMethod::kSeasonal);
}

TEST(TrendTest, MonthsThatAreNotUsedChangeNothing) {
  MonthlySeries series = PerDay(12, [](int i) { return i + 1; });
  series.used[3] = series.used[11] = 0;
  const TrendTest before = TestTrend(series);
  series.counts[3] = 1e6;
  series.counts[11] = 0;
  const TrendTest after = TestTrend(series);
  EXPECT_EQ(before.statistic.s, 45) << "ten months left";
  EXPECT_EQ(after.statistic.s, 45);
  EXPECT_EQ(before.statistic.p_value, after.statistic.p_value);
  EXPECT_NEAR(after.slope_per_year.slope, 365.25, 1e-9) << "they keep their place in time";
}

TEST(TrendTest, SlowWavesWidenAndAlternationNarrowsNothing) {
  const MonthlySeries wave = PerDay(20, [](int i) { return 10 + (i % 10 < 5 ? i % 10 : 10 - i % 10); });
  const std::vector<double> values = PerEqualMonth(wave);
  const TrendTest corrected = TestTrend(wave);
  EXPECT_EQ(corrected.statistic.method, TrendMethod::kAutocorrelationCorrected);
  EXPECT_EQ(corrected.statistic.s, MannKendall(values).s);
  EXPECT_GT(corrected.statistic.variance, 1.5 * MannKendall(values).variance);
  const SenSlope plain = SenSlopeOf(values);
  EXPECT_DOUBLE_EQ(corrected.slope_per_year.slope, 12 * plain.slope);
  EXPECT_LT(corrected.slope_per_year.low, 12 * plain.low);
  EXPECT_GT(corrected.slope_per_year.high, 12 * plain.high);
  const MonthlySeries turns = PerDay(20, [](int i) { return i % 2; });
  EXPECT_EQ(TestTrend(turns).statistic.method, TrendMethod::kNormal);
  EXPECT_EQ(TestTrend(turns).statistic.variance, MannKendall(PerEqualMonth(turns)).variance);
}

}  // namespace
}  // namespace geo
