#include "geo/rates/dispersion.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

namespace geo {
namespace {

TEST(EstimateDispersion, DrawsTheTailsIn) {
  // Of ten values the least and the greatest become the next.
  const std::vector<double> z{-100, -4, -3, -2, -1, 1, 2, 3, 4, 100};
  const DispersionEstimate estimate = EstimateDispersion(z);
  EXPECT_NEAR(estimate.factor.value(), (4 * 16 + 2 * 9 + 2 * 4 + 2 * 1) / 10.0, 1e-12);
  EXPECT_EQ(estimate.areas, 10);
  EXPECT_NEAR(estimate.widening(), 9.2, 1e-12);
}

TEST(EstimateDispersion, TwoOfTwentyFourBecomeTheThird) {
  std::vector<double> z(24, 0.0);
  z[3] = 50;
  z[7] = 40;
  z[11] = 2;
  z[13] = -9;
  z[20] = -8;
  z[21] = -1;
  EXPECT_NEAR(EstimateDispersion(z).factor.value(), (3 * 4 + 3 * 1) / 24.0, 1e-12);
  std::mt19937 random(7);
  const double factor = EstimateDispersion(z).factor.value();
  std::shuffle(z.begin(), z.end(), random);
  EXPECT_EQ(EstimateDispersion(z).factor.value(), factor);
}

TEST(EstimateDispersion, NeedsAreasAndExcessToWiden) {
  EXPECT_FALSE(EstimateDispersion({}).factor.has_value());
  EXPECT_FALSE(EstimateDispersion(std::vector<double>{3}).factor.has_value());
  EXPECT_EQ(EstimateDispersion(std::vector<double>(9, 3.0)).factor.value(), 9.0);
  EXPECT_EQ(EstimateDispersion(std::vector<double>(9, 3.0)).widening(), 1.0);
  EXPECT_EQ(EstimateDispersion(std::vector<double>(10, 3.0)).widening(), 9.0);
  EXPECT_EQ(EstimateDispersion(std::vector<double>(10, 0.5)).widening(), 1.0);
}

TEST(WidenedPValue, DividesTheDeviate) {
  // Two-sided normal chances of 1.959964 and of half of it.
  EXPECT_NEAR(WidenedPValue(0.05, 4), 0.3270950, 1e-7);
  EXPECT_EQ(WidenedPValue(0.03, 1), 0.03);
  EXPECT_EQ(WidenedPValue(0, 7), 0.0);
  EXPECT_EQ(WidenedPValue(1, 7), 1.0);
  double last = 0;
  for (const double p : {1e-300, 1e-30, 1e-3, 0.2, 0.9}) {
    EXPECT_GT(WidenedPValue(p, 2), p);
    EXPECT_GT(WidenedPValue(p, 2), last);
    last = WidenedPValue(p, 2);
  }
}

TEST(DispersionDeathTest, RefusesWhatIsNoNumber) {
  EXPECT_DEATH(EstimateDispersion(std::vector<double>{1, std::numeric_limits<double>::infinity()}), "broken invariant");
  EXPECT_DEATH(WidenedPValue(1.5, 2), "broken invariant");
  EXPECT_DEATH(WidenedPValue(0.5, 0.9), "broken invariant");
}

}  // namespace
}  // namespace geo
