// The rules as a whole: conversion, words, refusals.
#include "geo/density/bandwidth_rules.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/support/drawn_window.h"

namespace geo {
namespace {

constexpr BandwidthRule kFormulas[] = {BandwidthRule::kSilverman, BandwidthRule::kScott, BandwidthRule::kReference, BandwidthRule::kArcGis};
constexpr BandwidthRule kSearches[] = {BandwidthRule::kLeastSquares, BandwidthRule::kLikelihood, BandwidthRule::kDiggle, BandwidthRule::kCronieVanLieshout};

struct Incidents {
  std::vector<GridPoint> at;
  std::vector<double> weight;
  WeightedPoints points() const { return {at, weight}; }
};

Incidents SixPoints() {
  Incidents incidents;
  for (const auto& [x, y] : {std::pair{10, 10}, {20, 10}, {40, 10}, {15, 20}, {30, 20}, {30, 30}}) incidents.at.push_back(GridPoint::FromMeters(x, y));
  incidents.weight.assign(6, 1);
  return incidents;
}

// 600 positions in 12 clusters of 150 m within a square of 10 km, well inside their window of 100 m cells.
Incidents Clusters() {
  support::SplitMix random(8);
  Incidents incidents;
  const auto bell = [&] { return (random.unit() + random.unit() + random.unit() + random.unit() - 2) / 0.577; };
  for (int cluster = 0; cluster < 12; ++cluster) {
    const double east = 1000 + 8000 * random.unit(), north = 1000 + 8000 * random.unit();
    for (int i = 0; i < 50; ++i) incidents.at.push_back(GridPoint::FromMeters(east + 150 * bell(), north + 150 * bell()));
  }
  incidents.weight.assign(incidents.at.size(), 1);
  return incidents;
}

Window Square() { return {{.cell_mm = 100'000, .south_west = {0, 0}, .columns = 100, .rows = 100}, std::vector<double>(10'000, 10'000.0), 1e8}; }

Result<ChosenBandwidth> Choose(BandwidthRule rule, const Incidents& incidents, const Window* window = nullptr, Kernel kernel = {}, DensityWork work = {}) {
  return ChooseBandwidth(rule, incidents.points(), kernel, window, work, NeverStop());
}

void ExpectRefused(const Result<ChosenBandwidth>& chosen, const std::string& reason) {
  ASSERT_FALSE(chosen) << chosen->why;
  EXPECT_EQ(chosen.error().code, ErrorCode::kFailedPrecondition);
  EXPECT_EQ(chosen.error().reason, reason);
  EXPECT_NE(chosen.error().message.find("give bandwidth_m instead"), std::string::npos) << chosen.error().message;
}

TEST(BandwidthRules, SixPointsAsAGaussianAndAsAQuartic) {
  const auto gaussian = Choose(BandwidthRule::kScott, SixPoints(), nullptr, {.shape = KernelShape::kGaussian});
  ASSERT_TRUE(gaussian);
  EXPECT_NEAR(gaussian->rule_value_m, 7.076, 5e-4);
  EXPECT_EQ(gaussian->bandwidth_m, 7.076);
  const auto quartic = Choose(BandwidthRule::kScott, SixPoints());
  ASSERT_TRUE(quartic);
  EXPECT_NEAR(quartic->bandwidth_m, std::sqrt(8.0) * quartic->rule_value_m, 5e-4);
  EXPECT_EQ(quartic->why, "scott: sd n^-1/6 per axis over 6 incidents at 6 positions = 7.1 m as a Gaussian sd; x 2.828 for the quartic kernel");
}

TEST(BandwidthRules, ArcGisGivesAQuarticRadius) {
  const auto quartic = Choose(BandwidthRule::kArcGis, SixPoints());
  ASSERT_TRUE(quartic);
  EXPECT_NEAR(quartic->rule_value_m, 7.931379939, 5e-10);
  EXPECT_EQ(quartic->bandwidth_m, 7.931);
  EXPECT_NE(quartic->why.find("as a quartic radius"), std::string::npos) << quartic->why;
  const auto gaussian = Choose(BandwidthRule::kArcGis, SixPoints(), nullptr, {.shape = KernelShape::kGaussian});
  ASSERT_TRUE(gaussian);
  EXPECT_NEAR(gaussian->bandwidth_m, 7.931379939 / std::sqrt(8.0), 5e-4);
}

TEST(BandwidthRules, FormulasCountEveryIncidentAndGroupThousands) {
  Incidents incidents = SixPoints();
  incidents.weight.assign(6, 2000);
  const auto chosen = Choose(BandwidthRule::kReference, incidents);
  ASSERT_TRUE(chosen);
  EXPECT_NE(chosen->why.find("12,000 incidents at 6 positions"), std::string::npos) << chosen->why;
  EXPECT_LT(chosen->rule_value_m, Choose(BandwidthRule::kReference, SixPoints())->rule_value_m);
}

TEST(BandwidthRules, SearchesFindAnOptimumWithinAndCountPositionsOnce) {
  const Window window = Square();
  Incidents repeated = Clusters();
  for (double& weight : repeated.weight) weight = 3;
  repeated.at.push_back(repeated.at[0]);  // unmerged, too
  repeated.weight.push_back(1);
  for (const BandwidthRule rule : kSearches) {
    const auto chosen = Choose(rule, Clusters(), &window, {.shape = KernelShape::kGaussian}, {.threads = 2});
    ASSERT_TRUE(chosen) << NameOf(rule) << ": " << chosen.error().message;
    EXPECT_GT(chosen->rule_value_m, 20) << NameOf(rule);
    EXPECT_LT(chosen->rule_value_m, rule == BandwidthRule::kCronieVanLieshout ? 5000 : 1000) << NameOf(rule);
    EXPECT_TRUE(std::is_sorted(chosen->tried_m.begin(), chosen->tried_m.end()));
    ASSERT_EQ(chosen->tried_m.size(), chosen->score.size());
    const auto best = std::max_element(chosen->score.begin(), chosen->score.end()) - chosen->score.begin();
    EXPECT_EQ(chosen->tried_m[static_cast<std::size_t>(best)], chosen->rule_value_m) << NameOf(rule);
    EXPECT_NE(chosen->why.find("600 different positions"), std::string::npos) << chosen->why;
    EXPECT_NE(chosen->why.find("each counted once"), std::string::npos) << chosen->why;
    const auto again = Choose(rule, repeated, &window, {.shape = KernelShape::kGaussian});
    ASSERT_TRUE(again);
    EXPECT_EQ(again->score, chosen->score) << NameOf(rule);
  }
}

TEST(BandwidthRules, WhatLiesOutsideTheOutlineTakesNoPart) {
  const Window window = Square();
  Incidents more = Clusters();
  more.at.push_back(GridPoint::FromMeters(-5000, 20'000));
  more.weight.push_back(1);
  for (const BandwidthRule rule : {BandwidthRule::kLikelihood, BandwidthRule::kDiggle, BandwidthRule::kCronieVanLieshout}) {
    EXPECT_EQ(Choose(rule, more, &window)->score, Choose(rule, Clusters(), &window)->score) << NameOf(rule);
  }
}

TEST(BandwidthRules, TooFewPoints) {
  const Window window = Square();
  Incidents none, one{{GridPoint::FromMeters(1, 1)}, {1}}, weightless = SixPoints();
  weightless.weight.assign(6, 0);
  for (const BandwidthRule rule : kFormulas) {
    for (const Incidents& few : {none, one, weightless}) ExpectRefused(Choose(rule, few), "TOO_FEW_POINTS");
  }
  Incidents nine = Clusters();
  nine.at.resize(9);
  nine.weight.assign(9, 1000);
  for (const BandwidthRule rule : kSearches) {
    for (const Incidents& few : {none, one, weightless, nine}) ExpectRefused(Choose(rule, few, &window), "TOO_FEW_POINTS");
  }
}

TEST(BandwidthRules, NoSpread) {
  Incidents one_place{{GridPoint::FromMeters(1, 1)}, {500}}, line;
  for (int i = 0; i < 20; ++i) line.at.push_back(GridPoint::FromMeters(50 * i, 7));
  line.weight.assign(20, 1);
  for (const BandwidthRule rule : kFormulas) ExpectRefused(Choose(rule, one_place), "NO_SPREAD");
  ExpectRefused(Choose(BandwidthRule::kSilverman, line), "NO_SPREAD");
  ExpectRefused(Choose(BandwidthRule::kScott, line), "NO_SPREAD");
  EXPECT_TRUE(Choose(BandwidthRule::kReference, line));
  EXPECT_TRUE(Choose(BandwidthRule::kArcGis, line));
  // More than half at the mean centre: their median distance is nothing.
  Incidents cross{{GridPoint::FromMeters(0, 0), GridPoint::FromMeters(9, 0), GridPoint::FromMeters(-9, 0)}, {10, 1, 1}};
  ExpectRefused(Choose(BandwidthRule::kArcGis, cross), "NO_SPREAD");
}

TEST(BandwidthRules, AnEvenLatticeHasNoOptimum) {
  const Window window = Square();
  Incidents lattice;
  for (int i = 0; i < 400; ++i) lattice.at.push_back(GridPoint::FromMeters(250 + 500 * (i % 20), 250 + 500 * (i / 20)));
  lattice.weight.assign(400, 1);
  ExpectRefused(Choose(BandwidthRule::kLikelihood, lattice, &window), "NO_MINIMUM");
  // Pairs a millimetre apart, as snapping in two versions leaves them, drive the leave-one-out rules to nothing.
  Incidents pairs;
  support::SplitMix random(4);
  for (int i = 0; i < 200; ++i) {
    const GridPoint p = GridPoint::FromMeters(10'000 * random.unit(), 10'000 * random.unit());
    pairs.at.push_back(p);
    pairs.at.push_back({p.easting_mm + 1, p.northing_mm});
  }
  pairs.weight.assign(400, 1);
  ExpectRefused(Choose(BandwidthRule::kLeastSquares, pairs), "NO_MINIMUM");
  ExpectRefused(Choose(BandwidthRule::kLikelihood, pairs, &window), "NO_MINIMUM");
}

TEST(BandwidthRules, OutlineNeeded) {
  Window empty = Square();
  empty.inside_m2.assign(empty.frame.size(), 0.0);
  empty.total_m2 = 0;
  for (const BandwidthRule rule : {BandwidthRule::kLikelihood, BandwidthRule::kDiggle, BandwidthRule::kCronieVanLieshout}) {
    ExpectRefused(Choose(rule, Clusters()), "WINDOW_NEEDED");
    ExpectRefused(Choose(rule, Clusters(), &empty), "WINDOW_NEEDED");
  }
  EXPECT_TRUE(Choose(BandwidthRule::kLeastSquares, Clusters()));
}

TEST(BandwidthRules, UnderAMetreIsNoBandwidth) {
  Incidents close{{GridPoint{0, 0}, GridPoint{100, 70}, GridPoint{50, 20}}, {1, 1, 1}};
  for (const BandwidthRule rule : kFormulas) ExpectRefused(Choose(rule, close), "OUT_OF_RANGE");
}

class Stopped final : public StopSignal {
 public:
  bool stop_requested() const override { return true; }
  Error reason() const override { return {ErrorCode::kCancelled, "", "CANCELLED", "the caller went away"}; }
};

TEST(BandwidthRules, StopsAndKeepsToItsBudget) {
  const Window window = Square();
  for (const BandwidthRule rule : kSearches) {
    const auto over = Choose(rule, Clusters(), &window, {}, {.pairs = 100});
    ASSERT_FALSE(over) << NameOf(rule);
    EXPECT_EQ(over.error().code, ErrorCode::kResourceExhausted);
    EXPECT_EQ(over.error().reason, "WORK_BUDGET");
    const Incidents clusters = Clusters();
    const auto stopped = ChooseBandwidth(rule, clusters.points(), {}, &window, {}, Stopped());
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, ErrorCode::kCancelled);
  }
}

}  // namespace
}  // namespace geo
