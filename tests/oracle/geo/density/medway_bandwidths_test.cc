// Every rule on a real year in a real authority: merged positions give what single incidents give, and what a search chose meets its own equation.
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <map>
#include <numbers>
#include <string>
#include <vector>

#include "geo/density/bandwidth_rules.h"
#include "geo/density/edge_correction.h"
#include "tests/support/paths.h"
#include "tests/support/real_areas.h"

namespace geo {
namespace {

constexpr const char* kWards = "medway-boundaries/medway_wards_2013.geojson";

struct Medway {
  Window window;
  std::vector<GridPoint> incidents, at;
  std::vector<double> ones, weight;
};

Medway ReadMedway(std::int32_t cell_mm) {
  const BritishGrid grid = BritishGrid::Create().value();
  const AreaSet wards = AreaSet::Build("2013", support::ReadRealAreas(kWards, "WD13CD", "WD13NM", grid)).value();
  GridBox box;
  for (const Area& area : wards.areas()) {
    box.extend(BoundsOf(area.shape).low);
    box.extend(BoundsOf(area.shape).high);
  }
  Medway medway;
  medway.window = WindowOf(wards, {}, FrameAround(box, 0, cell_mm, 10'000'000).value(), NeverStop()).value();
  std::vector<GridPoint> points;
  for (int month = 1; month <= 12; ++month) {
    char name[64];
    std::snprintf(name, sizeof name, "kent-street/2022-%02d-kent-street.csv.gz", month);
    support::ReadRealPoints(name, 4, 5, grid, points);
  }
  std::map<GridPoint, double> merged;
  for (const GridPoint p : points) {
    if (wards.locate(p) >= kMaxAreas) continue;
    medway.incidents.push_back(p);
    merged[p] += 1;
  }
  medway.ones.assign(medway.incidents.size(), 1);
  for (const auto& [p, count] : merged) {
    medway.at.push_back(p);
    medway.weight.push_back(count);
  }
  return medway;
}

class MedwayBandwidths : public testing::Test {
 protected:
  void SetUp() override {
    if (!support::HaveSharedData(kWards) || !support::HaveSharedData("kent-street")) GTEST_SKIP() << "no real data at " << WARDWATCH_SHARED_DATA;
    medway_ = ReadMedway(100'000);
    ASSERT_GT(medway_.incidents.size(), 35'000u);
  }
  Result<ChosenBandwidth> choose(BandwidthRule rule, bool merged = true) {
    const WeightedPoints points = merged ? WeightedPoints{medway_.at, medway_.weight} : WeightedPoints{medway_.incidents, medway_.ones};
    const auto begin = std::chrono::steady_clock::now();
    auto chosen = ChooseBandwidth(rule, points, {}, &medway_.window, {.threads = 2}, NeverStop());
    const double ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
    std::printf("%.0f ms: %s\n", ms, chosen ? chosen->why.c_str() : chosen.error().message.c_str());
    return chosen;
  }
  Medway medway_;
};

TEST_F(MedwayBandwidths, MergedPositionsGiveWhatSingleIncidentsGive) {
  for (const BandwidthRule rule : {BandwidthRule::kSilverman, BandwidthRule::kScott, BandwidthRule::kReference, BandwidthRule::kArcGis}) {
    const auto merged = choose(rule), single = choose(rule, false);
    ASSERT_TRUE(merged && single) << NameOf(rule);
    EXPECT_NEAR(merged->rule_value_m, single->rule_value_m, 1e-11 * single->rule_value_m) << NameOf(rule);
    EXPECT_EQ(merged->why, single->why);
    EXPECT_GT(merged->rule_value_m, 100);
    EXPECT_LT(merged->rule_value_m, 5000);
  }
}

TEST_F(MedwayBandwidths, SearchesChooseOrRefuseWithTheirReason) {
  for (const BandwidthRule rule : {BandwidthRule::kLeastSquares, BandwidthRule::kLikelihood, BandwidthRule::kDiggle, BandwidthRule::kCronieVanLieshout}) {
    const auto chosen = choose(rule);
    if (!chosen) {
      EXPECT_EQ(chosen.error().reason, "NO_MINIMUM") << NameOf(rule);
      continue;
    }
    EXPECT_GT(chosen->rule_value_m, 5) << NameOf(rule);
    EXPECT_LT(chosen->rule_value_m, 5000) << NameOf(rule);
  }
  const auto chosen = choose(BandwidthRule::kCronieVanLieshout);
  ASSERT_TRUE(chosen) << chosen.error().message;
  double sum_m2 = 0;
  const double h = chosen->rule_value_m;
  for (const GridPoint p : medway_.at) {
    double density = 0;
    for (const GridPoint q : medway_.at) {
      const double dx = (p.easting_mm - q.easting_mm) / 1000.0, dy = (p.northing_mm - q.northing_mm) / 1000.0;
      density += std::exp(-(dx * dx + dy * dy) / (2 * h * h)) / (2 * std::numbers::pi * h * h);
    }
    sum_m2 += 1 / density;
  }
  EXPECT_NEAR(sum_m2 / medway_.window.total_m2, 1, 0.002);
}

TEST_F(MedwayBandwidths, DiggleKeepsTheYear) {
  double inside = 0, mass = 0;
  for (std::size_t i = 0; i < medway_.at.size(); ++i) inside += medway_.window.holds(medway_.at[i]) ? medway_.weight[i] : 0;
  EXPECT_EQ(inside, static_cast<double>(medway_.incidents.size()));
  const auto begin = std::chrono::steady_clock::now();
  const auto surface = EdgeCorrectedSurface({medway_.at, medway_.weight}, {.bandwidth_mm = 500'000}, EdgeCorrection::kDiggle, medway_.window, {}, NeverStop());
  std::printf("Diggle's correction with the surface: %.1f ms\n", std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
  ASSERT_TRUE(surface);
  for (std::size_t i = 0; i < surface->size(); ++i) mass += (*surface)[i] * medway_.window.inside_m2[i] * 1e-6;
  EXPECT_NEAR(mass, inside, 1e-9 * inside);
}

}  // namespace
}  // namespace geo
