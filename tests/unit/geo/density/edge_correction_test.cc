// Refusals of the edge correction, and one sum by hand.
#include "geo/density/edge_correction.h"

#include <gtest/gtest.h>

#include <numbers>

#include "tests/support/drawn_window.h"

namespace geo {
namespace {

// One row of three whole cells of 10 m, the last a quarter inside.
Window ThreeCells() { return {{.cell_mm = 10'000, .south_west = {0, 0}, .columns = 3, .rows = 1}, {100, 100, 25}, 225}; }

TEST(EdgeCorrection, ThreeCellsByHand) {
  // Epanechnikov of radius 30 m: 2 / (900 pi) (1 - d^2 / 900). From the middle of the first cell the others are 10 and 20 m off.
  const Kernel kernel{.shape = KernelShape::kEpanechnikov, .bandwidth_mm = 30'000};
  const double peak = 2 / (900 * std::numbers::pi);
  const double first = peak * (100 + 100 * (1 - 1.0 / 9) + 25 * (1 - 4.0 / 9));
  const auto cells = KernelMassAtCells(ThreeCells(), kernel, {}, NeverStop());
  ASSERT_TRUE(cells);
  EXPECT_DOUBLE_EQ((*cells)[0], first);
  const std::vector<GridPoint> at = {GridPoint::FromMeters(5, 5), GridPoint::FromMeters(35, 5)};
  const auto points = KernelMassAtPoints(ThreeCells(), kernel, at, {}, NeverStop());
  ASSERT_TRUE(points);
  EXPECT_DOUBLE_EQ((*points)[0], first);
  EXPECT_DOUBLE_EQ((*points)[1], peak * (100 * (1 - 4.0 / 9) + 25 * (1 - 1.0 / 9)));  // the first cell is just out of reach

  const std::vector<double> weight = {2, 7};  // the second lies outside and takes no part
  const auto diggle = EdgeCorrectedSurface({at, weight}, kernel, EdgeCorrection::kDiggle, ThreeCells(), {}, NeverStop());
  ASSERT_TRUE(diggle);
  EXPECT_DOUBLE_EQ((*diggle)[1], 1e6 * 2 / first * peak * (1 - 1.0 / 9));
  const auto uniform = EdgeCorrectedSurface({at, weight}, kernel, EdgeCorrection::kUniform, ThreeCells(), {}, NeverStop());
  ASSERT_TRUE(uniform);
  EXPECT_DOUBLE_EQ((*uniform)[0], 1e6 * 2 * peak / first);
}

TEST(EdgeCorrection, AnEmptyWindowIsRefused) {
  const Window empty{{.cell_mm = 10'000, .south_west = {0, 0}, .columns = 2, .rows = 1}, {0, 0}, 0};
  const auto surface = EdgeCorrectedSurface({}, {.bandwidth_mm = 30'000}, EdgeCorrection::kNone, empty, {}, NeverStop());
  ASSERT_FALSE(surface);
  EXPECT_EQ(surface.error().code, ErrorCode::kFailedPrecondition);
  EXPECT_EQ(surface.error().reason, "WINDOW_EMPTY");
}

TEST(EdgeCorrection, CellsOverAThirdOfTheBandwidthAreRefusedWithTheSizeThatWouldDo) {
  const auto surface = EdgeCorrectedSurface({}, {.bandwidth_mm = 29'999}, EdgeCorrection::kDiggle, ThreeCells(), {}, NeverStop());
  ASSERT_FALSE(surface);
  EXPECT_EQ(surface.error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(surface.error().field, "density.edge_correction");
  EXPECT_NE(surface.error().message.find("9.999 m or less"), std::string::npos) << surface.error().message;
  EXPECT_TRUE(EdgeCorrectedSurface({}, {.bandwidth_mm = 30'000}, EdgeCorrection::kDiggle, ThreeCells(), {}, NeverStop()));
  EXPECT_TRUE(EdgeCorrectedSurface({}, {.bandwidth_mm = 1'000}, EdgeCorrection::kNone, ThreeCells(), {}, NeverStop()));
}

TEST(EdgeCorrection, NoPointsAreAnEmptySurface) {
  for (const EdgeCorrection correction : {EdgeCorrection::kNone, EdgeCorrection::kUniform, EdgeCorrection::kDiggle}) {
    const auto surface = EdgeCorrectedSurface({}, {.bandwidth_mm = 50'000}, correction, ThreeCells(), {}, NeverStop());
    ASSERT_TRUE(surface);
    EXPECT_EQ(*surface, std::vector<double>(3, 0.0));
  }
}

class Stopped final : public StopSignal {
 public:
  bool stop_requested() const override { return true; }
  Error reason() const override { return {ErrorCode::kDeadlineExceeded, "", "DEADLINE", "out of time"}; }
};

TEST(EdgeCorrection, StopsAndKeepsToItsBudget) {
  support::SplitMix random(3);
  const Window window = support::DrawnWindow(random, 10'000, 30);
  const support::DrawnPoints points = support::PointsAround(random, window.frame, 50);
  for (const KernelShape shape : {KernelShape::kQuartic, KernelShape::kGaussian}) {
    const Kernel kernel{.shape = shape, .bandwidth_mm = 100'000};
    EXPECT_EQ(KernelMassAtCells(window, kernel, {}, Stopped()).error().code, ErrorCode::kDeadlineExceeded);
    EXPECT_EQ(KernelMassAtPoints(window, kernel, points.at, {}, Stopped()).error().code, ErrorCode::kDeadlineExceeded);
    EXPECT_EQ(KernelMassAtCells(window, kernel, {.pairs = 10}, NeverStop()).error().reason, "WORK_BUDGET");
    EXPECT_EQ(KernelMassAtPoints(window, kernel, points.at, {.pairs = 10}, NeverStop()).error().reason, "WORK_BUDGET");
  }
  EXPECT_EQ(KernelMassAtCells(window, {.bandwidth_mm = 1}, {}, NeverStop()).error().code, ErrorCode::kInvalidArgument);
}

}  // namespace
}  // namespace geo
