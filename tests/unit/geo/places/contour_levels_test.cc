#include "geo/places/contour_levels.h"

#include <gtest/gtest.h>

#include <limits>

#include "tests/support/drawn_surface.h"

namespace geo {
namespace {

TEST(LevelOfVolume, IsTheValueOfTheCellThatReachesTheShare) {
  const std::vector<double> values = {1, 4, 3, 2};  // of 10: 4, 7, 9, 10
  EXPECT_EQ(LevelOfVolume(values, 0.1), 4);
  EXPECT_EQ(LevelOfVolume(values, 0.4), 4);
  EXPECT_EQ(LevelOfVolume(values, 0.41), 3);
  EXPECT_EQ(LevelOfVolume(values, 0.7), 3);
  EXPECT_EQ(LevelOfVolume(values, 0.9), 2);
  EXPECT_EQ(LevelOfVolume(values, 0.91), 1);
  EXPECT_EQ(LevelOfVolume(values, 1), 1);
}

TEST(LevelOfVolume, TakesTiesTogether) {
  EXPECT_EQ(LevelOfVolume(std::vector<double>{5, 5, 5, 1}, 0.01), 5);
  EXPECT_EQ(LevelOfVolume(std::vector<double>{5, 5, 5, 1}, 0.93), 5);
  EXPECT_EQ(LevelOfVolume(std::vector<double>{5, 5, 5, 1}, 0.94), 1);
}

TEST(LevelOfVolume, ReachesADecimalShareOfEqualPartsExactly) {
  // 0.07 * 100 is 7.000000000000001: seven cells must do.
  std::vector<double> values(100);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = 1 + 1e-15 * static_cast<double>(100 - i);
  EXPECT_EQ(LevelOfVolume(values, 0.07), values[6]);
}

TEST(LevelOfVolume, OfNothingIsZeroAndOfEverythingTheLeast) {
  EXPECT_EQ(LevelOfVolume({}, 0.5), 0);
  EXPECT_EQ(LevelOfVolume(std::vector<double>{0, 0}, 1), 0);
  EXPECT_EQ(LevelOfVolume(std::vector<double>{0, -3}, 0.5), 0);
  EXPECT_EQ(LevelOfVolume(std::vector<double>{0, 7, -3}, 1), 7);
  EXPECT_EQ(LevelOfVolume(std::vector<double>{1e300, 1e-300, 0}, 1), 1e-300);
  EXPECT_EQ(LevelOfVolume(std::vector<double>(5, std::numeric_limits<double>::max()), 0.5), std::numeric_limits<double>::max());
  EXPECT_EQ(LevelOfVolume(std::vector<double>{std::numeric_limits<double>::quiet_NaN(), 2}, 0.5), 2);
}

TEST(LevelOfIncidents, IsTheDensityAtThePointThatReachesTheShare) {
  const auto drawn = support::DrawSurface({"1234"});
  const std::vector<GridPoint> at = {{50'000, 50'000}, {150'000, 50'000}, {250'000, 50'000}, {350'000, 50'000}};
  const std::vector<double> weight = {4, 3, 2, 1};  // from the top: 1, 3, 6, 10
  const WeightedPoints points{at, weight};
  EXPECT_EQ(LevelOfIncidents(drawn.values, drawn.frame, points, 0.1), 4);
  EXPECT_EQ(LevelOfIncidents(drawn.values, drawn.frame, points, 0.11), 3);
  EXPECT_EQ(LevelOfIncidents(drawn.values, drawn.frame, points, 0.3), 3);
  EXPECT_EQ(LevelOfIncidents(drawn.values, drawn.frame, points, 0.6), 2);
  EXPECT_EQ(LevelOfIncidents(drawn.values, drawn.frame, points, 1), 1);
}

TEST(LevelOfIncidents, OfNoWeightAndBeyondTheSurfaceIsZero) {
  const auto drawn = support::DrawSurface({"9"});
  const std::vector<GridPoint> at = {{50'000, 50'000}, {900'000, 50'000}};
  EXPECT_EQ(LevelOfIncidents(drawn.values, drawn.frame, {}, 0.5), 0);
  EXPECT_EQ(LevelOfIncidents(drawn.values, drawn.frame, {at, std::vector<double>{0, 0}}, 0.5), 0);
  EXPECT_EQ(LevelOfIncidents(drawn.values, drawn.frame, {at, std::vector<double>{1, 1}}, 0.5), 9);
  EXPECT_EQ(LevelOfIncidents(drawn.values, drawn.frame, {at, std::vector<double>{1, 1}}, 0.51), 0);
  // A point without weight sets no level.
  EXPECT_EQ(LevelOfIncidents(drawn.values, drawn.frame, {at, std::vector<double>{1, 0}}, 1), 9);
}

}  // namespace
}  // namespace geo
