#include "geo/trends/control_chart.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numbers>

#include "tests/unit/geo/trends/steady_months.h"

namespace geo {
namespace {

TEST(ControlChart, CentreAndLimitsOfASteadyRate) {
  const ControlChart chart = DrawControlChart(SteadyMonths(24, [](int) { return 100; }), std::nullopt);
  ASSERT_EQ(chart.points.size(), 24U);
  for (const ControlPoint& point : chart.points) {
    ASSERT_TRUE(point.centre);
    EXPECT_NEAR(*point.centre, 100, 9) << "28 to 31 days";
    EXPECT_NEAR(point.high - *point.centre, 3 * std::sqrt(chart.dispersion * *point.centre), 1e-9);
    EXPECT_NEAR(*point.centre - point.low, point.high - *point.centre, 1e-9);
    EXPECT_EQ(point.signal, ControlSignal::kNone);
  }
  EXPECT_NEAR(*chart.points[0].centre, 100 * 31 / 30.4375, 1e-9);
}

TEST(ControlChart, AMonthFarOutIsASignal) {
  const ControlChart chart = DrawControlChart(SteadyMonths(36, [](int i) { return i == 20 ? 200 : i == 30 ? 20 : 98 + i % 5; }), std::nullopt);
  for (int i = 0; i < 36; ++i) {
    const ControlSignal wanted = i == 20 ? ControlSignal::kAbove : i == 30 ? ControlSignal::kBelow : ControlSignal::kNone;
    EXPECT_EQ(chart.points[static_cast<std::size_t>(i)].signal, wanted) << i;
  }
}

// ......xxxxxxxx : fourteen months about the middle, then ten a little over it; each of a run of eight or more is one.
TEST(ControlChart, EightOnOneSideAreARun) {
  const auto at = [](int i) { return i < 14 ? (i % 2 == 0 ? 108 : 92) : 106; };
  const ControlChart chart = DrawControlChart(SteadyMonths(24, at), std::nullopt);
  int above = 0;
  for (const ControlPoint& point : chart.points) above += point.signal == ControlSignal::kRunAbove ? 1 : 0;
  EXPECT_GE(above, 1);
  EXPECT_EQ(chart.points[20].signal, ControlSignal::kNone) << "the seventh";
  EXPECT_EQ(chart.points[23].signal, ControlSignal::kRunAbove);
}

TEST(ControlChart, NeedsTwelveUsedMonthsWithIncidents) {
  EXPECT_FALSE(DrawControlChart(SteadyMonths(11, [](int) { return 100; }), std::nullopt).points[0].centre);
  EXPECT_FALSE(DrawControlChart(SteadyMonths(24, [](int) { return 0; }), std::nullopt).points[0].centre);
  MonthlySeries series = SteadyMonths(24, [](int i) { return i == 5 ? 900 : 100; });
  series.used[5] = 0;
  const ControlChart chart = DrawControlChart(series, std::nullopt);
  EXPECT_TRUE(chart.points[5].centre);
  EXPECT_EQ(chart.points[5].signal, ControlSignal::kNone) << "a month that is not used is no news";
  EXPECT_NEAR(*chart.points[0].centre, 100 * 31 / 30.4375, 1e-9) << "nor part of the rate";
}

// 10 a day in 2021 and 2022, which are 730 days and no leap year, and `more(i)` beside in month i.
MonthlySeries TenADay(const std::function<double(int)>& more) {
  MonthlySeries series = SteadyMonths(24, [](int) { return 0; });
  for (int i = 0; i < 24; ++i) series.counts[static_cast<std::size_t>(i)] = 10 * DaysOf(series, i) + more(i);
  return series;
}

// July 2021 with x more than its 310. Centre 310 + 31 x / 730, reach three square roots of it; one odd month is no dispersion.
// x = 55: 365 against 312.336 + 53.019 = 365.354. x = 56: 366 against 312.378 + 53.022 = 365.400.
// x = -54: 256 against 307.707 - 52.625 = 255.082. x = -55: 255 against 307.664 - 52.621 = 255.043.
TEST(ControlChart, SignalsBeginAtThreeDeviations) {
  const auto july = [](double x) {
    const ControlChart chart = DrawControlChart(TenADay([&](int i) { return i == 6 ? x : 0; }), std::nullopt);
    EXPECT_EQ(chart.dispersion, 1);
    EXPECT_NEAR(*chart.points[6].centre, 310 + 31 * x / 730, 1e-9);
    return chart.points[6];
  };
  EXPECT_NEAR(july(55).high, 365.354, 1e-3);
  EXPECT_EQ(july(55).signal, ControlSignal::kNone);
  EXPECT_EQ(july(56).signal, ControlSignal::kAbove);
  EXPECT_NEAR(july(-55).low, 255.043, 1e-3);
  EXPECT_EQ(july(-54).signal, ControlSignal::kNone);
  EXPECT_EQ(july(-55).signal, ControlSignal::kBelow);
}

// Four incidents in two years: 0.1699 in a January, limit 0.1699 + 3 x 0.4121 = 1.406. Two in one are over it, but come by chance in
// 1 - e^-0.1699 (1 + 0.1699) = 1.3 % of Januaries; three in 1 - e^-0.1699 (1 + 0.1699 + 0.0144) = 0.07 %, which is under 1 in 200.
TEST(ControlChart, OfSmallCountsTwoAreNoNewsAndThreeAre) {
  const auto january = [](int count) {
    MonthlySeries series = SteadyMonths(24, [](int) { return 0; });
    series.counts[0] = count;
    series.counts[11] = 1;
    series.counts[23] = 3 - count;
    const ControlChart chart = DrawControlChart(series, std::nullopt);
    EXPECT_EQ(chart.dispersion, 1);
    EXPECT_NEAR(chart.points[0].high, 1.406, 1e-3);
    EXPECT_EQ(chart.points[0].low, 0) << "no count is under 0";
    return chart.points[0].signal;
  };
  EXPECT_EQ(january(2), ControlSignal::kNone);
  EXPECT_EQ(january(3), ControlSignal::kAbove);
}

// Months of exactly the middle count lie on no side. ` -0-0-0-0++++++++0-0-0-0- ` keeps the rate at 10 a day: the sixteenth month is the eighth in a row.
TEST(ControlChart, TheEighthMonthInARowIsARun) {
  const auto at = [](int i) { return i >= 8 && i < 16 ? 1 : i < 8 ? -(1 - i % 2) : -(i % 2); };
  for (const int side : {1, -1}) {
    const ControlChart chart = DrawControlChart(TenADay([&](int i) { return side * at(i); }), std::nullopt);
    EXPECT_DOUBLE_EQ(*chart.points[0].centre, 310);
    for (int i = 0; i < 24; ++i) {
      const ControlSignal run = side > 0 ? ControlSignal::kRunAbove : ControlSignal::kRunBelow;
      EXPECT_EQ(chart.points[static_cast<std::size_t>(i)].signal, i == 15 ? run : ControlSignal::kNone) << "side " << side << " month " << i;
    }
  }
}

// The same with one month of the eight on the middle: seven are none, whatever lies before and after.
TEST(ControlChart, AMonthOnTheMiddleEndsARun) {
  const auto at = [](int i) { return i == 12 ? 0 : i >= 8 && i < 16 ? 1 : i < 8 ? -(1 - i % 2) : i == 23 ? 0 : -(i % 2); };
  for (const ControlPoint& point : DrawControlChart(TenADay(at), std::nullopt).points) EXPECT_EQ(point.signal, ControlSignal::kNone);
}

TEST(ControlChart, AMonthThatIsNotUsedDoesNotEndARun) {
  // Eight months of nine, the fifth of them not used, and eight single months under the middle.
  MonthlySeries series = TenADay([](int i) { return i >= 8 && i < 17 ? 1 : i < 8 ? -(1 - i % 2) : i == 18 || i == 20 || i == 22 || i == 23 ? -1 : 0; });
  series.used[12] = 0;
  series.counts[12] = 0;
  const ControlChart chart = DrawControlChart(series, std::nullopt);
  EXPECT_DOUBLE_EQ(*chart.points[0].centre, 310);
  EXPECT_EQ(chart.points[12].signal, ControlSignal::kNone);
  EXPECT_EQ(chart.points[15].signal, ControlSignal::kNone) << "the seventh";
  EXPECT_EQ(chart.points[16].signal, ControlSignal::kRunAbove) << "the eighth";
}

// z of 2 sqrt(days / 10) by turns in the second year has spread 4 x 3.1 pi / 8 (month_spread_test.cc): limits 310 +- 3 sqrt(4.869 x 310) = 116.558.
TEST(ControlChart, LimitsAreAsWideAsTheMonthsVary) {
  constexpr int kSign[] = {1, 0, -1, 1, 1, -1, -1, 1, 1, -1, -1, 0};
  MonthlySeries series = TenADay([](int) { return 0; });
  for (int i = 12; i < 24; ++i) series.counts[static_cast<std::size_t>(i)] += 2 * DaysOf(series, i) * kSign[i - 12];
  const ControlChart chart = DrawControlChart(series, std::nullopt);
  EXPECT_NEAR(chart.dispersion, 3.1 * std::numbers::pi / 2, 1e-9);
  EXPECT_NEAR(chart.points[0].high - 310, 116.558, 1e-3);
  EXPECT_NEAR(310 - chart.points[0].low, 116.558, 1e-3);
}

// 15 a day from April to September and 5 in the other months are whole counts at 10 a day and an index of 1.5 and 0.5.
TEST(ControlChart, TheCentreFollowsTheSeason) {
  std::array<double, 12> index{};
  for (std::size_t m = 0; m < 12; ++m) index[m] = m >= 3 && m < 9 ? 1.5 : 0.5;
  const MonthlySeries series = TenADay([](int i) { return (i % 12 >= 3 && i % 12 < 9 ? 5 : -5) * DaysOf({Month::Of(2021, 1), {}, {}}, i); });
  const ControlChart chart = DrawControlChart(series, index);
  for (std::size_t i = 0; i < 24; ++i) {
    EXPECT_NEAR(*chart.points[i].centre, series.counts[i], 1e-9);
    EXPECT_NEAR(chart.points[i].high, series.counts[i] + 3 * std::sqrt(series.counts[i]), 1e-9);
    EXPECT_EQ(chart.points[i].signal, ControlSignal::kNone) << i;
  }
}

TEST(ControlChart, GreatCountsHaveFiniteLimits) {
  for (const double level : {1e9, 1e15}) {
    const ControlChart chart = DrawControlChart(SteadyMonths(24, [&](int i) { return i == 6 ? 1.1 * level : level; }), std::nullopt);
    EXPECT_TRUE(std::isfinite(chart.points[6].high)) << level;
    EXPECT_GT(chart.points[6].high, *chart.points[6].centre);
    EXPECT_LT(*chart.points[6].centre, 1.1 * level);
  }
}

}  // namespace
}  // namespace geo
