// The room's sums done the long way: every pair of counts, every table, every step of the distribution, in long double.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "geo/rates/change_of_changes.h"
#include "geo/rates/e_test.h"
#include "geo/rates/empirical_bayes.h"
#include "geo/rates/funnel.h"
#include "tests/support/dbf_table.h"
#include "tests/support/shared_file.h"

namespace geo {
namespace {

constexpr unsigned kSeed = 20120927;

long double PoissonChance(std::int64_t k, long double mean) {
  return std::exp(static_cast<long double>(k) * std::log(mean) - mean - std::lgamma(static_cast<long double>(k) + 1));
}

double SlowETest(std::int64_t k1, double n1, std::int64_t k2, double n2) {
  const long double pooled = static_cast<long double>(k1 + k2) / (static_cast<long double>(n1) + n2);
  const auto statistic = [&](std::int64_t a, std::int64_t b) {
    if (a + b == 0) return 0.0L;
    const long double x = a, y = b, e1 = n1, e2 = n2;
    return std::abs(x / e1 - y / e2) / std::sqrt(x / (e1 * e1) + y / (e2 * e2));
  };
  const auto table = [&](long double mean) {
    std::vector<long double> chance;
    for (std::int64_t k = 0; k < 60 + mean + 14 * std::sqrt(mean); ++k) chance.push_back(PoissonChance(k, mean));
    return chance;
  };
  const std::vector<long double> first = table(n1 * pooled), second = table(n2 * pooled);
  const long double bar = statistic(k1, k2) * (1 - 1e-12L);
  long double p = 0;
  for (std::size_t a = 0; a < first.size(); ++a) {
    for (std::size_t b = 0; b < second.size(); ++b) {
      if (statistic(static_cast<std::int64_t>(a), static_cast<std::int64_t>(b)) >= bar) p += first[a] * second[b];
    }
  }
  return static_cast<double>(p);
}

TEST(SlowRates, ETestIsTheSumOverAllPairs) {
  std::mt19937 random(kSeed);
  for (int round = 0; round < 250; ++round) {
    const std::int64_t most = round % 3 == 0 ? 8 : round % 3 == 1 ? 60 : 220;
    const auto before = static_cast<std::int64_t>(random() % most), after = static_cast<std::int64_t>(random() % most);
    const double exposure_before = 28 + static_cast<double>(random() % 400);
    const double exposure_after = round % 2 == 0 ? exposure_before : 28 + static_cast<double>(random() % 400);
    if (before + after == 0) continue;
    EXPECT_NEAR(ETest(before, exposure_before, after, exposure_after).value(), SlowETest(before, exposure_before, after, exposure_after), 1e-9)
        << "seed " << kSeed << " round " << round << ": " << before << "/" << exposure_before << " to " << after << "/" << exposure_after;
  }
}

double SlowFisher(std::int64_t a, std::int64_t b, std::int64_t c, std::int64_t d) {
  const auto choose = [](std::int64_t n, std::int64_t k) {
    return std::lgamma(static_cast<long double>(n) + 1) - std::lgamma(static_cast<long double>(k) + 1) - std::lgamma(static_cast<long double>(n - k) + 1);
  };
  const auto chance = [&](std::int64_t x) { return std::exp(choose(a + b, x) + choose(c + d, b + d - x) - choose(a + b + c + d, b + d)); };
  const long double bar = chance(b) * (1 + 1e-7L);
  long double p = 0;
  for (std::int64_t x = std::max<std::int64_t>(0, b - c); x <= std::min(a + b, b + d); ++x) {
    if (chance(x) <= bar) p += chance(x);
  }
  return std::min(1.0, static_cast<double>(p));
}

TEST(SlowRates, FisherIsTheSumOverAllTables) {
  std::mt19937 random(kSeed + 1);
  for (int round = 0; round < 2000; ++round) {
    std::int64_t counts[4];
    for (std::int64_t& count : counts) count = static_cast<std::int64_t>(random() % (random() % 3 == 0 ? 5 : round % 2 == 0 ? 40 : 900));
    const double slow = SlowFisher(counts[0], counts[1], counts[2], counts[3]);
    EXPECT_NEAR(CompareChanges(counts[0], counts[1], counts[2], counts[3]).p_value, slow, 1e-9 * slow + 1e-250)
        << "seed " << kSeed + 1 << " round " << round << ": " << counts[0] << " " << counts[1] << " " << counts[2] << " " << counts[3];
  }
}

// Where the exact form ends, the normal one must not jump.
TEST(SlowRates, NormalFormContinuesTheExact) {
  const RatioOfRatios exact = CompareChanges(49'500, 50'300, 600'000, 598'000), normal = CompareChanges(49'800, 50'600, 600'000, 598'000);
  const double z = std::log(50'300.0 / 49'500 * 600'000 / 598'000) / std::sqrt(1 / 49'500.0 + 1 / 50'300.0 + 1 / 600'000.0 + 1 / 598'000.0);
  EXPECT_NEAR(exact.p_value, std::erfc(z / std::sqrt(2.0)), 1e-4);
  EXPECT_NEAR(normal.p_value, exact.p_value, 1.5e-4);
  const RatioOfRatios small = CompareChanges(450, 520, 510, 500), large = CompareChanges(460, 532, 521, 511);
  EXPECT_NEAR(small.low, large.low, 0.01 * large.low);
  EXPECT_NEAR(small.high, large.high, 0.01 * large.high);
}

// The interpolated distribution function read at a limit gives back the tail chance.
TEST(SlowRates, FunnelLimitsSolveTheInterpolatedDistribution) {
  for (const double mean : {0.5, 4.0, 15.0, 63.2, 900.0, 20'000.0}) {
    const auto up_to = [&](double limit) {
      const auto whole = static_cast<std::int64_t>(std::ceil(limit));
      long double sum = 0;
      const auto least = static_cast<std::int64_t>(std::max(0.0, mean - 14 * std::sqrt(mean) - 40));
      for (std::int64_t k = least; k < whole; ++k) sum += PoissonChance(k, mean);
      return sum + PoissonChance(whole, mean) * (1 - (static_cast<long double>(whole) - limit));
    };
    const FunnelLimits limits = FunnelLimitsAt(mean);
    if (limits.low_998 > 0) {
      EXPECT_NEAR(up_to(limits.low_998), 0.001, 1e-9) << mean;
    }
    if (limits.low_95 > 0) {
      EXPECT_NEAR(up_to(limits.low_95), 0.025, 1e-9) << mean;
    }
    EXPECT_NEAR(up_to(limits.high_95), 0.975, 1e-9) << mean;
    EXPECT_NEAR(up_to(limits.high_998), 0.999, 1e-9) << mean;
  }
}

// Over a million the normal form takes over: at the same mean the two may differ by a thousandth of a count.
TEST(SlowRates, FunnelHasNoStepAtAMillion) {
  const FunnelLimits exact = FunnelLimitsAt(1e6), normal = FunnelLimitsAt(1e6 + 1e-6);
  EXPECT_NEAR(exact.low_998, normal.low_998, 1e-3);
  EXPECT_NEAR(exact.low_95, normal.low_95, 1e-3);
  EXPECT_NEAR(exact.high_95, normal.high_95, 1e-3);
  EXPECT_NEAR(exact.high_998, normal.high_998, 1e-3);
}

// Sudden infant deaths in North Carolina, as the tests of esda and GeoDa publish them.
TEST(SlowRates, SmoothsThePublishedCounties) {
  if (!support::HasSharedData()) GTEST_SKIP() << "the shared data is not beside this checkout";
  const std::string table = support::ReadSharedFile("hotspot-reference/sids2/sids2.dbf");
  const std::vector<double> deaths = support::DbfNumbers(table, "SID74"), births = support::DbfNumbers(table, "BIR74");
  ASSERT_EQ(deaths.size(), 100U);
  const SmoothedRates smoothed = SmoothRates(deaths, births);
  const double rates[] = {0.0016973, 0.0017054, 0.0017731, 0.0020129, 0.0035349};
  const double excess[] = {0.453433, 0, 0.775871, 0.973810, 3.133190};
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_NEAR(smoothed.rate[i], rates[i], 6e-8) << i;
    EXPECT_NEAR(deaths[i] / births[i] / smoothed.mean, excess[i], 5e-6) << i;
  }
}

}  // namespace
}  // namespace geo
