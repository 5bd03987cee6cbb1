// The laws of a density, over seeded random towns; the seed is in every message.
#include "geo/density/density_surface.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "tests/support/brute_force_density.h"

namespace geo {
namespace {

constexpr int kSeeds = 40;
constexpr KernelShape kShapes[] = {KernelShape::kQuartic, KernelShape::kGaussian,  KernelShape::kEpanechnikov,       KernelShape::kTriangular,
                                   KernelShape::kUniform, KernelShape::kTriweight, KernelShape::kNegativeExponential};

struct Town {
  std::uint64_t seed;
  support::PointSet points;
  Kernel kernel;
  RasterFrame frame;
  std::string told() const { return fmt::format("seed {} {} {} mm", seed, NameOf(kernel.shape), kernel.bandwidth_mm); }
  std::vector<double> surface(const DensityWork& work = {}) const { return DensitySurface(points.view(), kernel, frame, work, NeverStop()).value(); }
};

Town TownOf(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  Town town{seed, support::Towns(random, 300 + random() % 700, 1'500, random() % 2 == 0), {}, {}};
  town.kernel.shape = kShapes[seed % std::size(kShapes)];
  town.kernel.bandwidth_mm = static_cast<std::int64_t>(20'000 + random() % 200'000) / (town.kernel.shape == KernelShape::kNegativeExponential ? 5 : 1);
  town.frame = {.cell_mm = static_cast<std::int32_t>(15'000 + random() % 10'000), .columns = 61, .rows = 53};
  town.frame.south_west = CellGrid(CellShape::kSquare, town.frame.cell_mm).cell_of({300'200'000, 100'200'000});
  return town;
}

void ExpectNear(const std::vector<double>& a, const std::vector<double>& b, double tolerance, const std::string& told) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) ASSERT_NEAR(a[i], b[i], tolerance * std::max(a[i], b[i])) << told << " cell " << i;
}

TEST(DensitySurfaceLaws, MovesWithTheDataByWholeCellsByteForByte) {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const Town town = TownOf(seed);
    Town moved = town;
    const int east = static_cast<int>(seed * 37 % 101) - 50, north = 17 - static_cast<int>(seed * 53 % 97);
    moved.frame.south_west.column += east;
    moved.frame.south_west.row += north;
    for (GridPoint& p : moved.points.at) p.easting_mm += east * town.frame.cell_mm, p.northing_mm += north * town.frame.cell_mm;
    EXPECT_EQ(town.surface(), moved.surface()) << town.told();
  }
}

TEST(DensitySurfaceLaws, GivesTheSameBytesAtAnyNumberOfThreads) {
  for (std::uint64_t seed = 1; seed <= 2 * std::size(kShapes); ++seed) {
    Town town = TownOf(seed);
    // Enough pairs that a second thread is taken.
    std::mt19937_64 random(seed);
    town.points = support::Towns(random, 60'000, 1'500, seed % 2 == 0);
    town.kernel.bandwidth_mm = town.kernel.shape == KernelShape::kGaussian ? 60'000 : town.kernel.shape == KernelShape::kNegativeExponential ? 15'000 : 500'000;
    ASSERT_GE(SurfacePairs(town.points.view(), town.kernel, town.frame, NeverStop()).value(), 40'000'000) << town.told();
    const std::vector<double> one = town.surface({.threads = 1});
    EXPECT_EQ(one, town.surface({.threads = 2})) << town.told();
    EXPECT_EQ(one, town.surface({.threads = 8})) << town.told();
  }
}

TEST(DensitySurfaceLaws, DoesNotMindTheOrderOfPoints) {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const Town town = TownOf(seed);
    Town shuffled = town;
    std::vector<std::size_t> order(town.points.at.size());
    std::iota(order.begin(), order.end(), 0);
    std::mt19937_64 random(seed);
    std::shuffle(order.begin(), order.end(), random);
    for (std::size_t i = 0; i < order.size(); ++i) {
      shuffled.points.at[i] = town.points.at[order[i]];
      shuffled.points.weight[i] = town.points.weight[order[i]];
    }
    ExpectNear(town.surface(), shuffled.surface(), 1e-12, town.told());
  }
}

TEST(DensitySurfaceLaws, TakesTwoHalvesForOneAndAddsParts) {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const Town town = TownOf(seed);
    Town halves = town;
    for (std::size_t i = 0; i < town.points.at.size(); ++i) {
      halves.points.weight[i] /= 2;
      halves.points.at.push_back(town.points.at[i]);
      halves.points.weight.push_back(town.points.weight[i] / 2);
    }
    const std::vector<double> whole = town.surface();
    ExpectNear(whole, halves.surface(), 1e-12, town.told());

    Town left = town, right = town;
    const auto cut = static_cast<std::ptrdiff_t>(town.points.at.size() / 3);
    left.points.at.resize(static_cast<std::size_t>(cut)), left.points.weight.resize(static_cast<std::size_t>(cut));
    right.points.at.erase(right.points.at.begin(), right.points.at.begin() + cut);
    right.points.weight.erase(right.points.weight.begin(), right.points.weight.begin() + cut);
    std::vector<double> sum = left.surface();
    const std::vector<double> rest = right.surface();
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += rest[i];
    ExpectNear(whole, sum, 1e-12, town.told());
  }
}

// Seen in a mirror, and turned by a quarter: cells of even millimetres, so that mirrored points are whole ones; a point on an edge is on no matter which side.
TEST(DensitySurfaceLaws, IsTheSameInAMirrorAndTransposed) {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    Town town = TownOf(seed);
    town.frame.rows = town.frame.columns;
    Town mirror = town, transposed = town;
    for (GridPoint& p : mirror.points.at) p.easting_mm = static_cast<std::int32_t>(town.frame.west_mm() + town.frame.east_mm() - p.easting_mm);
    for (GridPoint& p : transposed.points.at) {
      const std::int64_t east = p.easting_mm - town.frame.west_mm(), north = p.northing_mm - town.frame.south_mm();
      p = {static_cast<std::int32_t>(town.frame.west_mm() + north), static_cast<std::int32_t>(town.frame.south_mm() + east)};
    }
    const std::vector<double> seen = town.surface(), mirrored = mirror.surface(), turned = transposed.surface();
    const auto columns = static_cast<std::size_t>(town.frame.columns);
    for (std::size_t row = 0; row < columns; ++row) {
      for (std::size_t column = 0; column < columns; ++column) {
        const double value = seen[row * columns + column];
        ASSERT_NEAR(value, mirrored[row * columns + columns - 1 - column], 1e-12 * value) << town.told();
        ASSERT_NEAR(value, turned[column * columns + row], 1e-12 * value) << town.told();
      }
    }
  }
}

// The mass law on a frame extended by the reach: cell area times the sum of the surface is the weight, but for the error of the midpoint rule on a lattice. The
// Gaussian's falls like exp(-2 pi^2 (s/cell)^2): within 1e-9 of the weight where the cell is no wider than s. A kernel of bounded support errs by a power of
// cell/r, which rises with the smoothness of its rim: 1e-9 of one point's weight would take cells of a thousandth of r and less. The tolerances below are for
// a thousand points, whose errors differ in sign.
TEST(DensitySurfaceLaws, HasTheMassOfItsPoints) {
  const struct {
    KernelShape shape;
    double bandwidth_cells, tolerance;
  } cases[] = {{KernelShape::kGaussian, 1.05, 1e-9},    {KernelShape::kGaussian, 3, 1e-12},    {KernelShape::kQuartic, 10, 2e-4},
               {KernelShape::kQuartic, 150, 1e-9 * 50}, {KernelShape::kTriweight, 10, 1e-4},   {KernelShape::kTriweight, 60, 1e-9 * 50},
               {KernelShape::kUniform, 60, 1e-3},       {KernelShape::kEpanechnikov, 60, 1e-4}};
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    std::mt19937_64 random(seed);
    const support::PointSet points = support::Towns(random, 1'000, 400, seed % 2 == 0);
    const double weight = std::accumulate(points.weight.begin(), points.weight.end(), 0.0);
    GridBox box;
    for (const GridPoint p : points.at) box.extend(p);
    for (const auto& law : cases) {
      const std::int32_t cell_mm = law.bandwidth_cells > 100 ? 4'000 : 10'000;
      const Kernel kernel{law.shape, std::llround(law.bandwidth_cells * cell_mm), 0};
      const RasterFrame frame = FrameAround(box, kernel.reach_mm(), cell_mm, 10'000'000).value();
      const std::vector<double> surface = DensitySurface(points.view(), kernel, frame, {}, NeverStop()).value();
      const double mass = std::accumulate(surface.begin(), surface.end(), 0.0) * frame.cell_area_m2() / 1e6;
      EXPECT_NEAR(mass, weight, law.tolerance * weight) << "seed " << seed << " " << NameOf(law.shape) << " " << law.bandwidth_cells << " cells";
    }
  }
}

// Every form and instruction set agrees with every other.
TEST(DensitySurfaceLaws, IsTheSameByEveryForm) {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const Town town = TownOf(seed);
    const std::vector<double> scattered = town.surface({.form = SurfaceForm::kScatter});
    for (const auto set : {InstructionSet::kBaseline, InstructionSet::kAvx2, InstructionSet::kAvx512}) {
      if (set > BestInstructionSet()) continue;
      ExpectNear(scattered, town.surface({.instruction_set = set}), 1e-12, town.told());
    }
  }
}

}  // namespace
}  // namespace geo
