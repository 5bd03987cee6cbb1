#include "geo/hotspots/quartic_density.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace geo {
namespace {

MergedPoints PointsAt(const std::vector<std::pair<double, double>>& places_m, double weight = 1) {
  MergedPoints points;
  for (const auto& [easting_m, northing_m] : places_m) {
    points.at.push_back(GridPoint::FromMeters(easting_m, northing_m));
    points.incidents.push_back(1);
    points.weight.push_back(weight);
  }
  return points;
}

double At(const MergedPoints& points, double bandwidth_m, double easting_m, double northing_m) {
  const auto density = QuarticDensity::Build(points, std::llround(bandwidth_m * 1000), NeverStop());
  const std::vector<GridPoint> places{GridPoint::FromMeters(easting_m, northing_m)};
  return density->per_km2(places, NeverStop())->front();
}

// Recomputed in R from the stated formula; per square metre there.
TEST(QuarticDensity, ReproducesTheHandVector) {
  const MergedPoints points = PointsAt({{10, 10}, {20, 10}, {40, 10}, {15, 20}, {30, 20}, {30, 30}});
  EXPECT_NEAR(At(points, 15, 20, 15) / 1e6, 0.007597519917, 5e-13);
}

TEST(QuarticDensity, PeaksAtThreeOverPiRSquaredAndQuartersWhenTheRadiusDoubles) {
  const MergedPoints lone = PointsAt({{500'000, 180'000}});
  const double peak = At(lone, 500, 500'000, 180'000);
  EXPECT_NEAR(peak, 3 / (std::numbers::pi * 0.5 * 0.5), 1e-14);
  EXPECT_NEAR(At(lone, 1000, 500'000, 180'000), peak / 4, 1e-15);
}

TEST(QuarticDensity, EndsAtTheRadius) {
  const MergedPoints lone = PointsAt({{0, 0}});
  EXPECT_EQ(At(lone, 500, 500, 0), 0.0);
  EXPECT_EQ(At(lone, 500, 300, 400), 0.0);
  EXPECT_EQ(At(lone, 500, 0, 700), 0.0);
  // A millimetre inside, 1 - d^2/r^2 is 4e-6: exact distances keep all its digits.
  const long double u2 = 499.999L * 499.999L / 250'000.0L;
  const double expected = static_cast<double>(3 / (std::numbers::pi_v<long double> * 0.25L) * (1 - u2) * (1 - u2));
  EXPECT_NEAR(At(lone, 500, 499.999, 0), expected, 1e-13 * expected);
  EXPECT_GT(expected, 0.0);
}

TEST(QuarticDensity, AddsTwoHalvesToOne) {
  const auto whole = PointsAt({{100, 100}, {400, 250}});
  const auto halves = PointsAt({{100, 100}, {400, 250}, {100, 100}, {400, 250}}, 0.5);
  EXPECT_NEAR(At(halves, 500, 200, 200), At(whole, 500, 200, 200), 1e-15);
}

TEST(QuarticDensity, OfNothingIsZero) { EXPECT_EQ(At({}, 500, 1, 1), 0.0); }

TEST(QuarticDensity, KnowsItsWorkBeforehandAndStops) {
  MergedPoints points;
  for (int i = 0; i < 10'000; ++i) {
    points.at.push_back(GridPoint::FromMeters(i % 100, i / 100));
    points.incidents.push_back(1);
    points.weight.push_back(1);
  }
  const auto density = QuarticDensity::Build(points, 1'000'000, NeverStop());
  const std::vector<GridPoint> places(50, GridPoint::FromMeters(50, 50));
  EXPECT_EQ(density->pairs(places, NeverStop()).value(), 500'000);

  struct Stopped final : StopSignal {
    bool stop_requested() const override { return true; }
    Error reason() const override { return {ErrorCode::kCancelled, "", "CANCELLED", "gone"}; }
  };
  EXPECT_EQ(density->per_km2(places, Stopped()).error().code, ErrorCode::kCancelled);
  EXPECT_EQ(density->pairs(places, Stopped()).error().code, ErrorCode::kCancelled);
  EXPECT_FALSE(QuarticDensity::Build(points, 1'000'000, Stopped()).has_value());
}

}  // namespace
}  // namespace geo
