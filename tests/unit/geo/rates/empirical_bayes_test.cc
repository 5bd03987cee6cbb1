#include "geo/rates/empirical_bayes.h"

#include <gtest/gtest.h>

namespace geo {
namespace {

// Recomputed in R from Marshall's formulae.
TEST(SmoothRates, ReproducesTheVector) {
  const std::vector<double> counts{3, 40, 12, 90, 5, 25, 60, 8}, people{500, 4000, 2500, 6000, 900, 3100, 3000, 700};
  const SmoothedRates smoothed = SmoothRates(counts, people);
  EXPECT_NEAR(smoothed.mean, 0.01173913043, 5e-12);
  EXPECT_NEAR(smoothed.variance, 2.385558245e-05, 5e-15);
  EXPECT_NEAR(smoothed.between, 1.931872045e-05, 5e-15);
  const double weights[] = {0.4514038, 0.8681204, 0.8044649, 0.9080376, 0.5969533, 0.8361078, 0.8315649, 0.5353091};
  const double rates[] = {0.009148465, 0.010229356, 0.006156843, 0.014700123, 0.008047825, 0.008666757, 0.018608580, 0.011572885};
  for (std::size_t i = 0; i < 8; ++i) {
    EXPECT_NEAR(smoothed.weight[i], weights[i], 5e-8) << i;
    EXPECT_NEAR(smoothed.rate[i], rates[i], 5e-10) << i;
  }
}

TEST(SmoothRates, TakesTheMeanWhereRatesVaryNoMoreThanChance) {
  const SmoothedRates smoothed = SmoothRates(std::vector<double>{10, 11, 9}, std::vector<double>{1000, 1000, 1000});
  EXPECT_EQ(smoothed.between, 0.0);
  for (const double rate : smoothed.rate) EXPECT_EQ(rate, 0.01);
  const SmoothedRates none = SmoothRates(std::vector<double>{0, 0}, std::vector<double>{5, 7});
  EXPECT_EQ(none.rate, (std::vector<double>{0, 0}));
}

TEST(SmoothRates, NeverLeavesTheSpanOfRateAndMean) {
  const std::vector<double> counts{0, 400, 1, 90, 0, 25}, people{50, 400, 2500, 6000, 9, 31};
  const SmoothedRates smoothed = SmoothRates(counts, people);
  EXPECT_GT(smoothed.between, 0);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double own = counts[i] / people[i];
    EXPECT_GE(smoothed.rate[i], std::min(own, smoothed.mean)) << i;
    EXPECT_LE(smoothed.rate[i], std::max(own, smoothed.mean)) << i;
  }
}

TEST(SmoothRatesDeathTest, RefusesNobody) { EXPECT_DEATH(SmoothRates(std::vector<double>{1}, std::vector<double>{0}), "broken invariant"); }

}  // namespace
}  // namespace geo
