// Figures that were published by hand, some of them wrong, and what the counts printed beside them really say.
#include "geo/change/change_of_counts.h"

#include <gtest/gtest.h>

#include <cmath>

namespace geo {
namespace {

constexpr int kYear = 365;

TEST(ChangeOf, PutsPublishedPercentagesRight) {
  // Reported to a committee as a fall of 18 %, which is what dividing by the later year gives.
  EXPECT_NEAR(*ChangeOf(32'564, kYear, 27'528, kYear).percent, -15.5, 0.05);
  // Reported as "up 10 %".
  EXPECT_NEAR(*ChangeOf(20'285, kYear, 23'125, kYear).percent, 14.0, 0.05);
  // Given as 26.9 % fewer, "a drop of 28 to 212".
  const Change rainham = ChangeOf(240, kYear, 212, kYear);
  EXPECT_EQ(rainham.difference, -28);
  EXPECT_NEAR(*rainham.percent, -11.7, 0.05);
  EXPECT_GT(rainham.p_value, 0.05);
  // Named as the only ward to rise.
  const Change twydall = ChangeOf(443, kYear, 444, kYear);
  EXPECT_NEAR(twydall.poisson_z, 0.05, 0.005);
  EXPECT_GT(twydall.p_value, 0.9);
  // The smaller percentage is the stronger evidence.
  const Change watling = ChangeOf(301, kYear, 199, kYear), luton = ChangeOf(1360, kYear, 1040, kYear);
  EXPECT_NEAR(*watling.percent, -33.9, 0.05);
  EXPECT_NEAR(watling.poisson_z, -6.5, 0.05);
  EXPECT_NEAR(*luton.percent, -23.5, 0.05);
  EXPECT_NEAR(luton.poisson_z, -9.3, 0.05);
  EXPECT_LT(luton.p_value, watling.p_value);
}

TEST(ChangeOf, HoldsPublishedVectors) {
  const Change six_two = ChangeOf(6, kYear, 2, kYear);
  EXPECT_NEAR(six_two.p_value, 0.2890625, 1e-12);
  EXPECT_NEAR(*six_two.e_test_p_value, 0.1749, 5e-5);
  EXPECT_FALSE(six_two.percent.has_value()) << "under a base of 20";
  const Change change = ChangeOf(90, kYear, 120, kYear);
  EXPECT_NEAR(change.p_value, 0.0451141, 5e-8);
  EXPECT_NEAR(*change.e_test_p_value, 0.0384626, 5e-7);
  EXPECT_NEAR(change.ratio_low, 1.006042, 5e-7);
  EXPECT_NEAR(change.ratio_high, 1.772430, 5e-7);
  EXPECT_NEAR(change.poisson_z, 2.935236, 5e-7);
  EXPECT_NEAR(PoissonZ(4, kYear, 9, kYear), 2, 1e-12);
  EXPECT_EQ(change.widened_p_value, change.p_value);
}

TEST(ChangeOf, HidesPercentagesUnderABaseOfTwenty) {
  EXPECT_FALSE(ChangeOf(1, kYear, 3, kYear).percent.has_value());
  EXPECT_FALSE(ChangeOf(19, kYear, 300, kYear).percent.has_value());
  EXPECT_NEAR(*ChangeOf(20, kYear, 30, kYear).percent, 50, 1e-12);
}

TEST(ChangeOf, ComparesByTheDay) {
  const Change leap = ChangeOf(3650, 365, 3660, 366);
  EXPECT_NEAR(*leap.ratio, 1, 1e-15);
  EXPECT_NEAR(leap.poisson_z, 0, 1e-12);
  EXPECT_NEAR(*leap.percent, 0, 1e-12);
  EXPECT_NEAR(leap.p_value, 1, 1e-9);
  // One a day in a month and in a year.
  EXPECT_NEAR(PoissonZ(30, 30, 365, 365), 0, 1e-12);
  EXPECT_GT(PoissonZ(30, 30, 400, 365), 0);
}

TEST(ChangeOf, KnowsNothingOfTwoEmptyPeriods) {
  const Change nothing = ChangeOf(0, kYear, 0, kYear);
  EXPECT_FALSE(nothing.ratio.has_value());
  EXPECT_FALSE(nothing.percent.has_value());
  EXPECT_FALSE(nothing.e_test_p_value.has_value());
  EXPECT_EQ(nothing.p_value, 1);
  EXPECT_EQ(nothing.poisson_z, 0);
  const Change risen = ChangeOf(0, kYear, 30, kYear);
  EXPECT_FALSE(risen.ratio.has_value());
  EXPECT_TRUE(std::isinf(risen.ratio_high));
}

}  // namespace
}  // namespace geo
