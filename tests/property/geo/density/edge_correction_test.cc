// What must hold of edge-corrected surfaces whatever the window, the kernel and the points.
#include "geo/density/edge_correction.h"

#include <gtest/gtest.h>

#include <numeric>
#include <vector>

#include "tests/support/drawn_window.h"

namespace geo {
namespace {

constexpr std::uint64_t kSeeds = 1000;

Kernel AnyKernel(support::SplitMix& random, std::int32_t cell_mm) {
  const KernelShape shape = static_cast<KernelShape>(random.next() % 7);
  return {.shape = shape,
          .bandwidth_mm = 3 * std::int64_t{cell_mm} + support::Whole(random, 0, 200'000),
          .triangular_decay = shape == KernelShape::kTriangular ? random.unit() : 0};
}

double MassOf(const Window& window, const std::vector<double>& per_km2) {
  double mass = 0;
  for (std::size_t i = 0; i < per_km2.size(); ++i) mass += per_km2[i] * window.inside_m2[i] * 1e-6;
  return mass;
}

TEST(EdgeCorrectionLaw, DiggleKeepsEveryIncidentInsideAndNoOther) {
  int took_part = 0, left_out = 0;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    support::SplitMix random(seed);
    const Window window = support::DrawnWindow(random, support::Whole(random, 10'000, 80'001), 14);
    const Kernel kernel = AnyKernel(random, window.frame.cell_mm);
    const support::DrawnPoints points = support::PointsAround(random, window.frame, 30);
    double inside = 0;
    for (std::size_t i = 0; i < points.at.size(); ++i) {
      inside += window.holds(points.at[i]) ? points.weight[i] : 0;
      ++(window.holds(points.at[i]) ? took_part : left_out);
    }
    const auto surface = EdgeCorrectedSurface(points.points(), kernel, EdgeCorrection::kDiggle, window, {}, NeverStop());
    ASSERT_TRUE(surface) << "seed " << seed << ": " << surface.error().message;
    ASSERT_NEAR(MassOf(window, *surface), inside, 1e-9) << "seed " << seed;
  }
  EXPECT_GT(took_part, 10'000);
  EXPECT_GT(left_out, 5'000);
}

// As much weight in every cell as its inside area: whatever the kernel keeps of it is what it keeps of the window.
TEST(EdgeCorrectionLaw, UniformLeavesAConstantIntensityConstant) {
  for (std::uint64_t seed = 1; seed <= kSeeds / 4; ++seed) {
    support::SplitMix random(seed);
    const Window window = support::DrawnWindow(random, 2 * support::Whole(random, 5'000, 40'000), 14);
    const Kernel kernel = AnyKernel(random, window.frame.cell_mm);
    const CellGrid grid(CellShape::kSquare, window.frame.cell_mm);
    support::DrawnPoints points;
    for (std::size_t i = 0; i < window.frame.size(); ++i) {
      points.at.push_back(grid.centre_of(window.frame.cell_at(i)));
      points.weight.push_back(window.inside_m2[i] * 1e-6 * 42);
    }
    const auto surface = EdgeCorrectedSurface(points.points(), kernel, EdgeCorrection::kUniform, window, {}, NeverStop());
    ASSERT_TRUE(surface);
    for (std::size_t i = 0; i < surface->size(); ++i) {
      ASSERT_NEAR((*surface)[i], window.inside_m2[i] > 0 ? 42 : 0, 42 * 3e-12) << "seed " << seed << ", cell " << i;
    }
  }
}

TEST(EdgeCorrectionLaw, FarInsideNothingChangesAndNearTheRimOnlyUpwards) {
  support::SplitMix random(5);
  Window window{{.cell_mm = 50'000, .south_west = {0, 0}, .columns = 40, .rows = 40}, std::vector<double>(1600, 2500.0), 1600 * 2500.0};
  const Kernel kernel{.bandwidth_mm = 300'000};
  const support::DrawnPoints points = support::PointsAround(random, window.frame, 200);
  const auto none = EdgeCorrectedSurface(points.points(), kernel, EdgeCorrection::kNone, window, {}, NeverStop()).value();
  const auto uniform = EdgeCorrectedSurface(points.points(), kernel, EdgeCorrection::kUniform, window, {}, NeverStop()).value();
  const auto diggle = EdgeCorrectedSurface(points.points(), kernel, EdgeCorrection::kDiggle, window, {}, NeverStop()).value();
  int rim = 0;
  for (std::int32_t row = 0; row < 40; ++row) {
    for (std::int32_t column = 0; column < 40; ++column) {
      const std::size_t i = window.frame.index_of({row, column});
      const std::int32_t depth = std::min({row, column, 39 - row, 39 - column});
      // The midpoint rule over a kernel of six cells' radius misses 1 by under a percent.
      if (depth >= 6) {
        EXPECT_NEAR(uniform[i], none[i], 0.01 * none[i]);
      }
      if (depth >= 12) {
        EXPECT_NEAR(diggle[i], none[i], 0.01 * none[i]);
      }
      EXPECT_GE(uniform[i], none[i] * 0.99);
      EXPECT_GE(diggle[i], none[i] * 0.99);
      rim += depth == 0 && uniform[i] > 1.5 * none[i];
    }
  }
  EXPECT_GT(rim, 100);  // on a straight side half the kernel is lost
}

TEST(EdgeCorrectionLaw, ThreadsAndShiftsByWholeCellsChangeNoBit) {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    support::SplitMix random(seed);
    const Window window = support::DrawnWindow(random, 25'000, 30);
    const Kernel kernel = AnyKernel(random, 25'000);
    const support::DrawnPoints points = support::PointsAround(random, window.frame, 300);
    Window moved = window;
    moved.frame.south_west.row += 1000;
    moved.frame.south_west.column += 2000;
    support::DrawnPoints moved_points = points;
    for (GridPoint& p : moved_points.at) p = {p.easting_mm + 2000 * 25'000, p.northing_mm + 1000 * 25'000};
    const auto mass = KernelMassAtPoints(window, kernel, points.at, {}, NeverStop()).value();
    const auto cells = KernelMassAtCells(window, kernel, {}, NeverStop()).value();
    for (const int threads : {2, 3, 8}) {
      EXPECT_EQ(KernelMassAtPoints(window, kernel, points.at, {.threads = threads}, NeverStop()).value(), mass) << "seed " << seed;
      EXPECT_EQ(KernelMassAtCells(window, kernel, {.threads = threads}, NeverStop()).value(), cells) << "seed " << seed;
    }
    EXPECT_EQ(KernelMassAtPoints(moved, kernel, moved_points.at, {}, NeverStop()).value(), mass) << "seed " << seed;
    EXPECT_EQ(KernelMassAtCells(moved, kernel, {}, NeverStop()).value(), cells) << "seed " << seed;
  }
}

}  // namespace
}  // namespace geo
