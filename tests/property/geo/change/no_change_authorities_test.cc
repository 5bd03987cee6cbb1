// Simulated authorities: where nothing changed, few raise an alarm, whether their counts are Poisson or come in bursts; where something did, it is found the
// oftener the larger it is and the more incidents it rests on.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "geo/change/judge_changes.h"
#include "geo/rates/rate_ratio_test.h"

namespace geo {
namespace {

constexpr int kWards = 24;
constexpr double kRate = 0.05;

// Poisson for a dispersion of 1; else a gamma mixture of Poisson counts whose variance is `dispersion` times its mean.
std::int64_t CountOf(double mean, double dispersion, std::mt19937_64& random) {
  if (dispersion > 1) mean = std::gamma_distribution<double>(mean / (dispersion - 1), dispersion - 1)(random);
  return std::poisson_distribution<std::int64_t>(std::max(mean, 1e-9))(random);
}

TestedChange Draw(double mean, double factor, double dispersion, std::mt19937_64& random) {
  TestedChange change;
  change.before_days = 365;
  change.after_days = 366;
  change.before = CountOf(mean, dispersion, random);
  change.after = CountOf(mean * factor * 366 / 365, dispersion, random);
  change.p_value = ConditionalPValue(change.before, 365, change.after, 366);
  return change;
}

double AnyMean(std::mt19937_64& random) { return 15 * std::exp(std::uniform_real_distribution<double>(0, 4)(random)); }  // 15 to 800 a year

int Called(const std::vector<TestedChange>& changes, std::size_t begin, std::size_t end) {
  return static_cast<int>(std::count_if(changes.begin() + static_cast<std::ptrdiff_t>(begin), changes.begin() + static_cast<std::ptrdiff_t>(end),
                                        [](const TestedChange& c) { return c.verdict == Verdict::kHigher || c.verdict == Verdict::kLower; }));
}

struct Alarms {
  double share = 0;          // of authorities with any verdict of change
  double share_poisson = 0;  // the same, were the spread taken for Poisson
  double factor = 0;         // mean dispersion
};

Alarms NoChange(double dispersion, int authorities, unsigned seed) {
  std::mt19937_64 random(seed);
  Alarms alarms;
  for (int a = 0; a < authorities; ++a) {
    std::vector<TestedChange> changes;
    for (int w = 0; w < kWards; ++w) changes.push_back(Draw(AnyMean(random), 1, dispersion, random));
    std::vector<TestedChange> poisson = changes;
    alarms.factor += JudgeChanges(changes, kRate, Spread::kWidened).dispersion.factor.value() / authorities;
    JudgeChanges(poisson, kRate, Spread::kPoisson);
    alarms.share += (Called(changes, 0, kWards) > 0 ? 1.0 : 0.0) / authorities;
    alarms.share_poisson += (Called(poisson, 0, kWards) > 0 ? 1.0 : 0.0) / authorities;
  }
  fmt::print("no change, dispersion {}: factor {:.3f}, any false verdict in {:.1f} % of {} authorities ({:.1f} % without widening), seed {}\n", dispersion,
             alarms.factor, 100 * alarms.share, authorities, 100 * alarms.share_poisson, seed);
  return alarms;
}

// Three standard errors of a share at the level.
double Allowed(int n) { return kRate + 3 * std::sqrt(kRate * (1 - kRate) / n); }

TEST(NoChangeAuthorities, RaiseFewAlarms) {
  constexpr int kAuthorities = 1000;
  double all = 0;
  for (const auto& [dispersion, seed] : {std::pair(1.0, 71U), std::pair(1.5, 72U)}) {
    const Alarms alarms = NoChange(dispersion, kAuthorities, seed);
    EXPECT_LE(alarms.share, Allowed(kAuthorities)) << "dispersion " << dispersion << " seed " << seed;
    EXPECT_NEAR(alarms.factor, dispersion, 0.15) << "dispersion " << dispersion << " seed " << seed;
    all += alarms.share / 2;
    // Widening is what keeps bursts quiet, and it does not deafen the rest.
    if (dispersion > 1) {
      EXPECT_GT(alarms.share_poisson, 2 * Allowed(kAuthorities)) << seed;
    } else {
      EXPECT_GT(alarms.share, 0.005) << seed;
    }
  }
  EXPECT_LE(all, kRate) << "half of them Poisson, half in bursts";
  EXPECT_LE(NoChange(3, kAuthorities, 73).share, Allowed(kAuthorities)) << "seed 73";
}

// Of what is called a change where four wards in 24 truly rose, the share that is false.
TEST(NoChangeAuthorities, AreFewAmongDiscoveries) {
  // Of Poisson counts two thirds are found; where areas vary more, so large a change is less of a surprise.
  for (const auto& [dispersion, least_found] : {std::pair(1.0, 0.55), std::pair(1.5, 0.25)}) {
    constexpr int kAuthorities = 1000;
    constexpr unsigned kSeed = 74;
    std::mt19937_64 random(kSeed);
    double false_share = 0;
    int found = 0;
    for (int a = 0; a < kAuthorities; ++a) {
      std::vector<TestedChange> changes;
      for (int w = 0; w < kWards; ++w) changes.push_back(Draw(150, w < 4 ? 1.6 : 1, dispersion, random));
      JudgeChanges(changes, kRate, Spread::kWidened);
      const int right = Called(changes, 0, 4), wrong = Called(changes, 4, kWards);
      found += right;
      if (right + wrong > 0) false_share += static_cast<double>(wrong) / (right + wrong) / kAuthorities;
    }
    fmt::print("four of 24 wards rose by 60 %, dispersion {}: false discovery rate {:.2f} %, {:.0f} % found, seed {}\n", dispersion, 100 * false_share,
               100.0 * found / (4 * kAuthorities), kSeed);
    EXPECT_LE(false_share, kRate) << "dispersion " << dispersion << " seed " << kSeed;
    EXPECT_GT(found, least_found * 4 * kAuthorities) << "dispersion " << dispersion << " seed " << kSeed;
  }
}

double Power(double mean, double factor, unsigned seed) {
  constexpr int kAuthorities = 400;
  std::mt19937_64 random(seed);
  int found = 0;
  for (int a = 0; a < kAuthorities; ++a) {
    std::vector<TestedChange> changes;
    for (int w = 0; w < kWards; ++w) changes.push_back(Draw(mean, w < 2 ? factor : 1, 1, random));
    JudgeChanges(changes, kRate, Spread::kWidened);
    found += Called(changes, 0, 2);
  }
  return found / (2.0 * kAuthorities);
}

TEST(NoChangeAuthorities, PowerGrowsWithTheChangeAndTheCount) {
  constexpr unsigned kSeed = 75;
  double above[3] = {0, 0, 0};
  fmt::print("power, two of 24 wards changed, seed {}:\n count   +10 %   +20 %   +40 %\n", kSeed);
  for (const double mean : {100.0, 400.0, 1500.0}) {
    double power[3];
    for (int i = 0; i < 3; ++i) power[i] = Power(mean, 1 + 0.1 * (1 << i), kSeed);
    fmt::print("{:6.0f}  {:5.1f} %  {:5.1f} %  {:5.1f} %\n", mean, 100 * power[0], 100 * power[1], 100 * power[2]);
    EXPECT_LE(power[0], power[1]) << mean;
    EXPECT_LE(power[1], power[2]) << mean;
    for (int i = 0; i < 3; ++i) {
      EXPECT_GE(power[i], above[i]) << mean;
      above[i] = power[i];
    }
  }
  EXPECT_GT(above[2], 0.99) << "a rise of 40 % of 1,500 is not missed";
}

// Bit for bit, in bursts so that widening is on.
TEST(NoChangeAuthorities, SwappingMirrorsAndRelabellingPermutes) {
  constexpr unsigned kSeed = 76;
  std::mt19937_64 random(kSeed);
  int widened = 0;
  for (int a = 0; a < 200; ++a) {
    std::vector<TestedChange> forth;
    for (int w = 0; w < kWards; ++w) {
      forth.push_back(Draw(AnyMean(random), w % 5 == 0 ? 1.5 : 1, 2, random));
      forth.back().group = static_cast<std::size_t>(w % 2);
    }
    std::vector<TestedChange> back = forth, turned(forth.rbegin(), forth.rend());
    for (TestedChange& change : back) {
      std::swap(change.before, change.after);
      std::swap(change.before_days, change.after_days);
      EXPECT_EQ(ConditionalPValue(change.before, change.before_days, change.after, change.after_days), change.p_value);
    }
    const JudgedChanges one = JudgeChanges(forth, kRate, Spread::kWidened);
    const JudgedChanges other = JudgeChanges(back, kRate, Spread::kWidened);
    const JudgedChanges third = JudgeChanges(turned, kRate, Spread::kWidened);
    widened += one.widened ? 1 : 0;
    ASSERT_EQ(one.dispersion.factor, other.dispersion.factor) << "seed " << kSeed << " authority " << a;
    ASSERT_EQ(one.dispersion.factor, third.dispersion.factor) << "seed " << kSeed << " authority " << a;
    for (std::size_t i = 0; i < forth.size(); ++i) {
      const Verdict mirrored = forth[i].verdict == Verdict::kHigher ? Verdict::kLower : forth[i].verdict == Verdict::kLower ? Verdict::kHigher : forth[i].verdict;
      ASSERT_EQ(back[i].verdict, mirrored) << "seed " << kSeed << " authority " << a;
      ASSERT_EQ(back[i].q_value, forth[i].q_value) << "seed " << kSeed << " authority " << a;
      ASSERT_EQ(turned[forth.size() - 1 - i].q_value, forth[i].q_value) << "seed " << kSeed << " authority " << a;
    }
  }
  EXPECT_GT(widened, 150);
}

}  // namespace
}  // namespace geo
