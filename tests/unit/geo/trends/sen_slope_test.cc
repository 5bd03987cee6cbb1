#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "geo/trends/mann_kendall.h"

namespace geo {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

TEST(SenSlope, IsTheMedianOfThePairs) {
  // 1 3 2: slopes 2, 1/2, -1.
  EXPECT_DOUBLE_EQ(SenSlopeOf(std::vector<double>{1, 3, 2}).slope, 0.5);
  // Two values, one slope; four, six of them: 1 2 4 8 gives 1, 3/2, 7/3, 2, 3, 4, of which the middle two are 2 and 7/3.
  EXPECT_DOUBLE_EQ(SenSlopeOf(std::vector<double>{5, 3}).slope, -2);
  EXPECT_DOUBLE_EQ(SenSlopeOf(std::vector<double>{1, 2, 4, 8}).slope, (2 + 7.0 / 3) / 2);
}

TEST(SenSlope, AMissingValueKeepsItsPlaceInTime) { EXPECT_DOUBLE_EQ(SenSlopeOf(std::vector<double>{1, kMissing, 5}).slope, 2); }

// Squares of 0 to 4: the slope from i to j is i + j. Sorted 1 2 3 3 4 4 5 5 6 7.
TEST(SenSlope, IntervalByRanks) {
  const std::vector<double> values{0, 1, 4, 9, 16};
  EXPECT_DOUBLE_EQ(SenSlopeOf(values).slope, 4);
  // Variance 1: ranks (10 - 1.959964) / 2 = 4.020018 and (10 + 1.959964) / 2 + 1 = 6.979982, between 3 and 4, and between 4 and 5.
  const SenSlope narrow = SenSlopeOf(values, 1);
  EXPECT_NEAR(narrow.low, 3.020018, 5e-7);
  EXPECT_NEAR(narrow.high, 4.979982, 5e-7);
  // Variance 4: ranks 3.040036 and 7.959964, between two 3s, and between two 5s.
  const SenSlope wide = SenSlopeOf(values, 4);
  EXPECT_DOUBLE_EQ(wide.low, 3);
  EXPECT_DOUBLE_EQ(wide.high, 5);
  // Its own variance, 5 x 4 x 15 / 18: ranks 0.999 and 10.001 lie beyond the ends, which are taken.
  const SenSlope own = SenSlopeOf(values);
  EXPECT_DOUBLE_EQ(own.low, 1);
  EXPECT_DOUBLE_EQ(own.high, 7);
  const SenSlope none = SenSlopeOf(values, 0);
  EXPECT_DOUBLE_EQ(none.low, 4);
  EXPECT_DOUBLE_EQ(none.high, 4);
}

TEST(SenSlope, WithoutAPairIsZero) {
  for (const std::vector<double>& values : {std::vector<double>{}, std::vector<double>{3}, std::vector<double>{kMissing, 3, kMissing}}) {
    const SenSlope slope = SenSlopeOf(values);
    EXPECT_EQ(slope.slope, 0);
    EXPECT_EQ(slope.low, 0);
    EXPECT_EQ(slope.high, 0);
  }
}

TEST(SenSlope, EqualValuesHaveNone) {
  const SenSlope slope = SenSlopeOf(std::vector<double>(30, 8.0));
  EXPECT_EQ(slope.slope, 0);
  EXPECT_EQ(slope.low, 0);
  EXPECT_EQ(slope.high, 0);
}

TEST(SenSlope, GreatCounts) { EXPECT_DOUBLE_EQ(SenSlopeOf(std::vector<double>{0, 9e15, 1.8e16}).slope, 9e15); }

TEST(SeasonalSenSlope, PairsWithinASeasonAlonePerYear) {
  // Seasons 1 3 8 (2, 5, 7/2 a year) and 10 20 30 (10, 10, 10): sorted 2 3.5 5 10 10 10.
  EXPECT_DOUBLE_EQ(SeasonalSenSlope(std::vector<double>{1, 10, 3, 20, 8, 30}, 2).slope, 7.5);
  // The season itself is no slope: 0 and 100 by turns.
  EXPECT_EQ(SeasonalSenSlope(std::vector<double>{0, 100, 0, 100, 0, 100}, 2).slope, 0);
  // 4 two years after 1, the year between missing: 3/2 a year.
  EXPECT_DOUBLE_EQ(SeasonalSenSlope(std::vector<double>{1, kMissing, kMissing, kMissing, 4, kMissing}, 2).slope, 1.5);
  EXPECT_EQ(SeasonalSenSlope(std::vector<double>{1, 2, 3}, 12).slope, 0) << "no season comes twice";
}

}  // namespace
}  // namespace geo
