// The conditional test and its interval against every outcome summed one by one in long double.
#include "geo/rates/rate_ratio_test.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace geo {
namespace {

constexpr unsigned kSeed = 20130214;

// P(X = k) for every k, by recursion outwards from the mode, then normalised: no gamma function, no incomplete beta.
std::vector<long double> EveryOutcome(std::int64_t n, long double p) {
  std::vector<long double> chance(static_cast<std::size_t>(n) + 1);
  const auto mode = std::min(n, static_cast<std::int64_t>((static_cast<long double>(n) + 1) * p));
  const long double odds = p / (1 - p);
  chance[mode] = 1;
  for (std::int64_t k = mode; k < n; ++k) chance[k + 1] = chance[k] * odds * static_cast<long double>(n - k) / static_cast<long double>(k + 1);
  for (std::int64_t k = mode; k > 0; --k) chance[k - 1] = chance[k] / odds * static_cast<long double>(k) / static_cast<long double>(n - k + 1);
  long double sum = 0;
  for (const long double c : chance) sum += c;
  for (long double& c : chance) c /= sum;
  return chance;
}

double SlowPValue(std::int64_t before, double exposure_before, std::int64_t after, double exposure_after) {
  const long double p = static_cast<long double>(exposure_after) / (static_cast<long double>(exposure_before) + exposure_after);
  const std::vector<long double> chance = EveryOutcome(before + after, p);
  const long double bar = chance[after] * (1 + 1e-7L);
  long double sum = 0;
  for (const long double c : chance) {
    if (c <= bar) sum += c;
  }
  return std::min(1.0, static_cast<double>(sum));
}

double UpperTail(std::int64_t n, long double odds, std::int64_t from) {
  const std::vector<long double> chance = EveryOutcome(n, odds / (1 + odds));
  long double sum = 0;
  for (std::int64_t k = from; k <= n; ++k) sum += chance[k];
  return static_cast<double>(sum);
}

TEST(CompareRatesOracle, PValueIsTheSumOfOutcomesNoMoreLikely) {
  std::mt19937 random(kSeed);
  for (int round = 0; round < 3000; ++round) {
    const std::int64_t most = round % 3 == 0 ? 12 : round % 3 == 1 ? 200 : 4000;
    const auto before = static_cast<std::int64_t>(random() % most);
    const auto after = static_cast<std::int64_t>(random() % most);
    const double exposure_before = 28 + static_cast<double>(random() % 800);
    const double exposure_after = round % 2 == 0 ? exposure_before : 28 + static_cast<double>(random() % 800);
    if (before + after == 0) continue;
    const double slow = SlowPValue(before, exposure_before, after, exposure_after);
    const double fast = CompareRates(before, exposure_before, after, exposure_after).p_value;
    EXPECT_NEAR(fast, slow, 1e-9 * slow + 1e-250) << "seed " << kSeed << " round " << round << ": " << before << "/" << exposure_before << " to " << after
                                                  << "/" << exposure_after;
  }
}

TEST(CompareRatesOracle, IntervalLeavesTwoAndAHalfPerCentInEachTail) {
  std::mt19937 random(kSeed + 1);
  for (int round = 0; round < 300; ++round) {
    const auto before = static_cast<std::int64_t>(1 + random() % 500);
    const auto after = static_cast<std::int64_t>(1 + random() % 500);
    const double exposure_before = 28 + static_cast<double>(random() % 800);
    const double exposure_after = 28 + static_cast<double>(random() % 800);
    const RateRatio ratio = CompareRates(before, exposure_before, after, exposure_after);
    const long double to_odds = static_cast<long double>(exposure_after) / exposure_before;
    EXPECT_NEAR(UpperTail(before + after, ratio.low * to_odds, after), 0.025, 1e-9) << "seed " << kSeed + 1 << " round " << round;
    EXPECT_NEAR(1 - UpperTail(before + after, ratio.high * to_odds, after + 1), 0.025, 1e-9) << "seed " << kSeed + 1 << " round " << round;
  }
}

// Ten million outcomes still sum here, and show that the fast form keeps its digits.
TEST(CompareRatesOracle, HoldsAtTenMillion) {
  for (const std::int64_t after : {5'000'000LL, 5'000'001LL, 5'002'000LL, 5'008'000LL, 5'020'000LL}) {
    const std::int64_t before = 10'000'000 - after;
    const double slow = SlowPValue(before, 365, after, 366);
    EXPECT_NEAR(CompareRates(before, 365, after, 366).p_value, slow, 1e-9 * slow) << after;
  }
}

}  // namespace
}  // namespace geo
