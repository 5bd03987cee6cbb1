#include "geo/trends/seasonal_index.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numbers>
#include <numeric>

#include "tests/unit/geo/trends/steady_months.h"

namespace geo {
namespace {

// Mean 1: 0.8 in winter, 1.2 in summer.
double Factor(int month) { return month % 12 >= 3 && month % 12 < 9 ? 1.2 : 0.8; }

TEST(SeasonalIndex, IsTheFactorOfASeriesThatIsNothingElse) {
  const auto index = SeasonalIndex(SteadyMonths(36, [](int i) { return 100 * Factor(i); }));
  ASSERT_TRUE(index);
  for (int m = 0; m < 12; ++m) EXPECT_NEAR((*index)[static_cast<std::size_t>(m)], Factor(m), 1e-9) << m;
}

TEST(SeasonalIndex, AGrowingYearHasTheSameShape) {
  // 1 % more a month: ratios to the moving average hardly move.
  const auto index = SeasonalIndex(SteadyMonths(48, [](int i) { return 100 * Factor(i) * std::pow(1.01, i); }));
  ASSERT_TRUE(index);
  EXPECT_NEAR(std::accumulate(index->begin(), index->end(), 0.0), 12, 1e-9);
  for (int m = 0; m < 12; ++m) EXPECT_NEAR((*index)[static_cast<std::size_t>(m)], Factor(m), 0.02) << m;
}

TEST(SeasonalIndex, NeedsTwoYearsInARowAndIncidents) {
  EXPECT_FALSE(SeasonalIndex(SteadyMonths(23, [](int) { return 100; })));
  EXPECT_TRUE(SeasonalIndex(SteadyMonths(24, [](int) { return 100; })));
  EXPECT_FALSE(SeasonalIndex(SteadyMonths(36, [](int) { return 0; })));
  MonthlySeries holed = SteadyMonths(36, [](int) { return 100; });
  holed.used[15] = holed.used[30] = 0;
  EXPECT_FALSE(SeasonalIndex(holed)) << "15, 14 and 5 months in a row";
  EXPECT_FALSE(SteadyIndex(holed));
}

TEST(SteadyIndex, KeepsWhatIsMoreThanChance) {
  // A season of 20 % in counts of 10,000 is no chance at all; in counts of 4 it may be little else, and is drawn in.
  const auto large = SteadyIndex(SteadyMonths(48, [](int i) { return 10000 * Factor(i); }));
  const auto small = SteadyIndex(SteadyMonths(48, [](int i) { return 4 * Factor(i); }));
  ASSERT_TRUE(large && small);
  EXPECT_NEAR((*large)[6], 1.2, 0.03);
  EXPECT_LT((*small)[6], (*large)[6] + 1e-12);
  EXPECT_GE((*small)[6], 1);
}

// 2021 and 2022 at one incident a day, but July 2021 at two. Each month of the year has one ratio, July 2021 to June 2022. July lies whole in the averages of
// July to December (13/12) and by half in that of January (12.5/12): ratios 24/13, five times 12/13, 24/25, and five times 1.
TEST(SeasonalIndex, OneOddMonthByHand) {
  const auto index = SeasonalIndex(SteadyMonths(24, [](int i) { return i == 6 ? 2 * kDaysPerMonth : kDaysPerMonth; }));
  ASSERT_TRUE(index);
  constexpr double kMean = (24.0 / 13 + 5 * 12.0 / 13 + 24.0 / 25 + 5) / 12;
  EXPECT_NEAR((*index)[6], 24.0 / 13 / kMean, 1e-12);
  for (std::size_t m = 7; m < 12; ++m) EXPECT_NEAR((*index)[m], 12.0 / 13 / kMean, 1e-12) << m;
  EXPECT_NEAR((*index)[0], 24.0 / 25 / kMean, 1e-12);
  for (std::size_t m = 1; m < 6; ++m) EXPECT_NEAR((*index)[m], 1 / kMean, 1e-12) << m;
}

// Six years give five ratios to each month of the year, of which an odd July spoils one, or two in January; the median does not see them.
TEST(SeasonalIndex, OneOddMonthInSixYearsDoesNotShow) {
  const auto index = SeasonalIndex(SteadyMonths(72, [](int i) { return 100 * Factor(i) * (i == 30 ? 10 : 1); }));
  ASSERT_TRUE(index);
  for (int m = 0; m < 12; ++m) EXPECT_NEAR((*index)[static_cast<std::size_t>(m)], Factor(m), 1e-9) << m;
}

TEST(SeasonalIndex, GoesFromJanuaryWhereverTheSeriesBegins) {
  MonthlySeries series = SteadyMonths(43, [](int i) { return 100 * Factor(i); });
  series.counts.erase(series.counts.begin(), series.counts.begin() + 7);
  series.used.erase(series.used.begin(), series.used.begin() + 7);
  series.first = Month::Of(2021, 8);
  const auto index = SeasonalIndex(series);
  ASSERT_TRUE(index);
  for (int m = 0; m < 12; ++m) EXPECT_NEAR((*index)[static_cast<std::size_t>(m)], Factor(m), 1e-9) << m;
}

TEST(SeasonalIndex, OfEqualMonthsIsOne) {
  for (const double level : {0.25, 100.0, 1e15}) {
    const MonthlySeries series = SteadyMonths(36, [&](int) { return level; });
    const auto plain = SeasonalIndex(series), steady = SteadyIndex(series);
    ASSERT_TRUE(plain && steady);
    for (std::size_t m = 0; m < 12; ++m) {
      EXPECT_NEAR((*plain)[m], 1, 1e-12);
      EXPECT_NEAR((*steady)[m], 1, 1e-12);
    }
  }
}

TEST(SeasonalIndex, AMonthThatIsNotUsedChangesNothing) {
  MonthlySeries series = SteadyMonths(60, [](int i) { return 100 * Factor(i); });
  series.used[40] = 0;
  series.counts[40] = 1e9;
  const auto index = SeasonalIndex(series);
  ASSERT_TRUE(index);
  for (int m = 0; m < 12; ++m) EXPECT_NEAR((*index)[static_cast<std::size_t>(m)], Factor(m), 1e-9) << m;
}

double Wave(int month) { return 1 + 0.2 * std::cos(2 * std::numbers::pi * month / 12); }

double MeanCount(const MonthlySeries& series) {
  return std::accumulate(series.counts.begin(), series.counts.end(), 0.0) / static_cast<double>(series.counts.size());
}

// One wave of 0.2 in four years of mean count M: squared 0.04. By chance the mean of four months has variance 1 / (4 M), each of the wave's two numbers a sixth
// of that, together 1 / (12 M). Kept: 1 - 1 / (12 M x 0.04).
TEST(SteadyIndex, AWaveIsDrawnInByItsChance) {
  for (const double level : {4.0, 30.0, 1000.0}) {
    const MonthlySeries series = SteadyMonths(48, [&](int i) { return level * Wave(i); });
    const double kept = 1 - 1 / (12 * MeanCount(series) * 0.04);
    const auto index = SteadyIndex(series);
    ASSERT_TRUE(index);
    for (int m = 0; m < 12; ++m) EXPECT_NEAR((*index)[static_cast<std::size_t>(m)], 1 + kept * (Wave(m) - 1), 1e-9) << level << " " << m;
  }
}

TEST(SteadyIndex, AWaveThatChanceWouldShowIsNone) {
  // M about 2: 1 / (12 x 2 x 0.04) is over 1.
  const MonthlySeries series = SteadyMonths(48, [](int i) { return 2 * Wave(i); });
  ASSERT_GT(1 / (12 * MeanCount(series) * 0.04), 1);
  const auto index = SteadyIndex(series);
  ASSERT_TRUE(index);
  for (const double of_month : *index) EXPECT_NEAR(of_month, 1, 1e-12);
}

TEST(SteadyIndex, AMonthWithoutIncidentsKeepsALittle) {
  // All of December's incidents are missing in every year: 0.05 before the mean is made 1 again.
  const auto index = SteadyIndex(SteadyMonths(60, [](int i) { return i % 12 == 11 ? 0 : 1e6; }));
  ASSERT_TRUE(index);
  EXPECT_GT((*index)[11], 0.045);
  EXPECT_LT((*index)[11], 0.05);
  EXPECT_NEAR((*index)[0] / (*index)[11], 12.0 / 11 / 0.05, 1e-3);
}

}  // namespace
}  // namespace geo
