#include "geo/significance/benjamini_hochberg.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace geo {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;

// R: p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05), "BH").
TEST(AdjustForFalseDiscovery, TakesTheRunningMinimumFromTheTop) {
  const std::vector<double> p{0.01, 0.02, 0.03, 0.04, 0.05};
  EXPECT_THAT(AdjustForFalseDiscovery(p),
              ElementsAre(DoubleNear(0.05, 1e-15), DoubleNear(0.05, 1e-15), DoubleNear(0.05, 1e-15), DoubleNear(0.05, 1e-15), DoubleNear(0.05, 1e-15)));
}

// Ranks 1 and 2 fail their own thresholds (0.0125 and 0.025), rank 3 passes its own (0.0375): all three are discoveries. Stopping at the first failing rank
// finds none.
TEST(AdjustForFalseDiscovery, TakesTheLargestPassingRankPastFailingOnes) {
  const std::vector<double> p{0.9, 0.03, 0.036, 0.02};
  EXPECT_THAT(AdjustForFalseDiscovery(p), ElementsAre(0.9, DoubleNear(0.048, 1e-15), DoubleNear(0.048, 1e-15), DoubleNear(0.048, 1e-15)));
}

// 5 x 5 lattice, four cells with p 0.0279 of 25 tests: 25/4 * p, as published for the Gi* example (0.174289).
TEST(AdjustForFalseDiscovery, GivesTiesOneValue) {
  std::vector<double> p(25, 1.0);
  for (const std::size_t i : {7, 8, 12, 13}) p[i] = 0.02788624;
  const std::vector<double> q = AdjustForFalseDiscovery(p);
  for (const std::size_t i : {7, 8, 12, 13}) EXPECT_NEAR(q[i], 0.174289, 6e-7);
  EXPECT_EQ(q[0], 1.0);
}

TEST(AdjustForFalseDiscovery, LeavesOneTestAloneAndNoneEmpty) {
  EXPECT_THAT(AdjustForFalseDiscovery(std::vector<double>{0.0451141}), ElementsAre(0.0451141));
  EXPECT_TRUE(AdjustForFalseDiscovery({}).empty());
}

TEST(AdjustForFalseDiscoveryDeathTest, RefusesWhatIsNoChance) {
  EXPECT_DEATH(AdjustForFalseDiscovery(std::vector<double>{0.1, std::numeric_limits<double>::quiet_NaN()}), "broken invariant");
  EXPECT_DEATH(AdjustForFalseDiscovery(std::vector<double>{1.5}), "broken invariant");
}

}  // namespace
}  // namespace geo
