#include "geo/rates/change_of_changes.h"

#include <gtest/gtest.h>

#include <cmath>

namespace geo {
namespace {

TEST(CompareChanges, IsFishersTeaTable) {
  // Fisher's lady: of 70 arrangements, 34 are no more likely.
  EXPECT_NEAR(CompareChanges(3, 1, 1, 3).p_value, 34.0 / 70, 1e-12);
  EXPECT_NEAR(CompareChanges(3, 1, 1, 3).ratio.value(), 1.0 / 9, 1e-15);
}

TEST(CompareChanges, SaysWhatZerosAllow) {
  EXPECT_FALSE(CompareChanges(0, 5, 4, 6).ratio.has_value());
  EXPECT_FALSE(CompareChanges(5, 4, 0, 6).ratio.has_value());
  EXPECT_FALSE(CompareChanges(5, 4, 6, 0).ratio.has_value());
  const RatioOfRatios gone = CompareChanges(5, 0, 4, 6);
  EXPECT_EQ(gone.ratio.value(), 0.0);
  EXPECT_EQ(gone.low, 0.0);
  EXPECT_TRUE(std::isfinite(gone.high));
  EXPECT_EQ(CompareChanges(0, 5, 4, 6).high, INFINITY);
  for (const RatioOfRatios& none : {CompareChanges(0, 0, 0, 0), CompareChanges(0, 0, 3, 4), CompareChanges(3, 4, 0, 0), CompareChanges(3, 0, 5, 0)}) {
    EXPECT_EQ(none.p_value, 1.0);
    EXPECT_EQ(none.low, 0.0);
    EXPECT_EQ(none.high, INFINITY);
  }
}

TEST(CompareChanges, EqualChangeIsNoSurprise) {
  const RatioOfRatios equal = CompareChanges(200, 240, 1000, 1200);
  EXPECT_NEAR(equal.ratio.value(), 1, 1e-15);
  EXPECT_EQ(equal.p_value, 1.0);
  // Exact beside the normal form, at counts where they must nearly agree.
  const double reach = 1.959964 * std::sqrt(1 / 200.0 + 1 / 240.0 + 1 / 1000.0 + 1 / 1200.0);
  EXPECT_NEAR(std::log(equal.low), -reach, 0.02);
  EXPECT_NEAR(std::log(equal.high), reach, 0.02);
}

TEST(CompareChanges, HoldsAtABillionAndBesideAZero) {
  const RatioOfRatios large = CompareChanges(1'000'000'000, 1'000'100'000, 900'000'000, 900'000'000);
  EXPECT_NEAR(large.ratio.value(), 1.0001, 1e-12);
  EXPECT_GT(large.p_value, 0.03);
  EXPECT_LT(large.p_value, 0.20);
  const RatioOfRatios none = CompareChanges(500'000, 0, 1'000'000, 1'000'000);
  EXPECT_EQ(none.ratio.value(), 0.0);
  EXPECT_LT(none.p_value, 1e-250);
  EXPECT_LT(none.high, 1e-4);
  EXPECT_GT(none.high, 0);
}

TEST(CompareChangesDeathTest, RefusesWhatIsNoCount) { EXPECT_DEATH(CompareChanges(1, 2, 3, -1), "broken invariant"); }

}  // namespace
}  // namespace geo
