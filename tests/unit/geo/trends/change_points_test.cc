#include "geo/trends/change_points.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

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

// The likelihood ratio by hand. 2021 at one a day, 2022 at two: 365 and 730 in 365 days each. Twice the logarithm of the ratio of a split with a incidents in c
// days before and b in d days after, of 1,095 in 730: 2 (a ln(a/c) + b ln(b/d) - 1095 ln 1.5), and 1095 ln 1.5 = 443.984.
// Before December 2021: 334 in 334, 761 in 396: 2 (0 + 497.112 - 443.984) = 106.3.
// Before January 2022: 365 in 365, 730 in 365: 2 (0 + 505.997 - 443.984) = 124.0.
// Before February 2022: 427 in 396, 668 in 334: 2 (32.183 + 463.022 - 443.984) = 102.4.
TEST(LevelChanges, TheGreatestLikelihoodRatioByHand) {
  const auto gain = [](double a, double c, double b, double d) { return 2 * (a * std::log(a / c) + b * std::log(b / d) - 1095 * std::log(1.5)); };
  EXPECT_NEAR(gain(334, 334, 761, 396), 106.3, 0.1);
  EXPECT_NEAR(gain(365, 365, 730, 365), 124.0, 0.1);
  EXPECT_NEAR(gain(427, 396, 668, 334), 102.4, 0.1);
  const auto found = Find(SteadyMonths(24, [](int i) { return (i < 12 ? 1 : 2) * kDaysPerMonth; }));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].month, 12);
  EXPECT_NEAR(found[0].level_before, kDaysPerMonth, 1e-9);
  EXPECT_NEAR(found[0].level_after, 2 * kDaysPerMonth, 1e-9);
  // Of 4,096 ways to exchange the years month by month two gain as much, this one and its mirror: 199 draws have one of them seldom.
  EXPECT_GE(found[0].p_value, 1.0 / 200);
  EXPECT_LE(found[0].p_value, 3.0 / 200);
}

// Every split tried one by one.
int MonthOfTheGreatestRatio(const MonthlySeries& series) {
  int best = 0;
  double greatest = 0;
  for (int at = 6; at + 6 <= series.size(); ++at) {
    double count[2]{}, days[2]{};
    for (int i = 0; i < series.size(); ++i) {
      count[i >= at] += series.counts[static_cast<std::size_t>(i)];
      days[i >= at] += DaysOf(series, i);
    }
    const double rate = (count[0] + count[1]) / (days[0] + days[1]);
    const double gain = count[0] * std::log(count[0] / days[0] / rate) + count[1] * std::log(count[1] / days[1] / rate);
    if (gain > greatest) {
      greatest = gain;
      best = at;
    }
  }
  return best;
}

TEST(LevelChanges, TheFirstIsTheMonthOfTheGreatestRatioWhereMonthsStray) {
  for (const int step : {8, 15, 27, 40}) {
    const MonthlySeries series = SteadyMonths(48, [&](int i) { return (i < step ? 60 : 90) + 2 * (i * 5 % 11 - 5); });
    const auto found = Find(series);
    ASSERT_EQ(found.size(), 1U) << step;
    EXPECT_EQ(found[0].month, MonthOfTheGreatestRatio(series)) << step;
    EXPECT_NEAR(found[0].month, step, 2);
  }
}

TEST(LevelChanges, TwoStepsInOrderOfTimeEachBesideItsOwnNeighbours) {
  const auto found = Find(SteadyMonths(72, [](int i) { return i < 24 ? 50 : i < 54 ? 200 : 80; }));
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].month, 24);
  EXPECT_NEAR(found[0].level_before, 50, 1e-9);
  EXPECT_NEAR(found[0].level_after, 200, 1e-9);
  EXPECT_EQ(found[1].month, 54);
  EXPECT_NEAR(found[1].level_before, 200, 1e-9);
  EXPECT_NEAR(found[1].level_after, 80, 1e-9);
}

TEST(LevelChanges, AStepNearAnEndIsNotPlacedWithinSixMonthsOfIt) {
  for (const LevelChange& change : Find(SteadyMonths(48, [](int i) { return i < 3 ? 500 : 100; }))) EXPECT_GE(change.month, 6);
  for (const LevelChange& change : Find(SteadyMonths(48, [](int i) { return i < 46 ? 100 : 500; }))) EXPECT_LE(change.month, 42);
}

// Each month of the year comes once: there is no order but the one seen, and nothing that it could be told from.
TEST(LevelChanges, OneYearCannotShowAny) { EXPECT_TRUE(Find(SteadyMonths(12, [](int i) { return i < 6 ? 10 : 1000; })).empty()); }

TEST(LevelChanges, ASeasonIsNone) {
  EXPECT_TRUE(Find(SteadyMonths(60, [](int i) { return i % 12 < 6 ? 10 : 1000; })).empty());
  // With its index it is taken out of the levels too.
  std::array<double, 12> index{};
  for (std::size_t m = 0; m < 12; ++m) index[m] = m < 6 ? 0.5 : 1.5;
  const MonthlySeries series = SteadyMonths(60, [&](int i) { return (i < 32 ? 40 : 80) * index[static_cast<std::size_t>(i % 12)]; });
  const auto found = FindLevelChanges(series, index, 0.05, 1, NeverStop()).value();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].month, 32);
  EXPECT_NEAR(found[0].level_before, 40, 1e-9);
  EXPECT_NEAR(found[0].level_after, 80, 1e-9);
}

TEST(LevelChanges, MonthsThatAreNotUsedChangeNothingAndAreNotTheFirst) {
  MonthlySeries series = SteadyMonths(60, [](int i) { return i < 30 ? 50 : 100; });
  for (const std::size_t i : {4U, 5U, 30U, 31U, 50U}) {
    series.used[i] = 0;
    series.counts[i] = i < 30 ? 1e6 : 0;
  }
  const auto found = Find(series);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].month, 32) << "the first used month of the new level, by its place in the series";
  EXPECT_NEAR(found[0].level_before, 50, 1e-9);
  EXPECT_NEAR(found[0].level_after, 100, 1e-9);
}

TEST(LevelChanges, AtMostFive) {
  // Ten levels of two years, each three times the one before.
  const auto found = Find(SteadyMonths(240, [](int i) { return std::pow(3, i / 24); }));
  EXPECT_EQ(found.size(), 5U);
  for (std::size_t i = 1; i < found.size(); ++i) EXPECT_LT(found[i - 1].month, found[i].month);
}

TEST(LevelChanges, NoLevelIsLowEnoughForNone) {
  const MonthlySeries series = SteadyMonths(60, [](int i) { return i < 30 ? 50 : 100; });
  // One order of 200 is the rarest that is seen.
  EXPECT_TRUE(FindLevelChanges(series, std::nullopt, 0.0049, 1, NeverStop())->empty());
  EXPECT_EQ(FindLevelChanges(series, std::nullopt, 0.005, 1, NeverStop())->size(), 1U);
}

TEST(LevelChanges, GreatCounts) {
  const auto found = Find(SteadyMonths(60, [](int i) { return i < 30 ? 1e15 : 1.001e15; }));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].month, 30);
  EXPECT_NEAR(found[0].level_after / found[0].level_before, 1.001, 1e-9);
}

}  // namespace
}  // namespace geo
