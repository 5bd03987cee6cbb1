#include "geo/rates/rate_ratio_test.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace geo {
namespace {

// R: binom.test(6, 8)$p.value and so on.
TEST(CompareRates, ReproducesPublishedVectors) {
  EXPECT_NEAR(CompareRates(6, 1, 2, 1).p_value, 0.2890625, 1e-12);
  EXPECT_NEAR(CompareRates(20, 1, 10, 1).p_value, 0.0987371, 6e-8);
  const RateRatio rise = CompareRates(90, 365, 120, 365);
  EXPECT_NEAR(rise.p_value, 0.0451141, 6e-8);
  EXPECT_NEAR(rise.ratio.value(), 4.0 / 3.0, 1e-15);
  EXPECT_NEAR(rise.low, 1.006042, 6e-7);
  EXPECT_NEAR(rise.high, 1.772430, 6e-7);
}

TEST(CompareRates, CountsDaysNotPeriods) {
  // 730 in two years and 365 in one: the same rate a day.
  const RateRatio equal = CompareRates(730, 730, 365, 365);
  EXPECT_NEAR(equal.ratio.value(), 1.0, 1e-15);
  EXPECT_EQ(equal.p_value, 1.0);
  // A leap year alone moves the ratio.
  EXPECT_NEAR(CompareRates(1000, 365, 1000, 366).ratio.value(), 365.0 / 366.0, 1e-15);
}

TEST(CompareRates, SaysWhatZerosAllow) {
  const RateRatio none = CompareRates(0, 365, 0, 366);
  EXPECT_FALSE(none.ratio.has_value());
  EXPECT_EQ(none.p_value, 1.0);
  EXPECT_EQ(none.low, 0.0);
  EXPECT_EQ(none.high, std::numeric_limits<double>::infinity());

  const RateRatio appeared = CompareRates(0, 365, 5, 365);
  EXPECT_FALSE(appeared.ratio.has_value());
  EXPECT_NEAR(appeared.p_value, 0.0625, 1e-12);  // 2 / 2^5
  EXPECT_GT(appeared.low, 0.0);
  EXPECT_EQ(appeared.high, std::numeric_limits<double>::infinity());

  const RateRatio vanished = CompareRates(5, 365, 0, 365);
  EXPECT_EQ(vanished.ratio.value(), 0.0);
  EXPECT_EQ(vanished.low, 0.0);
  EXPECT_NEAR(vanished.high, 1 / appeared.low, 1e-12);
}

TEST(ConditionalPValue, IsThePValueOfTheComparison) {
  for (const std::int64_t before : {0, 1, 7, 90, 4'000, 9'999, 10'001, 3'000'000}) {
    for (const std::int64_t after : {0, 2, 7, 120, 4'100, 10'001}) {
      const double p = ConditionalPValue(before, 365, after, 366);
      EXPECT_EQ(p, CompareRates(before, 365, after, 366).p_value) << before << " " << after;
      EXPECT_EQ(p, ConditionalPValue(after, 366, before, 365)) << before << " " << after;
      EXPECT_GE(p, 0);
      EXPECT_LE(p, 1);
    }
  }
}

// The recurrence and the incomplete beta function meet at a sum of 20,000: one incident more may not move p by more than it must.
TEST(ConditionalPValue, HasNoStepWhereTheMethodChanges) {
  const double last = ConditionalPValue(9'800, 365, 10'200, 366), next = ConditionalPValue(9'800, 365, 10'201, 366);
  EXPECT_LT(next, last);
  EXPECT_NEAR(next / last, ConditionalPValue(9'799, 365, 10'200, 366) / ConditionalPValue(9'799, 365, 10'199, 366), 2e-3);
  // Exposures too unlike for the recurrence: at a chance of 1e-15, one incident of four in the short period comes by chance 4 times in 1e15.
  EXPECT_NEAR(ConditionalPValue(1, 1, 3, 1e15), 4e-15, 1e-18);
}

TEST(CompareRates, StaysSoundAtTenMillion) {
  const RateRatio equal = CompareRates(10'000'000, 365, 10'000'000, 365);
  EXPECT_EQ(equal.p_value, 1.0);
  EXPECT_LT(equal.low, 1.0);
  EXPECT_GT(equal.high, 1.0);
  EXPECT_NEAR(equal.high - equal.low, 2 * 1.959964 * std::sqrt(2e-7), 1e-6);
  const RateRatio far = CompareRates(10'000'000, 365, 5'000'000, 365);
  EXPECT_TRUE(std::isfinite(far.p_value));
  EXPECT_LT(far.p_value, 1e-300);
}

TEST(CompareRates, StaysSoundAboveTheRangeOf32Bits) {
  const std::int64_t many = 3'000'000'000;
  const RateRatio equal = CompareRates(many, 365, many, 365);
  EXPECT_EQ(equal.p_value, 1.0);
  EXPECT_EQ(equal.ratio.value(), 1.0);
  EXPECT_LT(equal.low, 1.0);
  EXPECT_GT(equal.high, 1.0);
  EXPECT_NEAR(equal.high - equal.low, 2 * 1.959964 * std::sqrt(2.0 / 3e9), 1e-8);
  // Two standard deviations of the difference of two counts, where the normal law holds to far more digits than are asked for.
  const RateRatio apart = CompareRates(many, 365, many + 2 * 77'460, 365);
  EXPECT_NEAR(apart.p_value, 2 * 0.02275, 2e-5);
  EXPECT_LT(1.0, apart.low);  // as the test rejects equality at 5 %, so does the 95 % interval
  EXPECT_LT(apart.low, *apart.ratio);
  EXPECT_LT(*apart.ratio, apart.high);
}

TEST(CompareRatesDeathTest, RefusesWhatIsNoCountOrExposure) {
  EXPECT_DEATH(CompareRates(-1, 1, 2, 1), "broken invariant");
  EXPECT_DEATH(CompareRates(1, 0, 2, 1), "broken invariant");
  EXPECT_DEATH(CompareRates(1, std::numeric_limits<double>::quiet_NaN(), 2, 1), "broken invariant");
}

}  // namespace
}  // namespace geo
