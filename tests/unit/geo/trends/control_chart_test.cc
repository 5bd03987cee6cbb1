#include <gtest/gtest.h>

#include <cmath>

#include "geo/trends/control_chart.h"
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

}  // namespace
}  // namespace geo
