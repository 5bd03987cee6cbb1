// Laws of the room, on random series with ties and holes.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "geo/trends/change_points.h"
#include "geo/trends/control_chart.h"
#include "geo/trends/seasonal_index.h"
#include "geo/trends/trend_test.h"
#include "geo/trends/year_forecast.h"
#include "tests/support/made_counts.h"
#include "tests/support/made_series.h"

namespace geo {
namespace {

using support::MadeCounts;

constexpr std::uint64_t kSeed = 20240711;
constexpr int kSeries = 200;

std::vector<double> WithHoles(MadeCounts& random, int n) {
  std::vector<double> values;
  for (int i = 0; i < n; ++i) values.push_back(random.even() < 0.1 ? std::nan("") : random.poisson(4));
  return values;
}

TEST(TrendLaws, AConstantChangesNoScore) {
  MadeCounts random(kSeed);
  for (int k = 0; k < kSeries; ++k) {
    const std::vector<double> values = WithHoles(random, 5 + k % 60);
    std::vector<double> raised = values;
    for (double& value : raised) value += 17;
    EXPECT_EQ(MannKendall(values).s, MannKendall(raised).s) << "seed " << kSeed << " series " << k;
    EXPECT_EQ(MannKendall(values).p_value, MannKendall(raised).p_value);
    EXPECT_EQ(SeasonalMannKendall(values, 12).s, SeasonalMannKendall(raised, 12).s);
    EXPECT_EQ(SenSlopeOf(values).slope, SenSlopeOf(raised).slope);
  }
}

TEST(TrendLaws, TimeReversedMirrors) {
  MadeCounts random(kSeed);
  for (int k = 0; k < kSeries; ++k) {
    const std::vector<double> values = WithHoles(random, 24 + 12 * (k % 4));
    const std::vector<double> back(values.rbegin(), values.rend());
    const TrendStatistic one = MannKendall(values), other = MannKendall(back);
    EXPECT_EQ(one.s, -other.s) << "seed " << kSeed << " series " << k;
    EXPECT_EQ(one.z, -other.z);
    EXPECT_EQ(one.p_value, other.p_value);
    EXPECT_EQ(SeasonalMannKendall(values, 12).s, -SeasonalMannKendall(back, 12).s);
    const SenSlope up = SenSlopeOf(values), down = SenSlopeOf(back);
    EXPECT_NEAR(up.slope, -down.slope, 1e-12);
    EXPECT_NEAR(up.low, -down.high, 1e-12);
    EXPECT_LE(up.low, up.slope);
    EXPECT_LE(up.slope, up.high);
  }
}

TEST(TrendLaws, MonthsNotUsedChangeNothing) {
  MadeCounts random(kSeed);
  for (int k = 0; k < kSeries; ++k) {
    MonthlySeries series = support::MakeSeries(random, {.months = 60, .mean = 20, .season = 0.2});
    for (std::uint8_t& used : series.used) used = random.even() < (k % 2 == 0 ? 0.03 : 0.3) ? 0 : 1;
    MonthlySeries spoilt = series;
    for (std::size_t i = 0; i < spoilt.counts.size(); ++i) {
      if (spoilt.used[i] == 0) spoilt.counts[i] = 1000 * random.even();
    }
    SCOPED_TRACE(k);
    EXPECT_EQ(SeasonalIndex(series), SeasonalIndex(spoilt));
    const auto index = SteadyIndex(series);
    ASSERT_EQ(index, SteadyIndex(spoilt));
    const TrendTest test = TestTrend(series), spoilt_test = TestTrend(spoilt);
    EXPECT_EQ(test.statistic.p_value, spoilt_test.statistic.p_value);
    EXPECT_EQ(test.slope_per_year.slope, spoilt_test.slope_per_year.slope);
    const ControlChart chart = DrawControlChart(series, index), spoilt_chart = DrawControlChart(spoilt, index);
    EXPECT_EQ(chart.dispersion, spoilt_chart.dispersion);
    for (std::size_t i = 0; i < chart.points.size(); ++i) {
      EXPECT_EQ(chart.points[i].centre, spoilt_chart.points[i].centre);
      EXPECT_EQ(chart.points[i].signal, spoilt_chart.points[i].signal);
      if (series.used[i] == 0) {
        EXPECT_EQ(chart.points[i].signal, ControlSignal::kNone);
      }
    }
    const auto changes = *FindLevelChanges(series, index, 0.05, 1, NeverStop()), spoilt_changes = *FindLevelChanges(spoilt, index, 0.05, 1, NeverStop());
    ASSERT_EQ(changes.size(), spoilt_changes.size());
    for (std::size_t i = 0; i < changes.size(); ++i) EXPECT_EQ(changes[i].month, spoilt_changes[i].month);
    const auto year = ForecastYear(series, index, chart.dispersion, 48), spoilt_year = ForecastYear(spoilt, index, chart.dispersion, 48);
    ASSERT_EQ(year.has_value(), spoilt_year.has_value());
    if (year) {
      EXPECT_EQ(year->high, spoilt_year->high);
    }
  }
}

TEST(TrendLaws, IndicesHaveMeanOneAndStayPositive) {
  MadeCounts random(kSeed);
  for (int k = 0; k < kSeries; ++k) {
    const MonthlySeries series = support::MakeSeries(random, {.months = 24 + k % 90, .mean = 0.3 + k % 20, .season = 0.4});
    const auto plain = SeasonalIndex(series), steady = SteadyIndex(series);
    ASSERT_EQ(plain.has_value(), steady.has_value());
    if (!plain) continue;
    double sum = 0, steady_sum = 0;
    for (std::size_t month = 0; month < 12; ++month) {
      sum += (*plain)[month];
      steady_sum += (*steady)[month];
      EXPECT_GT((*steady)[month], 0);
    }
    EXPECT_NEAR(sum, 12, 1e-9);
    EXPECT_NEAR(steady_sum, 12, 1e-9);
  }
}

}  // namespace
}  // namespace geo
