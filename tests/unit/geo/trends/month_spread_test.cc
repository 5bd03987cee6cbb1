#include "geo/trends/month_spread.h"

#include <gtest/gtest.h>

#include <array>
#include <numbers>

#include "tests/unit/geo/trends/steady_months.h"

namespace geo {
namespace {

// July and August 2021, 31 days each: 4 and 16 about 10. Squares 36 / 10 + 36 / 10 over one degree of freedom.
TEST(MonthSpread, OfTwoMonthsIsTheirVarianceOverTheirMean) {
  EXPECT_NEAR(SpreadOfMonths({Month::Of(2021, 7), {4, 16}, {1, 1}}), 7.2, 1e-12);
  // 9 and 11 vary less than Poisson counts do: 0.2, told as 1.
  EXPECT_EQ(SpreadOfMonths({Month::Of(2021, 7), {9, 11}, {1, 1}}), 1);
}

TEST(MonthSpread, AMonthThatIsNotUsedCountsForNothing) {
  EXPECT_NEAR(SpreadOfMonths({Month::Of(2021, 6), {9000, 4, 16, 9000}, {0, 1, 1, 0}}), 7.2, 1e-12);
}

TEST(MonthSpread, WithoutMonthsOrIncidentsIsPoissons) {
  EXPECT_EQ(SpreadOfMonths({Month::Of(2021, 7), {}, {}}), 1);
  EXPECT_EQ(SpreadOfMonths({Month::Of(2021, 7), {16}, {1}}), 1);
  EXPECT_EQ(SpreadOfMonths({Month::Of(2021, 7), {4, 16}, {0, 1}}), 1);
  EXPECT_EQ(SpreadOfMonths(SteadyMonths(36, [](int) { return 0; })), 1);
}

TEST(MonthSpread, SeasonCancels) {
  // From 10 to 1,000 and back every month, but the same in every year (2021 and 2022 have months of equal length).
  EXPECT_EQ(SpreadOfMonths(SteadyMonths(24, [](int i) { return i % 2 == 0 ? 10 : 1000; })), 1);
  // In one year alone nothing can be told from season, and it is all spread.
  EXPECT_GT(SpreadOfMonths(SteadyMonths(12, [](int i) { return i % 2 == 0 ? 10 : 1000; })), 100);
}

// 10 a day, and in the second year s more or fewer: + in January, April, May, August, September, - in March, June, July, October, November, so that the rate is
// still 10. z = +-s sqrt(days / 10): p of 31 days, q of 30. The differences from month to month, February to December:
// p, p, p+q, p-q, p+q, p-q, 2p, p-q, p+q, p-q, q: their mean is p. Of normal variables it is 2 sqrt(2 / pi) sigma: sigma^2 = s^2 3.1 pi / 8.
TEST(MonthSpread, DoubleDifferencesByHand) {
  constexpr std::array<int, 12> kSign{1, 0, -1, 1, 1, -1, -1, 1, 1, -1, -1, 0};
  for (const int s : {1, 2, 3}) {
    MonthlySeries series = SteadyMonths(24, [](int) { return 0; });
    for (std::size_t i = 0; i < 24; ++i) {
      series.counts[i] = DaysOf(series, static_cast<int>(i)) * (10 + (i < 12 ? 0 : s * kSign[i - 12]));
    }
    EXPECT_NEAR(SpreadOfMonths(series), s * s * 3.1 * std::numbers::pi / 8, 1e-9) << s;
  }
}

TEST(MonthSpread, GreatCounts) {
  // 4e15 and 16e15: the variance over the mean grows as the counts.
  EXPECT_NEAR(SpreadOfMonths({Month::Of(2021, 7), {4e15, 16e15}, {1, 1}}) / 7.2e15, 1, 1e-12);
}

}  // namespace
}  // namespace geo
