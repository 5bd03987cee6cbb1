// The lanes' own exponential, and their cut-offs, by every instruction set of this processor.
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "geo/density/gather_surface.h"
#include "tests/support/brute_force_density.h"

namespace geo {
namespace {

constexpr InstructionSet kSets[] = {InstructionSet::kBaseline, InstructionSet::kAvx2, InstructionSet::kAvx512};

TEST(Lanes, ExponentialIsWithin1e15OfLongDouble) {
  constexpr unsigned kSeed = 20240611;
  for (const auto set : kSets) {
    if (set > BestInstructionSet()) continue;
    std::mt19937_64 random(kSeed);
    std::uniform_real_distribution<double> deep(-708, 0), shallow(-45, 0), tiny(-1e-3, 0);
    for (int i = 0; i < 60'000; ++i) {
      double x[8], out[8];
      for (double& value : x) value = i % 3 == 0 ? deep(random) : i % 3 == 1 ? shallow(random) : tiny(random);
      // Halves of ln 2 are where the remainder is largest.
      if (i % 4 == 0) x[0] = -std::min(708.0, (i / 4 + 0.5) * 0.69314718055994530942 * (1 + 1e-15 * (i % 16)));
      x[1] = i == 0 ? 0.0 : x[1];
      LanesOf(set).exp_of(x, out);
      for (int k = 0; k < 8; ++k) {
        const long double exact = std::exp(static_cast<long double>(x[k]));
        ASSERT_LE(std::abs(out[k] - exact), 1e-15L * exact) << "exp(" << x[k] << ") set " << static_cast<int>(set) << " seed " << kSeed;
      }
    }
    const double far[8] = {-708, -708.5, -1e3, -1e6, -1e18, -1e300, -745.2, -0.0};
    double out[8];
    LanesOf(set).exp_of(far, out);
    for (int k = 0; k < 7; ++k) EXPECT_EQ(out[k], out[0]) << far[k];
    EXPECT_NEAR(out[0] / std::exp(-708.0), 1, 1e-15);
    EXPECT_EQ(out[7], 1);
  }
}

// A triangle of sides 3, 4, 5: the centre lies exactly at the reach, and a millimetre beyond it.
TEST(Lanes, CutOffIsDecidedToTheMillimetre) {
  const RasterFrame frame{.cell_mm = 10'000, .south_west = {0, 0}, .columns = 40, .rows = 40};
  const struct {
    KernelShape shape;
    std::int64_t bandwidth_mm, unit_mm;
  } cases[] = {{KernelShape::kGaussian, 5'000, 9'000}, {KernelShape::kNegativeExponential, 2'000, 16'000}, {KernelShape::kUniform, 50'000, 10'000}};
  for (const auto& at : cases) {
    const Kernel kernel{at.shape, at.bandwidth_mm, 0};
    ASSERT_EQ(kernel.reach_mm(), 5 * at.unit_mm);
    for (const auto set : kSets) {
      if (set > BestInstructionSet()) continue;
      for (const int east : {-4, -3, 3, 4}) {
        for (const int north_sign : {-1, 1}) {
          const int north = north_sign * (7 - std::abs(east));
          // From the centre of cell (20, 20).
          const GridPoint rim{static_cast<std::int32_t>(205'000 + east * at.unit_mm), static_cast<std::int32_t>(205'000 + north * at.unit_mm)};
          GridPoint beyond = rim;
          beyond.northing_mm += north_sign;
          const std::size_t cell = 20 * 40 + 20;
          const auto value = [&](GridPoint p) {
            const support::PointSet lone{{p}, {1.0}};
            return DensitySurface(lone.view(), kernel, frame, {.instruction_set = set}, NeverStop()).value()[cell];
          };
          EXPECT_NEAR(value(rim), kernel.per_m2(static_cast<double>(kernel.reach_mm()) * static_cast<double>(kernel.reach_mm())) * 1e6, 1e-12 * value(rim));
          EXPECT_GT(value(rim), 0) << NameOf(at.shape) << " set " << static_cast<int>(set);
          EXPECT_EQ(value(beyond), 0) << NameOf(at.shape) << " set " << static_cast<int>(set);
        }
      }
    }
  }
}

// A reach too wide for the lanes goes by scatter; at 67 km both must agree.
TEST(Lanes, HandOverAtAWideReachIsSeamless) {
  std::mt19937_64 random(11);
  const support::PointSet points = support::Towns(random, 400, 90'000, true);
  const RasterFrame frame{.cell_mm = 5'000'001, .south_west = {15, 55}, .columns = 30, .rows = 30};
  for (const auto& [shape, bandwidth_mm] : {std::pair{KernelShape::kGaussian, std::int64_t{7'456'540}}, {KernelShape::kNegativeExponential, 1'677'721}}) {
    for (const std::int64_t wider : {0, 1}) {
      const Kernel kernel{shape, bandwidth_mm + wider, 0};
      LaneKernel lane;
      EXPECT_EQ(LanesHold(kernel, lane), wider == 0) << kernel.reach_mm();
      const std::vector<double> surface = DensitySurface(points.view(), kernel, frame, {}, NeverStop()).value();
      for (std::size_t cell = 0; cell < frame.size(); cell += 7) {
        const double slow = support::SlowDensityOfCell(points, kernel, frame, cell);
        ASSERT_NEAR(surface[cell], slow, 1e-12 * slow) << NameOf(shape) << " " << cell;
      }
    }
  }
}

}  // namespace
}  // namespace geo
