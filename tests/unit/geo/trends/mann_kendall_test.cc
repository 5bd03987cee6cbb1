#include "geo/trends/mann_kendall.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace geo {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

std::vector<double> Rising(int n) {
  std::vector<double> values(static_cast<std::size_t>(n));
  std::iota(values.begin(), values.end(), 1);
  return values;
}

TEST(MannKendall, ThreeRisingValues) {
  const TrendStatistic test = MannKendall(Rising(3));
  EXPECT_EQ(test.method, TrendMethod::kExact);
  EXPECT_EQ(test.s, 3);
  EXPECT_DOUBLE_EQ(test.variance, 3 * 2 * 11 / 18.0);
  EXPECT_DOUBLE_EQ(test.tau, 1);
  EXPECT_EQ(test.z, 0) << "the exact test has none";
  // Six orders; the one that rises and the one that falls have |S| = 3.
  EXPECT_DOUBLE_EQ(test.p_value, 2.0 / 6);
}

TEST(MannKendall, FourValuesWithOnePairTheWrongWay) {
  // Pairs of 1 3 2 4: five rise, one falls. Orders of four values by falling pairs: 1 3 5 6 5 3 1, of 24; |S| >= 4 has 1 + 3 + 3 + 1.
  const TrendStatistic test = MannKendall(std::vector<double>{1, 3, 2, 4});
  EXPECT_EQ(test.s, 4);
  EXPECT_DOUBLE_EQ(test.tau, 4.0 / 6);
  EXPECT_DOUBLE_EQ(test.p_value, 8.0 / 24);
  const TrendStatistic back = MannKendall(std::vector<double>{4, 2, 3, 1});
  EXPECT_EQ(back.s, -4);
  EXPECT_DOUBLE_EQ(back.p_value, 8.0 / 24);
}

TEST(MannKendall, IsExactToNineValuesAndNormalFromTen) {
  const TrendStatistic nine = MannKendall(Rising(9));
  EXPECT_EQ(nine.method, TrendMethod::kExact);
  EXPECT_DOUBLE_EQ(nine.p_value, 2.0 / 362880);
  EXPECT_EQ(MannKendall(Rising(10)).method, TrendMethod::kNormal);
}

TEST(MannKendall, TiesTakeTheirShareOfTheVariance) {
  // 1 1 2 3: five pairs rise, one is level. Var = (4 x 3 x 13 - 2 x 1 x 9) / 18 = 138 / 18. Z = 4 / 2.768875 = 1.444630.
  const TrendStatistic test = MannKendall(std::vector<double>{1, 1, 2, 3});
  EXPECT_EQ(test.method, TrendMethod::kNormal) << "the exact distribution knows no ties";
  EXPECT_EQ(test.s, 5);
  EXPECT_DOUBLE_EQ(test.variance, 138 / 18.0);
  EXPECT_NEAR(test.z, 1.444630, 5e-7);
  EXPECT_NEAR(test.p_value, 0.148562, 5e-7);
  EXPECT_DOUBLE_EQ(test.tau, 5.0 / 6);
}

TEST(MannKendall, NothingToSay) {
  EXPECT_EQ(MannKendall(std::vector<double>{}).method, TrendMethod::kNone);
  EXPECT_EQ(MannKendall(std::vector<double>{7}).method, TrendMethod::kNone);
  EXPECT_EQ(MannKendall(std::vector<double>{kMissing, 7, kMissing}).method, TrendMethod::kNone);
  EXPECT_EQ(MannKendall(std::vector<double>{7}).p_value, 1);
  EXPECT_EQ(MannKendall(Rising(2)).p_value, 1) << "two orders, both as far from 0";
  for (const double level : {0.0, 5.0}) {
    const TrendStatistic equal = MannKendall(std::vector<double>(20, level));
    EXPECT_EQ(equal.s, 0);
    EXPECT_EQ(equal.variance, 0) << "20 x 19 x 45 less the same for one group of twenty";
    EXPECT_EQ(equal.z, 0);
    EXPECT_EQ(equal.p_value, 1);
  }
}

// 10 comes before nine lesser values, 9 before eight, 4 before three: 20 of 45 pairs fall, S = 25 - 20. Two more where 6 5 and 8 7 change places.
TEST(MannKendall, ContinuityTakesOneFromTheScore) {
  const TrendStatistic five = MannKendall(std::vector<double>{10, 9, 4, 1, 2, 3, 5, 6, 7, 8});
  EXPECT_EQ(five.s, 5);
  EXPECT_DOUBLE_EQ(five.z, 4 / std::sqrt(125.0));
  const TrendStatistic one = MannKendall(std::vector<double>{10, 9, 4, 1, 2, 3, 6, 5, 8, 7});
  EXPECT_EQ(one.s, 1);
  EXPECT_EQ(one.z, 0);
  EXPECT_EQ(one.p_value, 1);
}

TEST(MannKendall, WhatIsMissingTakesPartInNoPair) {
  const TrendStatistic test = MannKendall(std::vector<double>{kMissing, 1, kMissing, 2, 3});
  EXPECT_EQ(test.s, 3);
  EXPECT_DOUBLE_EQ(test.p_value, 2.0 / 6);
}

TEST(MannKendall, LongSeriesAndGreatCountsDoNotOverflow) {
  // 3,000 x 2,999 x 6,005 is 54 thousand million, over 32 bits; 4,498,500 pairs.
  const TrendStatistic many = MannKendall(Rising(3000));
  EXPECT_EQ(many.s, 4498500);
  EXPECT_DOUBLE_EQ(many.variance, 54026985000.0 / 18);
  EXPECT_EQ(MannKendall(std::vector<double>{0, 1e300, 1.7e308}).s, 3);
}

TEST(SeasonalMannKendall, AddsScoresAndVariancesOfTheSeasons) {
  // Two seasons, three years: 1 2 3 and 4 5 6. S = 3 + 3, Var = 2 x 66 / 18, Z = 5 / sqrt(22 / 3) = 1.846372.
  const std::vector<double> values{1, 4, 2, 5, 3, 6};
  const TrendStatistic test = SeasonalMannKendall(values, 2);
  EXPECT_EQ(test.method, TrendMethod::kSeasonal);
  EXPECT_EQ(test.s, 6);
  EXPECT_DOUBLE_EQ(test.variance, 22 / 3.0);
  EXPECT_DOUBLE_EQ(test.tau, 1);
  EXPECT_NEAR(test.z, 1.846372, 5e-7);
  EXPECT_NEAR(test.p_value, 0.064838, 5e-7);
  // Without its seasons 4 is over 2 and 3, and 5 over 3: 12 pairs rise and 3 fall.
  EXPECT_EQ(MannKendall(values).s, 9);
}

TEST(SeasonalMannKendall, OpposedSeasonsCancel) {
  const TrendStatistic test = SeasonalMannKendall(std::vector<double>{1, 6, 2, 5, 3, 4}, 2);
  EXPECT_EQ(test.s, 0);
  EXPECT_EQ(test.p_value, 1);
}

TEST(SeasonalMannKendall, AMissingValueDoesNotMoveTheOthersIntoAnotherSeason) {
  // Seasons 1 . 2 and . 5 3: one pair rises, one falls.
  const TrendStatistic test = SeasonalMannKendall(std::vector<double>{1, kMissing, kMissing, 5, 2, 3}, 2);
  EXPECT_EQ(test.s, 0);
  EXPECT_DOUBLE_EQ(test.variance, 2) << "2 x 1 x 9 / 18 each";
}

TEST(SeasonalMannKendall, OneYearHoldsNoPair) {
  const TrendStatistic test = SeasonalMannKendall(Rising(12), 12);
  EXPECT_EQ(test.method, TrendMethod::kNone);
  EXPECT_EQ(test.p_value, 1);
}

TEST(WithVarianceTimes, WidensAndSaysSo) {
  // 1 to 10: S 45, Var 125. Four times that: Z = 44 / sqrt(500) = 1.967740.
  const TrendStatistic test = WithVarianceTimes(MannKendall(Rising(10)), 4);
  EXPECT_EQ(test.method, TrendMethod::kAutocorrelationCorrected);
  EXPECT_EQ(test.s, 45);
  EXPECT_DOUBLE_EQ(test.variance, 500);
  EXPECT_NEAR(test.z, 1.967740, 5e-7);
  EXPECT_NEAR(test.p_value, 0.049098, 5e-7);
}

// 0 1 0 1 ... of twelve. 21 pairs rise, 15 fall: S 6; Var = (12 x 11 x 29 - 2 x 6 x 5 x 17) / 18 = 156; slope 0, since 30 of 66 pairs are level.
// Ranks 3.5 and 9.5 are 3 from their mean, so rho_k = (-1)^k (12 - k) / 12, and k = 1 to 5 pass 1.96 / sqrt(12) = 0.566.
// Sum of (12-k)(11-k)(10-k) rho_k: -907.5 + 600 - 378 + 224 - 122.5 = -584; factor 1 - 2 x 584 / 1320 = 19 / 165.
TEST(HamedRao, AlternatingValuesByHand) {
  std::vector<double> values(12);
  for (std::size_t i = 0; i < 12; ++i) values[i] = static_cast<double>(i % 2);
  const TrendStatistic all = HamedRao(values);
  EXPECT_EQ(all.method, TrendMethod::kAutocorrelationCorrected);
  EXPECT_EQ(all.s, 6);
  EXPECT_NEAR(all.variance, 156 * 19 / 165.0, 1e-9);
  EXPECT_NEAR(all.z, 5 / std::sqrt(156 * 19 / 165.0), 1e-9);
  // Two lags: 1 - 2 x 307.5 / 1320 = 47 / 88. Three leave no variance, 1 - 2 x 685.5 / 1320 < 0, and no correction is made.
  EXPECT_NEAR(HamedRao(values, 2).variance, 156 * 47 / 88.0, 1e-9);
  const TrendStatistic refused = HamedRao(values, 3);
  EXPECT_EQ(refused.method, TrendMethod::kNormal);
  EXPECT_DOUBLE_EQ(refused.variance, 156);
  EXPECT_DOUBLE_EQ(refused.z, 5 / std::sqrt(156.0));
}

TEST(HamedRao, NothingToCorrect) {
  EXPECT_EQ(HamedRao(std::vector<double>{1, 2}).p_value, 1);
  EXPECT_EQ(HamedRao(std::vector<double>(15, 4.0)).p_value, 1);
  EXPECT_DOUBLE_EQ(HamedRao(Rising(12), 0).variance, MannKendall(Rising(12)).variance) << "no lags";
}

}  // namespace
}  // namespace geo
