// Published year-on-year figures that were worked by hand, and wrongly: what this room says of the same counts.
#include <gtest/gtest.h>

#include <cmath>

#include "geo/rates/poisson_interval.h"
#include "geo/rates/rate_ratio_test.h"

namespace geo {
namespace {

double PercentOf(std::int64_t before, std::int64_t after) { return (CompareRates(before, 365, after, 365).ratio.value() - 1) * 100; }
// The square-root form of the deviate that a quick look uses.
double RootDeviate(double before, double after) { return 2 * (std::sqrt(after) - std::sqrt(before)); }

TEST(HandMadeFigures, TheBaseIsTheEarlierYear) {
  // Reported as 18 % down, which divides by the later year.
  EXPECT_NEAR(PercentOf(32'564, 27'528), -15.5, 0.05);
  EXPECT_NEAR((32'564.0 - 27'528) / 27'528 * 100, 18.3, 0.05);
  // "Up 10 %": 23,125, 2,840 more than the year before.
  EXPECT_NEAR(PercentOf(23'125 - 2'840, 23'125), 14.0, 0.05);
  // "26.9 % fewer, a drop of 28 to 212".
  EXPECT_NEAR(PercentOf(240, 212), -11.7, 0.05);
  EXPECT_NEAR(212 / (1 - 0.269) - 212, 78, 0.1);
}

TEST(HandMadeFigures, TheOnlyRiseWasNone) {
  EXPECT_NEAR(RootDeviate(443, 444), 0.05, 0.005);
  EXPECT_GT(ConditionalPValue(443, 365, 444, 365), 0.99);
}

TEST(HandMadeFigures, TheSmallerPercentageIsTheStrongerFall) {
  EXPECT_NEAR(PercentOf(301, 199), -33.9, 0.05);
  EXPECT_NEAR(RootDeviate(301, 199), -6.5, 0.05);
  EXPECT_NEAR(RootDeviate(1'360, 1'040), -9.3, 0.05);
  EXPECT_LT(ConditionalPValue(301, 365, 199, 365), 1e-5);
  EXPECT_LT(ConditionalPValue(1'360, 365, 1'040, 365), ConditionalPValue(301, 365, 199, 365));
}

TEST(HandMadeFigures, QuickDeviates) {
  EXPECT_NEAR(RootDeviate(4, 9), 2, 1e-12);
  EXPECT_NEAR(RootDeviate(90, 120), 2.935236, 1e-6);
}

TEST(HandMadeFigures, ARateCarriesItsInterval) {
  const double per = 1000.0 / 8350;
  EXPECT_NEAR(42 * per, 5.029940, 5e-7);
  EXPECT_NEAR(ByarInterval(42).low * per, 3.624757, 5e-7);
  EXPECT_NEAR(ByarInterval(42).high * per, 6.799190, 5e-7);
}

}  // namespace
}  // namespace geo
