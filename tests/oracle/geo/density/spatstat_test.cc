// Densities and bandwidths against R's spatstat.explore 3.0-6: spatstat_values.R wrote spatstat_values.csv. WARDWATCH_RERUN_R=1 runs the script again.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "geo/density/bandwidth_formulas.h"
#include "geo/density/bandwidth_rules.h"
#include "geo/density/bandwidth_search.h"
#include "geo/density/berman_diggle.h"
#include "geo/density/density_surface.h"
#include "geo/density/edge_correction.h"
#include "tests/support/paths.h"

namespace geo {
namespace {

const std::string kFolder = std::string(WARDWATCH_REPOSITORY) + "/tests/oracle/geo/density/";

std::map<std::string, std::vector<double>> ReadValues(const std::string& path) {
  std::map<std::string, std::vector<double>> values;
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    const std::size_t first = line.find(','), second = line.find(',', first + 1);
    std::vector<double>& column = values[line.substr(0, first)];
    EXPECT_EQ(std::stoul(line.substr(first + 1)), column.size()) << line;
    column.push_back(std::strtod(line.c_str() + second + 1, nullptr));
  }
  return values;
}

class Spatstat : public testing::Test {
 protected:
  void SetUp() override {
    golden_ = ReadValues(kFolder + "spatstat_values.csv");
    ASSERT_GT(golden_["x_m"].size(), 150u);
    for (std::size_t i = 0; i < golden_["x_m"].size(); ++i) at_.push_back(GridPoint::FromMeters(golden_["x_m"][i], golden_["y_m"][i]));
    weight_.assign(at_.size(), 1);
  }
  WeightedPoints points() const { return {at_, weight_}; }
  // The script's rectangle, whole cells of this size.
  Window window(std::int32_t cell_mm) {
    const std::vector<double>& box = golden_["window_m"];
    const auto cells = [&](int k) { return static_cast<std::int32_t>(box[static_cast<std::size_t>(k)] * 1000 / cell_mm); };
    Window window{{.cell_mm = cell_mm, .south_west = {cells(1), cells(0)}, .columns = cells(2), .rows = cells(3)}, {}, box[2] * box[3]};
    window.inside_m2.assign(window.frame.size(), window.frame.cell_area_m2());
    return window;
  }
  void expect_near(const std::vector<double>& per_km2, const std::string& name, double relative) {
    const std::vector<double>& expected = golden_[name];
    ASSERT_EQ(per_km2.size(), expected.size()) << name;
    for (std::size_t i = 0; i < expected.size(); ++i) ASSERT_NEAR(per_km2[i] / 1e6, expected[i], relative * expected[i]) << name << " " << i;
  }
  Result<ChosenBandwidth> choose(BandwidthRule rule, const Window* window) {
    return ChooseBandwidth(rule, points(), {.shape = KernelShape::kGaussian}, window, {.threads = 2}, NeverStop());
  }

  std::map<std::string, std::vector<double>> golden_;
  std::vector<GridPoint> at_;
  std::vector<double> weight_;
};

TEST_F(Spatstat, DensitiesAtPoints) {
  const auto density = [&](KernelShape shape, std::int64_t bandwidth_mm) {
    return DensityAt(points(), {.shape = shape, .bandwidth_mm = bandwidth_mm}, at_, {}, NeverStop()).value();
  };
  expect_near(density(KernelShape::kGaussian, 400'000), "gaussian_400", 2e-11);  // 12 digits were kept
  expect_near(density(KernelShape::kEpanechnikov, 1'200'000), "epanechnikov_1200", 2e-11);
  expect_near(density(KernelShape::kQuartic, 1'200'000), "quartic_1200", 2e-11);
  expect_near(density(KernelShape::kUniform, 1'200'000), "disc_1200", 2e-11);
}

// spatstat integrates the Gaussian over the rectangle exactly. The midpoint rule errs by c^2 / 24 times the kernel's slope across the border, at most 0.0101 (c
// / sd)^2 a side.
TEST_F(Spatstat, EdgeCorrectedDensitiesAtPoints) {
  const Kernel kernel{.shape = KernelShape::kGaussian, .bandwidth_mm = 400'000};
  for (const std::int32_t cell_mm : {50'000, 10'000}) {
    const double error = 2 * 2 * 0.0101 * std::pow(cell_mm / 400'000.0, 2);  // two sides, and e is no less than a half of either axis
    const auto mass = KernelMassAtPoints(window(cell_mm), kernel, at_, {}, NeverStop()).value();
    std::vector<double> uniform = DensityAt(points(), kernel, at_, {}, NeverStop()).value(), weight = weight_;
    for (std::size_t i = 0; i < mass.size(); ++i) {
      uniform[i] /= mass[i];
      weight[i] /= mass[i];
    }
    expect_near(uniform, "gaussian_400_uniform", error);
    expect_near(DensityAt({at_, weight}, kernel, at_, {}, NeverStop()).value(), "gaussian_400_diggle", error);
  }
}

TEST_F(Spatstat, FormulaRules) {
  EXPECT_NEAR(choose(BandwidthRule::kScott, nullptr)->rule_value_m, golden_["scott_isotropic"][0], 1e-11 * golden_["scott_isotropic"][0]);
  const double silverman = std::sqrt(golden_["nrd0"][0] * golden_["nrd0"][1]);
  EXPECT_NEAR(choose(BandwidthRule::kSilverman, nullptr)->rule_value_m, silverman, 1e-11 * silverman);
}

// The index of the coarse step that spatstat chose, and ours beside it.
void ExpectWithinAStep(double chosen_m, double theirs_m, const std::vector<double>& tried_m) {
  const auto at = std::find_if(tried_m.begin(), tried_m.end(), [&](double h) { return std::abs(h - theirs_m) < 1e-9 * theirs_m; }) - tried_m.begin();
  ASSERT_GT(at, 0);
  ASSERT_LT(at + 1, static_cast<std::ptrdiff_t>(tried_m.size()));
  EXPECT_GT(chosen_m, tried_m[static_cast<std::size_t>(at - 1)]);
  EXPECT_LT(chosen_m, tried_m[static_cast<std::size_t>(at + 1)]);
}

// Of what was tried, the one nearest to theirs; their steps are among ours.
double ScoreAt(const ChosenBandwidth& chosen, double tried_m) {
  const auto at =
      std::min_element(chosen.tried_m.begin(), chosen.tried_m.end(), [&](double a, double b) { return std::abs(a - tried_m) < std::abs(b - tried_m); });
  EXPECT_NEAR(*at, tried_m, 1e-9 * tried_m);
  return chosen.score[static_cast<std::size_t>(at - chosen.tried_m.begin())];
}

TEST_F(Spatstat, Likelihood) {
  const Window rectangle = window(50'000);
  const auto chosen = choose(BandwidthRule::kLikelihood, &rectangle);
  ASSERT_TRUE(chosen) << chosen.error().message;
  const std::vector<double>&tried = golden_["ppl_tried"], &score = golden_["ppl_score"];
  ExpectWithinAStep(chosen->rule_value_m, golden_["ppl"][0], tried);
  int compared = 0;
  for (std::size_t i = 0; i < tried.size(); ++i) {
    const double ours = ScoreAt(*chosen, tried[i]);
    EXPECT_TRUE(std::isfinite(ours));
    if (tried[i] < 100) continue;  // under five of its pixels, and where its exponentials underflow, spatstat's integral is rough
    EXPECT_NEAR(ours, score[i], 0.05) << tried[i];
    ++compared;
  }
  EXPECT_GE(compared, 9);
}

TEST_F(Spatstat, CronieVanLieshout) {
  const Window rectangle = window(250'000);
  const auto chosen = choose(BandwidthRule::kCronieVanLieshout, &rectangle);
  ASSERT_TRUE(chosen) << chosen.error().message;
  const std::vector<double>&tried = golden_["cvl_tried"], &score = golden_["cvl_score"];
  ExpectWithinAStep(chosen->rule_value_m, golden_["cvl"][0], tried);
  for (std::size_t i = 0; i < tried.size(); ++i) {
    EXPECT_NEAR(-ScoreAt(*chosen, tried[i]) * rectangle.total_m2 * rectangle.total_m2, score[i], 1e-9 * score[i]) << tried[i];
  }
  EXPECT_GT(*std::max_element(chosen->score.begin(), chosen->score.end()), -1e-5);  // the sum meets the area
}

// spatstat's J takes every distance of a step of r for the step's beginning; with 16 times as many steps the difference is 16 times smaller.
TEST_F(Spatstat, Diggle) {
  const Window rectangle = window(250'000);
  const auto chosen = choose(BandwidthRule::kDiggle, &rectangle);
  ASSERT_TRUE(chosen) << chosen.error().message;
  const std::vector<double>&coarse = golden_["diggle_tried"], &tried = golden_["diggle_fine_tried"], &score = golden_["diggle_fine_score"];
  const double step = coarse[2] - coarse[1];
  EXPECT_NEAR(chosen->rule_value_m, golden_["diggle"][0], step * 1.01);
  EXPECT_NEAR(chosen->rule_value_m, golden_["diggle_fine"][0], step * 1.01);
  ASSERT_EQ(chosen->tried_m.size() + 1, tried.size());  // theirs begin at 0
  const double scale = std::abs(score[1]);
  for (std::size_t i = 1; i < tried.size(); ++i) {
    ASSERT_NEAR(chosen->tried_m[i - 1], tried[i], 1e-9 * tried[i]);
    EXPECT_NEAR(-chosen->score[i - 1], score[i], 1e-3 * std::abs(score[i]) + 1e-6 * scale) << tried[i];
  }
}

TEST(SpatstatScript, WritesTheCommittedValues) {
  if (!std::getenv("WARDWATCH_RERUN_R")) GTEST_SKIP() << "WARDWATCH_RERUN_R is not set";
  if (std::system("Rscript -e 'library(spatstat.explore)' >/dev/null 2>&1") != 0) GTEST_SKIP() << "Rscript with spatstat.explore is not installed";
  const std::string output = (std::filesystem::path(testing::TempDir()) / "spatstat_values.csv").string();
  ASSERT_EQ(std::system(("Rscript '" + kFolder + "spatstat_values.R' '" + output + "'").c_str()), 0);
  const auto committed = ReadValues(kFolder + "spatstat_values.csv"), fresh = ReadValues(output);
  ASSERT_EQ(committed.size(), fresh.size());
  for (const auto& [name, values] : committed) {
    ASSERT_TRUE(fresh.contains(name)) << name;
    ASSERT_EQ(values.size(), fresh.at(name).size()) << name;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const double now = fresh.at(name)[i];
      if (!std::isfinite(values[i])) EXPECT_FALSE(std::isfinite(now)) << name << " " << i;
      else EXPECT_NEAR(now, values[i], 1e-9 * std::abs(values[i])) << name << " " << i;
    }
  }
}

}  // namespace
}  // namespace geo
