#include "geo/rates/poisson_interval.h"

#include <gtest/gtest.h>

#include <cmath>

namespace geo {
namespace {

// Published and recomputed in R: qchisq(c(.025, .975), c(2, 2) * O + c(0, 2)) / 2, and Byar's formula.
TEST(PoissonInterval, ReproducesPublishedVectors) {
  const auto expect = [](CountInterval interval, double low, double high) {
    EXPECT_NEAR(interval.low, low, 6e-7);
    EXPECT_NEAR(interval.high, high, 6e-7);
  };
  expect(ExactPoissonInterval(0), 0, 3.688879);
  expect(ExactPoissonInterval(1), 0.025318, 5.571643);
  expect(ExactPoissonInterval(5), 1.623486, 11.668332);
  expect(ExactPoissonInterval(10), 4.795389, 18.390356);
  expect(ByarInterval(10), 4.787450, 18.391459);
  expect(ExactPoissonInterval(100), 81.363991, 121.626794);
  expect(ByarInterval(100), 81.362105, 121.627938);
}

TEST(PoissonInterval, ScalesToRatePerThousand) {
  const CountInterval interval = PoissonInterval(42);
  EXPECT_NEAR(42 * 1000.0 / 8350, 5.029940, 6e-7);
  EXPECT_NEAR(interval.low * 1000 / 8350, 3.624757, 6e-7);
  EXPECT_NEAR(interval.high * 1000 / 8350, 6.799190, 6e-7);
}

TEST(PoissonInterval, IsExactBelowTenAndByarFromTen) {
  EXPECT_EQ(PoissonInterval(9).low, ExactPoissonInterval(9).low);
  EXPECT_EQ(PoissonInterval(9).high, ExactPoissonInterval(9).high);
  EXPECT_EQ(PoissonInterval(10).low, ByarInterval(10).low);
  EXPECT_EQ(PoissonInterval(10).high, ByarInterval(10).high);
}

TEST(PoissonInterval, HoldsTheCountAndStaysFiniteAtEverySize) {
  for (const std::int64_t count : {0LL, 1LL, 2LL, 9LL, 10LL, 1000LL, 10'000'000LL, 3'000'000'000LL, 1'000'000'000'000LL}) {
    for (const double level : {0.5, 0.8, 0.95, 0.998, 0.999999}) {
      for (const CountInterval interval : {ExactPoissonInterval(count, level), ByarInterval(count, level)}) {
        EXPECT_TRUE(std::isfinite(interval.low) && std::isfinite(interval.high)) << count << " at " << level;
        EXPECT_LE(0, interval.low) << count << " at " << level;
        EXPECT_LE(interval.low, static_cast<double>(count)) << count << " at " << level;
        EXPECT_LT(static_cast<double>(count), interval.high) << count << " at " << level;
      }
    }
  }
}

TEST(PoissonIntervalDeathTest, RefusesNegativeCountsAndLevelsOutsideZeroToOne) {
  EXPECT_DEATH(ExactPoissonInterval(-1), "broken invariant");
  EXPECT_DEATH(ByarInterval(3, 1.0), "broken invariant");
}

}  // namespace
}  // namespace geo
