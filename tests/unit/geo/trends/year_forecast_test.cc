#include "geo/trends/year_forecast.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "tests/unit/geo/trends/steady_months.h"

namespace geo {
namespace {

// P(X <= k) of a Poisson count, drawn through all real k: the integral of t^k e^-t / k! from the mean upwards. Slowly, by 100,000 strips.
double PoissonAtMost(double k, double mean) {
  const double top = std::max(mean, k) + 60 + 14 * std::sqrt(std::max(mean, k));
  const int strips = 100000;
  const double width = (top - mean) / strips;
  double sum = 0;
  for (int i = 0; i < strips; ++i) {
    const double t = mean + (i + 0.5) * width;
    sum += std::exp(k * std::log(t) - t - std::lgamma(k + 1));
  }
  return sum * width;
}

// Where a count of this mean and variance lies under with this chance: the count is variance / mean times a Poisson count, half a step at its edge.
double CountUnder(double mean, double variance, double chance) {
  const double scale = variance / mean;
  double low = -0.9, high = mean / scale + 20 + 10 * std::sqrt(mean / scale);
  while (high - low > 1e-7) {
    const double k = (low + high) / 2;
    (PoissonAtMost(k, mean / scale) < chance ? low : high) = k;
  }
  return std::max(0.0, scale * (low + 0.5));
}

void ExpectInterval(const YearEnd& year, double mean, double variance) {
  EXPECT_NEAR(year.low, year.to_date + CountUnder(mean, variance, 0.025), 1e-3);
  EXPECT_NEAR(year.high, year.to_date + CountUnder(mean, variance, 0.975), 1e-3);
}

MonthlySeries OneADay(int months, double rate = 1) { return SteadyMonths(months, [&](int) { return rate * kDaysPerMonth; }); }

// One a day in 2021 to 2023: 366 in 2024. The level rests on 365 incidents, and half a one: mean 366 x 365.5 / 365, variance mean + mean^2 / 365.5 = 734.0;
// about +-1.96 x 27.1 = 53.1.
TEST(YearForecast, OfOneADayByHand) {
  const auto year = ForecastYear(OneADay(36), std::nullopt, 1, 36);
  ASSERT_TRUE(year);
  EXPECT_NEAR(year->expected, 366, 1e-9);
  const double mean = 366 * 365.5 / 365;
  ExpectInterval(*year, mean, mean + mean * mean / 365.5);
  EXPECT_NEAR(year->high - year->low, 2 * 53.1, 0.5);
}

// Half way through 2023: 181 days counted, 184 to come, which rest on July to December 2022. Variance 184.5 + 184.5 = 369, about +-37.6.
TEST(YearForecast, OfHalfAYearByHand) {
  const auto year = ForecastYear(OneADay(30), std::nullopt, 1, 24);
  ASSERT_TRUE(year);
  EXPECT_NEAR(year->to_date, 181, 1e-9);
  EXPECT_NEAR(year->expected, 365, 1e-9);
  ExpectInterval(*year, 184.5, 369);
  EXPECT_NEAR(year->high - year->low, 2 * 37.6, 0.5);
}

// Two years without any: half an incident in each year past and to come, mean 0.5, variance 0.5 + 0.25 / 0.5 = 1.
TEST(YearForecast, NoneSeenIsNotNoneToCome) {
  const auto year = ForecastYear(OneADay(24, 0), std::nullopt, 1, 24);
  ASSERT_TRUE(year);
  EXPECT_EQ(year->expected, 0);
  EXPECT_EQ(year->low, 0);
  ExpectInterval(*year, 0.5, 1);
  EXPECT_NEAR(year->high, 3, 0.5) << "the rule of three for one year";
}

// Dispersion 3 over 36 months: excess 2 with 35 degrees of freedom, 1 + 8 / (4 + 2 / 35) x (1 + 5 / 35) = 3.253521 in the forecast.
TEST(YearForecast, DispersionWidens) {
  const auto year = ForecastYear(OneADay(36), std::nullopt, 3, 36);
  ASSERT_TRUE(year);
  const double mean = 366 * 365.5 / 365;
  ExpectInterval(*year, mean, 3.253521 * (mean + mean * mean / 365.5));
  EXPECT_NEAR(year->expected, 366, 1e-9);
}

// 365, 730 and 1,460 a year: two changes of ln 2, squared 0.480453 each. By chance 1/365 + 2/730 + 1/1460 = 0.0061644. Over the limit of 5 %, 2.9957 times
// that; drift (0.960906 - 0.006164) / 2 = 0.477371 a year, and a year whose middle lies a year and a half after that of the year gone by takes 1.5 of it.
TEST(YearForecast, YearsThatDrift) {
  const auto year = ForecastYear(SteadyMonths(36, [](int i) { return (1 << (i / 12)) * kDaysPerMonth; }), std::nullopt, 1, 36);
  ASSERT_TRUE(year);
  EXPECT_NEAR(year->expected, 4 * 366, 1e-9);
  const double mean = 4 * 366 * 1460.5 / 1460;
  const double by_chance = 1 / 365.0 + 2 / 730.0 + 1 / 1460.0;
  const double drift = (2 * std::log(2) * std::log(2) - by_chance) / 2;
  EXPECT_NEAR(drift, 0.477371, 1e-6);
  ExpectInterval(*year, mean, mean + mean * mean / 1460.5 + 1.5 * drift * mean * mean);
}

// April to September hold thrice the other months. With the index the first half of 2024 is told from its own months.
TEST(YearForecast, TheIndexSharesTheYearOut) {
  std::array<double, 12> index{};
  for (std::size_t m = 0; m < 12; ++m) index[m] = m >= 3 && m < 9 ? 1.5 : 0.5;
  const auto at = [&](int i) { return 40 * index[static_cast<std::size_t>(i % 12)]; };
  const MonthlySeries whole = SteadyMonths(48, at);
  double total = 0;
  for (std::size_t i = 36; i < 48; ++i) total += whole.counts[i];
  for (const int known : {36, 39, 45, 47}) {
    const auto year = ForecastYear(SteadyMonths(known, at), index, 1, 36);
    ASSERT_TRUE(year);
    EXPECT_EQ(year->months_left, 48 - known);
    EXPECT_NEAR(year->expected, total, 1e-9) << known;
    EXPECT_LT(year->low, total);
    EXPECT_GT(year->high, total);
  }
}

TEST(YearForecast, AnyTwelveMonthsAreAYear) {
  // April 2023 to March 2024, of which nine are known; the year is 366 days long.
  const auto year = ForecastYear(OneADay(36), std::nullopt, 1, 27);
  ASSERT_TRUE(year);
  EXPECT_EQ(year->months_left, 3);
  EXPECT_NEAR(year->to_date, 275, 1e-9);
  EXPECT_NEAR(year->expected, 366, 1e-9);
  EXPECT_FALSE(ForecastYear(OneADay(36), std::nullopt, 1, -1)) << "before the series";
}

TEST(YearForecast, MonthsThatAreNotUsedChangeNothing) {
  // June 2023 has begun and is not complete; June 2021 is not comparable.
  MonthlySeries series = OneADay(30);
  series.used[29] = series.used[5] = 0;
  const auto before = ForecastYear(series, std::nullopt, 1, 24);
  series.counts[29] = 7;
  series.counts[5] = 1e6;
  const auto after = ForecastYear(series, std::nullopt, 1, 24);
  ASSERT_TRUE(before && after);
  EXPECT_EQ(after->months_left, 7);
  EXPECT_NEAR(after->to_date, 151, 1e-9);
  EXPECT_NEAR(after->expected, 365, 1e-9);
  EXPECT_EQ(before->low, after->low);
  EXPECT_EQ(before->high, after->high);
}

TEST(YearForecast, GreatCounts) {
  for (const double rate : {1e6, 1e9}) {
    const auto year = ForecastYear(OneADay(36, rate), std::nullopt, 1, 36);
    ASSERT_TRUE(year) << rate;
    EXPECT_NEAR(year->expected / (366 * rate), 1, 1e-12);
    // By now as good as normal: variance 366 + 366^2 / 365 to a day's incident.
    const double reach = 1.959964 * std::sqrt((366 + 366 * 366 / 365.0) * rate);
    EXPECT_NEAR((year->high - year->expected) / reach, 1, 0.01) << rate;
    EXPECT_NEAR((year->expected - year->low) / reach, 1, 0.01) << rate;
  }
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
