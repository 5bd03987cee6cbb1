#include <gtest/gtest.h>

#include <numeric>

#include "geo/trends/seasonal_index.h"
#include "tests/unit/geo/trends/steady_months.h"

namespace geo {
namespace {

// Mean 1: 0.8 in winter, 1.2 in summer.
double Factor(int month) { return month % 12 >= 3 && month % 12 < 9 ? 1.2 : 0.8; }

TEST(MonthlySeries, TakesTheLengthOfMonthsOut) {
  const MonthlySeries series{Month::Of(2024, 1), {31, 29, 31}, {1, 1, 1}};
  EXPECT_EQ(DaysOf(series, 1), 29);
  EXPECT_EQ(SeasonOf(series, 2), 2);
  // One incident a day, in every month: 30.4375 per equal month.
  for (const double value : PerEqualMonth(series)) EXPECT_DOUBLE_EQ(value, 30.4375);
}

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

}  // namespace
}  // namespace geo
