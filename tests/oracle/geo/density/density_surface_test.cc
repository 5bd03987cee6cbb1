// Every kernel, form and instruction set against the formula summed over every pair in long double.
#include "geo/density/density_surface.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/brute_force_density.h"

namespace geo {
namespace {

constexpr unsigned kSeed = 19860214;
constexpr double kTolerance = 1e-12;

const std::vector<Kernel>& AllKernels() {
  static const std::vector<Kernel> kernels = {
      {KernelShape::kQuartic, 0, 0},     {KernelShape::kGaussian, 0, 0}, {KernelShape::kEpanechnikov, 0, 0}, {KernelShape::kTriangular, 0, 0},
      {KernelShape::kTriangular, 0, 0.3}, {KernelShape::kTriangular, 0, 1}, {KernelShape::kUniform, 0, 0},      {KernelShape::kTriweight, 0, 0},
      {KernelShape::kNegativeExponential, 0, 0}};
  return kernels;
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
        ExpectEqualAtCells(made, kernel, {}, random, 40,
                           fmt::format("{} decay {} bandwidth {} mm cell {} mm", NameOf(kernel.shape), kernel.triangular_decay, kernel.bandwidth_mm, cell_mm));
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
        const auto fast = DensityAt(points.view(), kernel, places, {}, NeverStop());
        ASSERT_TRUE(fast);
        for (std::size_t i = 0; i < places.size(); ++i) {
          const double slow = support::SlowDensityAt(points, kernel, places[i]);
          ASSERT_NEAR((*fast)[i], slow, kTolerance * slow)
              << NameOf(kernel.shape) << " seed " << kSeed + 1 << " extent " << extent_m << " bandwidth " << bandwidth_mm << " place " << i;
        }
      }
    }
  }
}

}  // namespace
}  // namespace geo
