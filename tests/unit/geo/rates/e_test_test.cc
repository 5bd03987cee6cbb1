#include "geo/rates/e_test.h"

#include <gtest/gtest.h>

namespace geo {
namespace {

TEST(ETest, ReproducesPublishedVectors) {
  // Krishnamoorthy and Thomson 2004, to the digits they print.
  EXPECT_NEAR(ETest(0, 1, 3, 1).value(), 0.0884, 5e-5);
  EXPECT_NEAR(ETest(6, 1, 2, 1).value(), 0.1749, 5e-5);
  // Recomputed in R from the definition.
  EXPECT_NEAR(ETest(20, 1, 10, 1).value(), 0.0688318, 5e-8);
  EXPECT_NEAR(ETest(9, 1, 4, 1).value(), 0.1829781, 5e-8);
  EXPECT_NEAR(ETest(120, 1, 90, 1).value(), 0.0384626, 5e-8);
}

TEST(ETest, EqualRatesGiveOne) {
  EXPECT_EQ(ETest(1, 1, 1, 1).value(), 1.0);
  EXPECT_EQ(ETest(730, 730, 365, 365).value(), 1.0);
  EXPECT_EQ(ETest(30, 0.3, 10, 0.1).value(), 1.0);
}

TEST(ETest, IsTheSameBitsEitherWay) {
  for (const auto& [before, after] : {std::pair{0, 7}, {6, 2}, {55, 80}, {900, 812}}) {
    EXPECT_EQ(ETest(before, 365, after, 366).value(), ETest(after, 366, before, 365).value()) << before << " " << after;
    EXPECT_EQ(ETest(before, 365, after, 365).value(), ETest(after, 365, before, 365).value()) << before << " " << after;
  }
}

TEST(ETest, IsNotMadeOfNothingNorOfTooMany) {
  EXPECT_FALSE(ETest(0, 1, 0, 1).has_value());
  EXPECT_TRUE(ETest(kMostForETest, 1, 0, 1).has_value());
  EXPECT_FALSE(ETest(kMostForETest, 1, 1, 1).has_value());
}

TEST(ETestDeathTest, RefusesWhatIsNoCountOrExposure) {
  EXPECT_DEATH(ETest(-1, 1, 2, 1), "broken invariant");
  EXPECT_DEATH(ETest(1, 0, 2, 1), "broken invariant");
}

}  // namespace
}  // namespace geo
