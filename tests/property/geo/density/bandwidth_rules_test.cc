// What must hold of every rule: order, threads and place do not tell, and scale scales.
#include "geo/density/bandwidth_rules.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "tests/support/drawn_window.h"

namespace geo {
namespace {

constexpr BandwidthRule kRules[] = {BandwidthRule::kSilverman,    BandwidthRule::kScott,      BandwidthRule::kReference, BandwidthRule::kArcGis,
                                    BandwidthRule::kLeastSquares, BandwidthRule::kLikelihood, BandwidthRule::kDiggle,    BandwidthRule::kCronieVanLieshout};

struct Incidents {
  std::vector<GridPoint> at;
  std::vector<double> weight;
};

// Clusters of a quarter of a kilometre in 5 km square, `scale` times as large.
Incidents Clusters(std::uint64_t seed, std::int32_t scale = 1) {
  support::SplitMix random(seed);
  Incidents incidents;
  const auto bell = [&] { return (random.unit() + random.unit() + random.unit() + random.unit() - 2) / 0.577; };
  for (int cluster = 0; cluster < 6; ++cluster) {
    const double east = 800'000 + 3'400'000 * random.unit(), north = 800'000 + 3'400'000 * random.unit();
    for (int i = 0; i < 25; ++i) {
      incidents.at.push_back({static_cast<std::int32_t>(east + 80'000 * bell()) * scale, static_cast<std::int32_t>(north + 80'000 * bell()) * scale});
      incidents.weight.push_back(1 + static_cast<double>(random.next() % 4));
    }
  }
  return incidents;
}

Window Square(std::int32_t scale = 1, std::int32_t shift_cells = 0) {
  const double cell_m2 = 10'000.0 * scale * scale;
  return {
      {.cell_mm = 100'000 * scale, .south_west = {shift_cells, shift_cells}, .columns = 50, .rows = 50}, std::vector<double>(2500, cell_m2), 2500 * cell_m2};
}

ChosenBandwidth Choose(BandwidthRule rule, const Incidents& incidents, const Window& window, int threads = 1) {
  auto chosen = ChooseBandwidth(rule, {incidents.at, incidents.weight}, {.shape = KernelShape::kGaussian}, &window, {.threads = threads}, NeverStop());
  EXPECT_TRUE(chosen) << NameOf(rule) << ": " << chosen.error().message;
  return chosen ? *chosen : ChosenBandwidth{};
}

class EveryRule : public testing::TestWithParam<BandwidthRule> {};

TEST_P(EveryRule, ThreadsChangeNoBitAndOrderOnlyRoundsFormulas) {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    const Incidents incidents = Clusters(seed);
    const ChosenBandwidth chosen = Choose(GetParam(), incidents, Square());
    const ChosenBandwidth threaded = Choose(GetParam(), incidents, Square(), 8);
    EXPECT_EQ(threaded.rule_value_m, chosen.rule_value_m) << "seed " << seed;
    EXPECT_EQ(threaded.score, chosen.score) << "seed " << seed;
    std::vector<std::size_t> order(incidents.at.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::shuffle(order.begin(), order.end(), std::mt19937(static_cast<unsigned>(seed)));
    Incidents shuffled;
    for (const std::size_t i : order) {
      shuffled.at.push_back(incidents.at[i]);
      shuffled.weight.push_back(incidents.weight[i]);
    }
    const ChosenBandwidth again = Choose(GetParam(), shuffled, Square());
    EXPECT_EQ(again.score, chosen.score) << "seed " << seed;
    EXPECT_NEAR(again.rule_value_m, chosen.rule_value_m, 1e-13 * chosen.rule_value_m) << "seed " << seed;
  }
}

TEST_P(EveryRule, MovingEverythingMovesNothing) {
  Incidents moved = Clusters(5);
  for (GridPoint& p : moved.at) p = {p.easting_mm + 4321 * 100'000, p.northing_mm + 4321 * 100'000};
  const ChosenBandwidth here = Choose(GetParam(), Clusters(5), Square()), there = Choose(GetParam(), moved, Square(1, 4321));
  EXPECT_NEAR(there.rule_value_m, here.rule_value_m, 1e-12 * here.rule_value_m);
  EXPECT_EQ(there.bandwidth_m, here.bandwidth_m);
}

TEST_P(EveryRule, ThriceAsLargeIsThriceTheBandwidth) {
  const ChosenBandwidth one = Choose(GetParam(), Clusters(6), Square()), three = Choose(GetParam(), Clusters(6, 3), Square(3));
  EXPECT_NEAR(three.rule_value_m, 3 * one.rule_value_m, 1e-9 * three.rule_value_m);
}

TEST_P(EveryRule, TwoHalfWeightsAreOneIncident) {
  Incidents halves = Clusters(7), whole = Clusters(7);
  for (double& weight : whole.weight) weight *= 2;
  halves.at.insert(halves.at.end(), whole.at.begin(), whole.at.end());
  halves.weight.insert(halves.weight.end(), halves.weight.begin(), halves.weight.end());
  const ChosenBandwidth split = Choose(GetParam(), halves, Square()), merged = Choose(GetParam(), whole, Square());
  EXPECT_NEAR(split.rule_value_m, merged.rule_value_m, 1e-12 * merged.rule_value_m);
}

INSTANTIATE_TEST_SUITE_P(Rules, EveryRule, testing::ValuesIn(kRules), [](const auto& rule) {
  std::string name(NameOf(rule.param));
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace geo
