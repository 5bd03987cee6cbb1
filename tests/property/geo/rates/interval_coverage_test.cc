// Intervals hold the truth as often as they say: summed over every outcome, no sampling.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "geo/rates/change_of_changes.h"
#include "geo/rates/e_test.h"
#include "geo/rates/funnel.h"
#include "geo/rates/poisson_interval.h"
#include "geo/rates/rate_ratio_test.h"

namespace geo {
namespace {

// Chances of 0, 1, ... up to where they are negligible.
std::vector<double> PoissonChances(double mean) {
  std::vector<double> chances;
  for (int k = 0; k < mean + 12 * std::sqrt(mean) + 30; ++k) chances.push_back(std::exp(k * std::log(mean) - mean - std::lgamma(k + 1.0)));
  return chances;
}

double Coverage(double mean, CountInterval (*interval)(std::int64_t, double), double level) {
  const std::vector<double> chances = PoissonChances(mean);
  double held = 0;
  for (std::size_t k = 0; k < chances.size(); ++k) {
    const CountInterval of = interval(static_cast<std::int64_t>(k), level);
    if (of.low <= mean && mean <= of.high) held += chances[k];
  }
  return held;
}

TEST(IntervalCoverage, PoissonIntervalsHoldTheMean) {
  for (const double level : {0.8, 0.95, 0.998}) {
    double sum = 0;
    int means = 0;
    for (double mean = 0.05; mean < 400; mean *= 1.037, ++means) {
      // Exact is never under its level; Byar's approximation and the mixture of both by less than a point.
      EXPECT_GE(Coverage(mean, ExactPoissonInterval, level), level - 1e-9) << "mean " << mean << " level " << level;
      EXPECT_GE(Coverage(mean, PoissonInterval, level), level - 0.01) << "mean " << mean << " level " << level;
      if (mean >= 10) {
        EXPECT_GE(Coverage(mean, ByarInterval, level), level - 0.01) << "mean " << mean << " level " << level;
      }
      if (mean >= 100) sum += Coverage(mean, PoissonInterval, level);
      else --means;
    }
    // Where counts are many the coverage is the level itself, on average over means: whole counts add half an outcome at either end, which is the more the
    // denser they lie there.
    EXPECT_NEAR(sum / means, level, level < 0.9 ? 0.015 : 0.01) << level;
  }
}

TEST(IntervalCoverage, RatioIntervalsHoldTheRatio) {
  for (const double mean : {1.0, 6.0, 25.0, 80.0}) {
    for (const double ratio : {0.3, 1.0, 1.4}) {
      const std::vector<double> before = PoissonChances(mean), after = PoissonChances(mean * ratio * 366 / 365);
      double held = 0, rejected = 0;
      for (std::size_t b = 0; b < before.size(); ++b) {
        for (std::size_t a = 0; a < after.size(); ++a) {
          const double chance = before[b] * after[a];
          if (chance < 1e-9) continue;
          const RateRatio of = CompareRates(static_cast<std::int64_t>(b), 365, static_cast<std::int64_t>(a), 366);
          if (of.low <= ratio && ratio <= of.high) held += chance;
          if (of.p_value <= 0.05) rejected += chance;
        }
      }
      EXPECT_GE(held, 0.95 - 1e-4) << mean << " x " << ratio;
      if (ratio == 1) {
        EXPECT_LE(rejected, 0.05) << mean;
      }
    }
  }
}

// The level of the tests under equal rates: the conditional one keeps it strictly, the E-test to within a point, and rejects oftener.
TEST(IntervalCoverage, ETestKeepsItsLevelAndFindsMore) {
  for (const double mean : {2.0, 8.0, 30.0}) {
    const std::vector<double> chances = PoissonChances(mean);
    double conditional = 0, e_test = 0;
    for (std::size_t b = 0; b < chances.size(); ++b) {
      for (std::size_t a = 0; a < chances.size(); ++a) {
        const double chance = chances[b] * chances[a];
        if (a + b == 0 || chance < 1e-9) continue;
        if (ConditionalPValue(static_cast<std::int64_t>(b), 1, static_cast<std::int64_t>(a), 1) <= 0.05) conditional += chance;
        if (*ETest(static_cast<std::int64_t>(b), 1, static_cast<std::int64_t>(a), 1) <= 0.05) e_test += chance;
      }
    }
    EXPECT_LE(conditional, 0.05) << mean;
    EXPECT_LE(e_test, 0.06) << mean;
    EXPECT_GT(e_test, conditional) << mean;
  }
}

// Given both sums of counts and all margins, the place's later count is non-central hypergeometric: its interval holds the ratio of ratios.
TEST(IntervalCoverage, RatioOfRatiosHoldsTheTruth) {
  for (const auto& [place, other, after] : {std::tuple{12, 30, 20}, {60, 200, 130}, {900, 3000, 1900}}) {
    for (const double ratio : {0.5, 1.0, 1.6}) {
      std::vector<double> logs;
      const int first = std::max(0, after - other), last = std::min(place, after);
      const auto choose = [](double n, double k) { return std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1); };
      for (int k = first; k <= last; ++k) logs.push_back(choose(place, k) + choose(other, after - k) + k * std::log(ratio));
      const double greatest = *std::max_element(logs.begin(), logs.end());
      double all = 0, held = 0, rejected = 0;
      for (int k = first; k <= last; ++k) {
        const double chance = std::exp(logs[static_cast<std::size_t>(k - first)] - greatest);
        all += chance;
        if (chance < 1e-12) continue;
        const RatioOfRatios of = CompareChanges(place - k, k, other - (after - k), after - k);
        if (of.low <= ratio && ratio <= of.high) held += chance;
        if (of.p_value <= 0.05) rejected += chance;
      }
      EXPECT_GE(held / all, 0.94) << place << " " << other << " " << after << " x " << ratio;
      if (ratio == 1) {
        EXPECT_LE(rejected / all, 0.05) << place;
      }
    }
  }
}

// Interpolated limits are met on average: of expectations over a whole number, each tail has its chance. At one expectation a limit of whole counts must be off
// by part of an outcome.
TEST(IntervalCoverage, FunnelLimitsAreCalibrated) {
  for (const double from : {15.0, 40.0, 150.0}) {
    double outside_95 = 0, outside_998 = 0, chi_low = 0, chi_high = 0, low = 0, high = 0;
    constexpr int kSteps = 200;
    for (int step = 0; step < kSteps; ++step) {
      const double expected = from + from / 3 * step / kSteps;
      const FunnelLimits limits = FunnelLimitsAt(expected), chi = ChiSquareFunnelRatiosAt(expected);
      const std::vector<double> chances = PoissonChances(expected);
      double own_95 = 0;
      for (std::size_t k = 0; k < chances.size(); ++k) {
        const auto count = static_cast<double>(k);
        const FunnelClass of = ClassOf(count, limits);
        if (of != FunnelClass::kWithin) own_95 += chances[k];
        if (of == FunnelClass::kAbove998 || of == FunnelClass::kBelow998) outside_998 += chances[k];
        if (count < limits.low_95) low += chances[k];
        if (count > limits.high_95) high += chances[k];
        if (count < chi.low_95 * expected) chi_low += chances[k];
        if (count > chi.high_95 * expected) chi_high += chances[k];
      }
      outside_95 += own_95;
      EXPECT_NEAR(own_95, 0.05, 0.03) << expected;
    }
    EXPECT_NEAR(outside_95 / kSteps, 0.05, 0.01) << from;
    EXPECT_NEAR(outside_998 / kSteps, 0.002, 0.001) << from;
    EXPECT_NEAR(low / kSteps, 0.025, 0.01) << from;
    EXPECT_NEAR(high / kSteps, 0.025, 0.01) << from;
    // Why the chi-square form is not used: both its limits lie higher, so that it flags more low areas and fewer high ones.
    EXPECT_GT(chi_low, low) << from;
    EXPECT_LT(chi_high, high) << from;
  }
}

}  // namespace
}  // namespace geo
