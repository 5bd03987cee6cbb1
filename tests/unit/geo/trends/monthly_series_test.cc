#include "geo/trends/monthly_series.h"

#include <gtest/gtest.h>

namespace geo {
namespace {

TEST(MonthlySeries, KnowsTheDaysOfItsMonths) {
  // From November 2023: 30, 31, 31 days, then February of a leap year.
  const MonthlySeries winter{Month::Of(2023, 11), {0, 0, 0, 0}, {1, 1, 1, 1}};
  EXPECT_EQ(DaysOf(winter, 0), 30);
  EXPECT_EQ(DaysOf(winter, 1), 31);
  EXPECT_EQ(DaysOf(winter, 2), 31);
  EXPECT_EQ(DaysOf(winter, 3), 29);
  EXPECT_EQ(DaysOf(winter, 4), 31) << "a month beyond the end, as forecasts ask for";
  EXPECT_EQ(DaysOf({Month::Of(2023, 2), {0}, {1}}, 0), 28);
  EXPECT_EQ(DaysOf({Month::Of(2000, 2), {0}, {1}}, 0), 29) << "a century that 400 divides";
  EXPECT_EQ(DaysOf({Month::Of(2100, 2), {0}, {1}}, 0), 28) << "one that it does not";
}

TEST(MonthlySeries, CountsSeasonsFromJanuaryWhereverItBegins) {
  const MonthlySeries series{Month::Of(2023, 11), {0, 0, 0}, {1, 1, 1}};
  EXPECT_EQ(SeasonOf(series, 0), 10);
  EXPECT_EQ(SeasonOf(series, 1), 11);
  EXPECT_EQ(SeasonOf(series, 2), 0);
  EXPECT_EQ(SeasonOf(series, 14), 0);
}

TEST(MonthlySeries, TakesTheLengthOfMonthsOut) {
  // One incident a day is 365.25 / 12 = 30.4375 per equal month, whatever the month; two a day are 60.875.
  const MonthlySeries series{Month::Of(2024, 1), {31, 29, 62, 0}, {1, 1, 1, 1}};
  EXPECT_EQ(PerEqualMonth(series), (std::vector<double>{30.4375, 30.4375, 60.875, 0}));
  EXPECT_TRUE(PerEqualMonth({Month::Of(2024, 1), {}, {}}).empty());
}

TEST(MonthlySeries, AMonthThatIsNotUsedKeepsItsPlaceAndItsCount) {
  const MonthlySeries series{Month::Of(2024, 1), {31, 58, 31}, {1, 0, 1}};
  EXPECT_EQ(PerEqualMonth(series), (std::vector<double>{30.4375, 60.875, 30.4375}));
}

}  // namespace
}  // namespace geo
