// Laws that the room keeps whatever the counts.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <vector>

#include "geo/rates/change_of_changes.h"
#include "geo/rates/dispersion.h"
#include "geo/rates/e_test.h"
#include "geo/rates/empirical_bayes.h"
#include "geo/rates/funnel.h"
#include "geo/rates/rank_interval.h"
#include "geo/rates/rate_ratio_test.h"
#include "tests/support/fixed_seed.h"

namespace geo {
namespace {

std::int64_t AnyCount() { return *rc::gen::oneOf(rc::gen::inRange<std::int64_t>(0, 12), rc::gen::inRange<std::int64_t>(0, 900)); }

RC_GTEST_PROP(RateLaws, PeriodsMayBeSwapped, ()) {
  const std::int64_t before = AnyCount(), after = AnyCount();
  const int one = *rc::gen::inRange(1, 800), two = *rc::gen::inRange(1, 800);
  RC_ASSERT(ConditionalPValue(before, one, after, two) == ConditionalPValue(after, two, before, one));
  RC_ASSERT(ETest(before, one, after, two) == ETest(after, two, before, one));
  RC_ASSERT(ConditionalPValue(before, one, after, two) >= 0 && ConditionalPValue(before, one, after, two) <= 1);
}

// Fisher's test knows neither which place is which nor which period.
RC_GTEST_PROP(RateLaws, PlacesAndPeriodsMayBeSwapped, ()) {
  const std::int64_t a = AnyCount(), b = AnyCount(), c = AnyCount(), d = AnyCount();
  const RatioOfRatios one = CompareChanges(a, b, c, d), places = CompareChanges(c, d, a, b), periods = CompareChanges(b, a, d, c);
  const auto near = [](double x, double y) { return x == y || std::abs(x - y) <= 1e-9 * std::abs(x); };
  RC_ASSERT(near(one.p_value, places.p_value) && near(one.p_value, periods.p_value));
  for (const RatioOfRatios& other : {places, periods}) {
    RC_ASSERT((one.low == 0 ? std::isinf(other.high) : near(one.low, 1 / other.high)));
    RC_ASSERT((other.low == 0 ? std::isinf(one.high) : near(one.high, 1 / other.low)));
  }
  if (one.ratio && b > 0) {
    RC_ASSERT(one.low <= *one.ratio * (1 + 1e-9) && *one.ratio <= one.high * (1 + 1e-9));
  }
}

RC_GTEST_PROP(RateLaws, WideningOnlyQuietens, ()) {
  const double p = *rc::gen::inRange(1, 1000) / 1000.0, widening = 1 + *rc::gen::inRange(0, 900) / 100.0;
  RC_ASSERT(WidenedPValue(p, widening) >= p);
  const double expected = *rc::gen::inRange(1, 200'000) / 100.0;
  const FunnelLimits plain = FunnelLimitsAt(expected), wide = FunnelLimitsAt(expected, widening);
  RC_ASSERT(wide.low_998 <= plain.low_998 && wide.low_95 <= plain.low_95 && wide.high_95 >= plain.high_95 && wide.high_998 >= plain.high_998);
  RC_ASSERT(plain.low_998 <= plain.low_95 && plain.low_95 <= plain.high_95 && plain.high_95 <= plain.high_998);
}

// The unit of an exposure is of no matter, and smoothed rates lie between the area's own and the whole's.
RC_GTEST_PROP(RateLaws, SmoothedRatesKeepUnits, ()) {
  const auto n = *rc::gen::inRange<std::size_t>(1, 30);
  std::vector<double> counts, exposures, scaled;
  for (std::size_t i = 0; i < n; ++i) {
    counts.push_back(static_cast<double>(AnyCount()));
    exposures.push_back(*rc::gen::inRange(1, 9000));
    scaled.push_back(exposures.back() * 1024);
  }
  const SmoothedRates own = SmoothRates(counts, exposures), other = SmoothRates(counts, scaled);
  for (std::size_t i = 0; i < n; ++i) {
    RC_ASSERT(own.weight[i] >= 0 && own.weight[i] <= 1);
    RC_ASSERT(std::abs(own.rate[i] - other.rate[i] * 1024) <= 1e-12 * own.rate[i]);
    const double raw = counts[i] / exposures[i];
    RC_ASSERT(own.rate[i] >= std::min(raw, own.mean) * (1 - 1e-12) && own.rate[i] <= std::max(raw, own.mean) * (1 + 1e-12));
  }
}

RC_GTEST_PROP(RateLaws, RanksAreRanks, ()) {
  const auto n = *rc::gen::inRange<std::size_t>(1, 20);
  std::vector<std::int64_t> counts;
  std::vector<double> exposures, scaled;
  for (std::size_t i = 0; i < n; ++i) {
    counts.push_back(AnyCount());
    exposures.push_back(*rc::gen::inRange(1, 9000));
    scaled.push_back(exposures.back() * 4096);
  }
  const auto ranges = RankRanges(counts, exposures, 1, 100, 3, NeverStop()).value(), other = RankRanges(counts, scaled, 1, 100, 3, NeverStop()).value();
  for (std::size_t i = 0; i < n; ++i) {
    RC_ASSERT(1 <= ranges[i].low && ranges[i].low <= ranges[i].high && ranges[i].high <= static_cast<int>(n));
    RC_ASSERT(ranges[i].rank == other[i].rank);
    std::size_t better = 0;
    for (std::size_t j = 0; j < n; ++j) better += static_cast<double>(counts[j]) / exposures[j] > static_cast<double>(counts[i]) / exposures[i];
    RC_ASSERT(ranges[i].rank == static_cast<int>(better) + 1);
  }
}

// 400 authorities of 24 wards whose true rates are known and drawn from a wide span: the 90 % range holds the true rank at least as often, less one point.
TEST(RateLaws, RankRangesHoldTheTrueRank) {
  constexpr unsigned kSeed = 20230504;
  constexpr int kWards = 24, kAuthorities = 400;
  std::mt19937_64 random(kSeed);
  int held = 0;
  for (int authority = 0; authority < kAuthorities; ++authority) {
    std::vector<double> rates(kWards), exposures(kWards);
    std::vector<std::int64_t> counts(kWards);
    for (int i = 0; i < kWards; ++i) {
      rates[i] = std::exp(std::normal_distribution<double>(0, 0.5)(random));
      exposures[i] = 40 + static_cast<double>(random() % 200);
      counts[i] = std::poisson_distribution<std::int64_t>(rates[i] * exposures[i])(random);
    }
    const auto ranges = RankRanges(counts, exposures, 1, 400, authority, NeverStop()).value();
    for (int i = 0; i < kWards; ++i) {
      const auto rank = 1 + static_cast<int>(std::count_if(rates.begin(), rates.end(), [&](double rate) { return rate > rates[i]; }));
      held += ranges[i].low <= rank && rank <= ranges[i].high;
    }
  }
  EXPECT_GE(held / double{kWards * kAuthorities}, 0.89) << "seed " << kSeed;
  EXPECT_LE(held / double{kWards * kAuthorities}, 0.98) << "seed " << kSeed << ": too wide to be of use";
  RecordProperty("held_per_thousand", held * 1000 / (kWards * kAuthorities));
}

// Poisson counts have a dispersion of about 1 before winsorising takes off the tails; twice the variance shows.
TEST(RateLaws, DispersionTellsBurstsFromCounts) {
  constexpr unsigned kSeed = 20120313;
  std::mt19937_64 random(kSeed);
  double plain = 0, burst = 0;
  constexpr int kRounds = 500;
  for (int round = 0; round < kRounds; ++round) {
    std::vector<double> z_plain, z_burst;
    for (int i = 0; i < 24; ++i) {
      const double mean = 100 + static_cast<double>(random() % 200);
      z_plain.push_back(2 * (std::sqrt(static_cast<double>(std::poisson_distribution<std::int64_t>(mean)(random))) - std::sqrt(mean)));
      // Bursts of four: variance of four times the mean.
      z_burst.push_back(2 * (std::sqrt(4.0 * static_cast<double>(std::poisson_distribution<std::int64_t>(mean / 4)(random))) - std::sqrt(mean)));
    }
    plain += EstimateDispersion(z_plain).factor.value() / kRounds;
    burst += EstimateDispersion(z_burst).factor.value() / kRounds;
  }
  EXPECT_GT(plain, 0.6) << "seed " << kSeed;
  EXPECT_LE(plain, 1) << "seed " << kSeed;
  EXPECT_NEAR(burst / plain, 4, 0.25) << "seed " << kSeed;
}

}  // namespace
}  // namespace geo
