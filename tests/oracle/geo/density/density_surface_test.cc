// Every kernel, form and instruction set against the formula summed over every pair in long double.
#include "geo/density/density_surface.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>

#include "tests/support/brute_force_density.h"

namespace geo {
namespace {

constexpr unsigned kSeed = 19860214;
constexpr double kTolerance = 1e-12;

const std::vector<Kernel>& AllKernels() {
  static const std::vector<Kernel> kernels = {{KernelShape::kQuartic, 0, 0},    {KernelShape::kGaussian, 0, 0},     {KernelShape::kEpanechnikov, 0, 0},
                                              {KernelShape::kTriangular, 0, 0}, {KernelShape::kTriangular, 0, 0.3}, {KernelShape::kTriangular, 0, 1},
                                              {KernelShape::kUniform, 0, 0},    {KernelShape::kTriweight, 0, 0},    {KernelShape::kNegativeExponential, 0, 0}};
  return kernels;
}

// Those that this processor lacks are said to be left out, once.
const std::vector<InstructionSet>& SetsHere() {
  static const std::vector<InstructionSet> sets = [] {
    std::vector<InstructionSet> here;
    for (const auto set : {InstructionSet::kBaseline, InstructionSet::kAvx2, InstructionSet::kAvx512}) {
      if (set <= BestInstructionSet()) {
        here.push_back(set);
      } else {
        std::printf("left out: this processor has no instruction set %d\n", static_cast<int>(set));
      }
    }
    return here;
  }();
  return sets;
}

struct Case {
  RasterFrame frame;
  support::PointSet points;
};

// Cells of even and odd millimetres; points beyond every side of the frame; a frame that is no square.
Case MadeCase(std::mt19937_64& random, std::int32_t cell_mm, std::int64_t reach_mm, std::size_t n, bool weighted) {
  Case made;
  const double extent_m = 70.0 * cell_mm / 1000 + static_cast<double>(reach_mm) / 1000;
  made.points = support::Towns(random, n, extent_m, weighted);
  const auto half_reach = static_cast<std::int32_t>(reach_mm / 2);
  const CellId corner = CellGrid(CellShape::kSquare, cell_mm).cell_of({300'000'000 + half_reach, 100'000'000 + half_reach});
  made.frame = {.cell_mm = cell_mm, .south_west = corner, .columns = 67, .rows = 45};
  return made;
}

void ExpectEqualAtCells(const Case& made, const Kernel& kernel, const DensityWork& work, std::mt19937_64& random, int cells, const std::string& what) {
  const auto surface = DensitySurface(made.points.view(), kernel, made.frame, work, NeverStop());
  ASSERT_TRUE(surface) << what << ": " << surface.error().message;
  ASSERT_EQ(surface->size(), made.frame.size());
  for (int i = 0; i < cells; ++i) {
    const std::size_t cell = random() % made.frame.size();
    const double slow = support::SlowDensityOfCell(made.points, kernel, made.frame, cell);
    ASSERT_NEAR((*surface)[cell], slow, kTolerance * slow) << what << " cell " << cell << " seed " << kSeed;
  }
}

TEST(DensitySurfaceOracle, AgreesWithEveryPairSummed) {
  std::mt19937_64 random(kSeed);
  for (const std::int32_t cell_mm : {20'000, 1'001, 99'999}) {
    for (const double cells : {0.5, 1.0, 3.3, 10.0, 25.0, 100.0}) {
      for (Kernel kernel : AllKernels()) {
        kernel.bandwidth_mm = std::max<std::int64_t>(1'000, std::llround(cells * cell_mm));
        const bool weighted = random() % 2 == 0;
        const Case made = MadeCase(random, cell_mm, std::min(kernel.reach_mm(), 3 * kernel.bandwidth_mm), 600, weighted);
        const std::string what =
            fmt::format("{} decay {} bandwidth {} mm cell {} mm", NameOf(kernel.shape), kernel.triangular_decay, kernel.bandwidth_mm, cell_mm);
        ExpectEqualAtCells(made, kernel, {.form = SurfaceForm::kScatter}, random, 12, what + " by scatter");
        for (const auto set : SetsHere())
          ExpectEqualAtCells(made, kernel, {.instruction_set = set}, random, 12, fmt::format("{} set {}", what, static_cast<int>(set)));
      }
    }
  }
}

// Crowds, so that tiles take points by moments and in pieces: every cell against every pair. The first is in one cell, so that each distance from the rim is
// that of some cell which sees no other points; the second fills the frame.
TEST(DensitySurfaceOracle, AgreesInEveryCellOfACrowd) {
  std::mt19937_64 random(kSeed + 3);
  for (const std::int32_t cell_mm : {20'000, 1'001}) {
    for (const double cells : {4.4, 7.0, 12.0, 25.0, 40.0, 300.0}) {
      for (Kernel kernel : AllKernels()) {
        kernel.bandwidth_mm = std::llround(cells * cell_mm /
                                           (kernel.shape == KernelShape::kGaussian              ? 9
                                            : kernel.shape == KernelShape::kNegativeExponential ? 40
                                                                                                : 1));
        if (kernel.bandwidth_mm < 1'000) continue;
        const bool lone = random() % 2 == 0;
        Case made{{.cell_mm = cell_mm, .south_west = {5'000, 9'000}, .columns = lone ? 67 : 37, .rows = lone ? 45 : 22}, {}};
        const auto anywhere = [&](std::int64_t from, std::int64_t length) {
          return static_cast<std::int32_t>(from + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(length)));
        };
        for (int i = 0; i < (lone ? 150 : 3'000); ++i) {
          const std::int64_t wide = lone ? cell_mm : made.frame.columns * std::int64_t{cell_mm},
                             tall = lone ? cell_mm : made.frame.rows * std::int64_t{cell_mm};
          made.points.at.push_back(
              {anywhere(made.frame.west_mm() + (lone ? 21 * cell_mm : 0), wide), anywhere(made.frame.south_mm() + (lone ? 17 * cell_mm : 0), tall)});
          made.points.weight.push_back(cells > 10 ? 1.0 : static_cast<double>(1 + random() % 1440) / 1440);
        }
        std::vector<double> slow(made.frame.size());
        for (std::size_t cell = 0; cell < slow.size(); cell += lone ? 1 : 5) slow[cell] = support::SlowDensityOfCell(made.points, kernel, made.frame, cell);
        for (const auto set : SetsHere()) {
          const auto surface = DensitySurface(made.points.view(), kernel, made.frame, {.instruction_set = set}, NeverStop());
          ASSERT_TRUE(surface);
          for (std::size_t cell = 0; cell < slow.size(); cell += lone ? 1 : 5) {
            ASSERT_NEAR((*surface)[cell], slow[cell], kTolerance * slow[cell])
                << NameOf(kernel.shape) << " " << cells << " cells of " << cell_mm << " mm, cell " << cell << " set " << static_cast<int>(set) << " seed "
                << kSeed + 3;
          }
        }
      }
    }
  }
}

// One point a few millimetres inside the rim of 50 km, cells of odd millimetres: dx^2 has more than 53 bits there.
TEST(DensitySurfaceOracle, KeepsItsDigitsAtAWideRimOfOddCells) {
  std::mt19937_64 random(kSeed + 2);
  const RasterFrame frame{.cell_mm = 1'000'001, .south_west = {0, 0}, .columns = 120, .rows = 120};
  for (const auto shape : {KernelShape::kQuartic, KernelShape::kEpanechnikov, KernelShape::kTriweight, KernelShape::kUniform, KernelShape::kTriangular}) {
    const Kernel kernel{shape, 50'000'000, 0};
    for (int i = 0; i < 200; ++i) {
      const double angle = i < 100 ? i * 1e-6 : static_cast<double>(random() % 1000) * 0.006;
      const double east = 60'500'030.5 + (50'000'000 - i % 7) * std::cos(angle), north = 60'500'030.5 + (50'000'000 - i % 7) * std::sin(angle);
      const Case made{frame, {{{static_cast<std::int32_t>(std::lround(east)), static_cast<std::int32_t>(std::lround(north))}}, {1.0}}};
      const std::size_t cell = 60 * 120 + 60;
      const double slow = support::SlowDensityOfCell(made.points, kernel, frame, cell);
      for (const auto set : SetsHere()) {
        const auto surface = DensitySurface(made.points.view(), kernel, frame, {.instruction_set = set}, NeverStop());
        ASSERT_NEAR((*surface)[cell], slow, kTolerance * slow) << NameOf(shape) << " point " << i << " set " << static_cast<int>(set);
      }
    }
  }
}

TEST(DensitySurfaceOracle, AgreesAtPlaces) {
  std::mt19937_64 random(kSeed + 1);
  for (const double extent_m : {50.0, 3'000.0, 40'000.0, 600'000.0}) {
    for (const std::int64_t bandwidth_mm : {1'000LL, 37'123LL, 500'000LL, 5'000'000LL, 50'000'000LL}) {
      for (Kernel kernel : AllKernels()) {
        kernel.bandwidth_mm = bandwidth_mm;
        const support::PointSet points = support::Towns(random, 1500, extent_m, random() % 2 == 0);
        std::vector<GridPoint> places;
        for (int i = 0; i < 30; ++i) {
          GridPoint place = points.at[random() % points.at.size()];
          place.easting_mm += static_cast<std::int32_t>(random() % static_cast<unsigned>(2 * bandwidth_mm)) - static_cast<std::int32_t>(bandwidth_mm);
          place.northing_mm += static_cast<std::int32_t>(random() % static_cast<unsigned>(2 * bandwidth_mm)) - static_cast<std::int32_t>(bandwidth_mm);
          places.push_back(place);
        }
        std::vector<double> slow;
        for (const GridPoint place : places) slow.push_back(support::SlowDensityAt(points, kernel, place));
        for (const auto set : SetsHere()) {
          const auto fast = DensityAt(points.view(), kernel, places, {.instruction_set = set}, NeverStop());
          ASSERT_TRUE(fast);
          for (std::size_t i = 0; i < places.size(); ++i) {
            ASSERT_NEAR((*fast)[i], slow[i], kTolerance * slow[i]) << NameOf(kernel.shape) << " seed " << kSeed + 1 << " extent " << extent_m << " bandwidth "
                                                                   << bandwidth_mm << " place " << i << " set " << static_cast<int>(set);
          }
        }
      }
    }
  }
}

}  // namespace
}  // namespace geo
