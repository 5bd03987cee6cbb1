#include "geo/trends/autocorrelation.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace geo {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

TEST(Ranks, TiesShareTheirMeanAndMissingStaysMissing) {
  const std::vector<double> ranks = RanksOf(std::vector<double>{3, 1, 3, kMissing, 2});
  ASSERT_EQ(ranks.size(), 5U);
  EXPECT_EQ(ranks[0], 3.5);
  EXPECT_EQ(ranks[1], 1);
  EXPECT_EQ(ranks[2], 3.5);
  EXPECT_TRUE(std::isnan(ranks[3]));
  EXPECT_EQ(ranks[4], 2);
  EXPECT_EQ(RanksOf(std::vector<double>{7, 7, 7}), (std::vector<double>{2, 2, 2}));
  EXPECT_TRUE(RanksOf(std::vector<double>{}).empty());
}

// Deviations of 1 2 3 4: -1.5 -0.5 0.5 1.5, squares 5. Lag 1: 0.75 - 0.25 + 0.75; lag 2: -0.75 - 0.75; lag 3: -2.25.
TEST(Autocorrelation, FourRisingValues) {
  const std::vector<double> values{1, 2, 3, 4};
  EXPECT_DOUBLE_EQ(Autocorrelation(values, 0), 1);
  EXPECT_DOUBLE_EQ(Autocorrelation(values, 1), 1.25 / 5);
  EXPECT_DOUBLE_EQ(Autocorrelation(values, 2), -1.5 / 5);
  EXPECT_DOUBLE_EQ(Autocorrelation(values, 3), -2.25 / 5);
  EXPECT_EQ(Autocorrelation(values, 4), 0) << "no pair so far apart";
}

TEST(Autocorrelation, MissingValuesKeepTheirPlace) {
  // 1 . 3: deviations -1 and 1, two steps apart.
  const std::vector<double> values{1, kMissing, 3};
  EXPECT_EQ(Autocorrelation(values, 1), 0);
  EXPECT_DOUBLE_EQ(Autocorrelation(values, 2), -0.5);
}

TEST(Autocorrelation, OfWhatDoesNotVaryIsZero) {
  EXPECT_EQ(Autocorrelation(std::vector<double>(9, 4.0), 1), 0);
  EXPECT_EQ(Autocorrelation(std::vector<double>{}, 1), 0);
  EXPECT_EQ(Autocorrelation(std::vector<double>{kMissing, kMissing}, 1), 0);
}

TEST(VarianceFactor, ByHand) {
  // n = 4: lag 1 weighs 3 x 2 x 1, lag 2 weighs 2 x 1 x 0. 1 + 2 / 24 x 6 x 0.5.
  EXPECT_DOUBLE_EQ(VarianceFactor(4, std::vector<double>{9, 0.5, 0.9}), 1.25);
  EXPECT_DOUBLE_EQ(VarianceFactor(4, std::vector<double>{9, -0.5, 0.9}), 0.75);
  // n = 5: 4 x 3 x 2 x 0.5 + 3 x 2 x 1 x 0.25 = 13.5; 1 + 2 / 60 x 13.5.
  EXPECT_DOUBLE_EQ(VarianceFactor(5, std::vector<double>{9, 0.5, 0.25}), 1.45);
}

TEST(VarianceFactor, IsOneWithoutCorrelation) {
  EXPECT_EQ(VarianceFactor(2, std::vector<double>{1, 0.9}), 1);
  EXPECT_EQ(VarianceFactor(30, std::vector<double>{}), 1);
  EXPECT_EQ(VarianceFactor(30, std::vector<double>{1}), 1) << "lag 0 is not used";
}

}  // namespace
}  // namespace geo
