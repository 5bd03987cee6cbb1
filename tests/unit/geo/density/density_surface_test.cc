#include "geo/density/density_surface.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <numbers>

#include "tests/support/brute_force_density.h"

namespace geo {
namespace {

using support::PointSet;

PointSet PointsAt(const std::vector<std::pair<double, double>>& places_m, double weight = 1) {
  PointSet points;
  for (const auto& [easting_m, northing_m] : places_m) {
    points.at.push_back(GridPoint::FromMeters(easting_m, northing_m));
    points.weight.push_back(weight);
  }
  return points;
}

std::vector<double> Surface(const PointSet& points, const Kernel& kernel, const RasterFrame& frame) {
  return DensitySurface(points.view(), kernel, frame, {}, NeverStop()).value();
}

constexpr RasterFrame kTown{.cell_mm = 10'000, .south_west = {0, 0}, .columns = 40, .rows = 40};

// Recomputed in R from the stated formula; per square metre there. A cell of 2 m whose centre is (20, 15) would not lie on the lattice, one of 10 m does.
TEST(DensitySurface, ReproducesTheHandVector) {
  const PointSet points = PointsAt({{10, 10}, {20, 10}, {40, 10}, {15, 20}, {30, 20}, {30, 30}});
  const std::vector<GridPoint> places{GridPoint::FromMeters(20, 15)};
  EXPECT_NEAR(DensityAt(points.view(), {KernelShape::kQuartic, 15'000, 0}, places, {}, NeverStop())->front() / 1e6, 0.007597519917, 5e-13);
  // The same, five metres west and south of it the lattice of 10 m cells has a centre.
  PointSet moved = points;
  for (GridPoint& p : moved.at) p.easting_mm -= 5'000;
  const std::vector<double> surface = Surface(moved, {KernelShape::kQuartic, 15'000, 0}, kTown);
  EXPECT_NEAR(surface[1 * 40 + 1] / 1e6, 0.007597519917, 5e-13);
}

TEST(DensitySurface, OfNothingIsZeroAndOfNoCellsIsEmpty) {
  const std::vector<double> surface = Surface({}, {}, kTown);
  EXPECT_EQ(surface, std::vector<double>(kTown.size(), 0.0));
  EXPECT_TRUE(Surface(PointsAt({{100, 100}}), {}, RasterFrame{}).empty());
  EXPECT_EQ(Surface(PointsAt({{100, 100}}, 0), {}, kTown), std::vector<double>(kTown.size(), 0.0));
  EXPECT_TRUE(DensityAt(PointsAt({{100, 100}}).view(), {}, {}, {}, NeverStop())->empty());
  const std::vector<GridPoint> places(3);
  EXPECT_EQ(*DensityAt({}, {}, places, {}, NeverStop()), std::vector<double>(3, 0.0));
}

TEST(DensitySurface, OfOnePointIsTheKernelAndQuartersWhenTheRadiusDoubles) {
  const PointSet lone = PointsAt({{205, 205}});
  const double peak = Surface(lone, {KernelShape::kQuartic, 100'000, 0}, kTown)[20 * 40 + 20];
  EXPECT_NEAR(peak, 3 / (std::numbers::pi * 0.1 * 0.1), 1e-12 * peak);
  EXPECT_NEAR(Surface(lone, {KernelShape::kQuartic, 200'000, 0}, kTown)[20 * 40 + 20], peak / 4, 1e-12 * peak);
}

TEST(DensitySurface, OfManyPointsOnOnePlaceIsThatManyTimesTheKernel) {
  const std::vector<double> one = Surface(PointsAt({{205, 203}}), {KernelShape::kQuartic, 70'000, 0}, kTown);
  const std::vector<double> many = Surface(PointsAt(std::vector<std::pair<double, double>>(5'000, {205, 203})), {KernelShape::kQuartic, 70'000, 0}, kTown);
  for (std::size_t i = 0; i < one.size(); ++i) EXPECT_NEAR(many[i], 5'000 * one[i], 1e-12 * many[i]);
}

// A bandwidth under the cell: most cells see nothing, and nothing is NaN.
TEST(DensitySurface, WithABandwidthUnderTheCellSeesOnlyCentresNearby) {
  for (const auto shape : {KernelShape::kQuartic, KernelShape::kUniform, KernelShape::kGaussian, KernelShape::kNegativeExponential, KernelShape::kTriangular}) {
    const RasterFrame wide{.cell_mm = 100'000'000, .south_west = {0, 0}, .columns = 3, .rows = 3};
    const std::vector<double> surface = Surface(PointsAt({{150'000.4, 150'000}, {20'000, 20'000}}), {shape, 1'000, 0}, wide);
    for (std::size_t i = 0; i < surface.size(); ++i) EXPECT_EQ(surface[i] > 0, i == 4) << NameOf(shape) << " cell " << i;
    EXPECT_TRUE(std::isfinite(surface[4]));
  }
}

TEST(DensitySurface, CountsItsPairsAndKeepsToTheBudget) {
  std::mt19937_64 random(7);
  const PointSet points = support::Towns(random, 500, 3'000, false);
  const RasterFrame frame{.cell_mm = 50'000, .south_west = {2000, 6000}, .columns = 60, .rows = 60};
  const Kernel kernel{KernelShape::kQuartic, 300'000, 0};
  std::int64_t exact = 0;
  for (std::size_t cell = 0; cell < frame.size(); ++cell) {
    const GridPoint centre = CellGrid(CellShape::kSquare, frame.cell_mm).centre_of(frame.cell_at(cell));
    for (const GridPoint p : points.at) {
      const double de = p.easting_mm - centre.easting_mm, dn = p.northing_mm - centre.northing_mm;
      exact += de * de + dn * dn <= 300'000.0 * 300'000.0;
    }
  }
  const std::int64_t pairs = SurfacePairs(points.view(), kernel, frame, NeverStop()).value();
  EXPECT_GE(pairs, exact);
  EXPECT_LE(pairs, 2 * exact);
  DensityWork work{.pairs = pairs - 1};
  const auto refused = DensitySurface(points.view(), kernel, frame, work, NeverStop());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kResourceExhausted);
  EXPECT_EQ(refused.error().reason, "WORK_BUDGET");
  EXPECT_THAT(refused.error().message, testing::HasSubstr(std::to_string(pairs)));
  work.pairs = pairs;
  EXPECT_TRUE(DensitySurface(points.view(), kernel, frame, work, NeverStop()));
  const std::vector<GridPoint> places(100, points.at.front());
  EXPECT_EQ(DensityAt(points.view(), kernel, places, {.pairs = 10}, NeverStop()).error().reason, "WORK_BUDGET");
}

class StopAfter final : public StopSignal {
 public:
  explicit StopAfter(int asks) : left_(asks) {}
  bool stop_requested() const override { return left_-- <= 0; }
  Error reason() const override { return {ErrorCode::kCancelled, "", "CANCELLED", "the caller went away"}; }
  void progressed(std::string_view stage, std::int64_t done, std::int64_t of) const override {
    EXPECT_EQ(stage, "density");
    EXPECT_GE(done, 1);
    EXPECT_LE(done, of);
    ++progressed_;
  }
  int progressed() const { return progressed_; }

 private:
  mutable std::atomic<int> left_;
  mutable std::atomic<int> progressed_{0};
};

TEST(DensitySurface, StopsWhereverItIsAsked) {
  std::mt19937_64 random(8);
  const PointSet points = support::Towns(random, 20'000, 3'000, true);
  const RasterFrame frame{.cell_mm = 20'000, .south_west = {5000, 15000}, .columns = 160, .rows = 160};
  for (const auto shape : {KernelShape::kQuartic, KernelShape::kGaussian}) {
    const Kernel kernel{shape, 150'000, 0};
    for (const int asks : {0, 1, 2, 3, 5, 8, 20}) {
      const auto stopped = DensitySurface(points.view(), kernel, frame, {.threads = 3}, StopAfter(asks));
      ASSERT_FALSE(stopped) << asks;
      EXPECT_EQ(stopped.error().code, ErrorCode::kCancelled);
      EXPECT_FALSE(DensityAt(points.view(), kernel, points.at, {}, StopAfter(asks))) << asks;
    }
    const StopAfter never(1'000'000'000);
    ASSERT_TRUE(DensitySurface(points.view(), kernel, frame, {.threads = 3}, never));
    EXPECT_GT(never.progressed(), 0);
  }
}

TEST(DensitySurface, RefusesAKernelOutOfRange) {
  const PointSet points = PointsAt({{100, 100}});
  const Kernel bad{KernelShape::kQuartic, 0, 0};
  EXPECT_EQ(DensitySurface(points.view(), bad, kTown, {}, NeverStop()).error().field, "density.bandwidth_m");
  EXPECT_FALSE(DensityAt(points.view(), bad, points.at, {}, NeverStop()));
  EXPECT_FALSE(SurfacePairs(points.view(), bad, kTown, NeverStop()));
  const std::vector<std::int64_t> narrow{10};
  EXPECT_FALSE(DensitySurfaceOfOwnBandwidths(points.view(), narrow, {}, kTown, {}, NeverStop()));
}

TEST(DensitySurface, WithOwnBandwidthsIsTheSumOfOnePointSurfaces) {
  const PointSet points = PointsAt({{105, 203}, {210.5, 111}, {300, 333}}, 2.5);
  const std::vector<std::int64_t> bandwidth_mm{40'000, 123'457, 300'000};
  for (const auto shape : {KernelShape::kQuartic, KernelShape::kGaussian, KernelShape::kUniform}) {
    const auto surface = DensitySurfaceOfOwnBandwidths(points.view(), bandwidth_mm, {shape, 1, 0}, kTown, {}, NeverStop());
    ASSERT_TRUE(surface);
    for (std::size_t cell = 0; cell < kTown.size(); ++cell) {
      double sum = 0;
      for (std::size_t i = 0; i < 3; ++i) {
        sum += support::SlowDensityOfCell({{points.at[i]}, {points.weight[i]}}, {shape, bandwidth_mm[i], 0}, kTown, cell);
      }
      ASSERT_NEAR((*surface)[cell], sum, 1e-12 * sum) << NameOf(shape) << " cell " << cell;
    }
  }
}

}  // namespace
}  // namespace geo
