#include "geo/geodesy/british_grid.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace geo {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinite = std::numeric_limits<double>::infinity();

BritishGrid MakeGrid() {
  auto grid = BritishGrid::Create();
  EXPECT_TRUE(grid) << grid.error().message;
  return std::move(*grid);
}

TEST(BritishGrid, SaysWhichTransformationItUses) {
  EXPECT_TRUE(MakeGrid().method() == "OSTN15, EPSG:7710 (0.1 m)" || MakeGrid().method() == "Helmert, EPSG:1314 (5 m)") << MakeGrid().method();
}

TEST(BritishGrid, BatchEqualsOneByOne) {
  const BritishGrid grid = MakeGrid();
  std::vector<double> x, y;
  for (int i = 0; i < 500; ++i) {
    x.push_back(-5.0 + i * 0.013);
    y.push_back(50.0 + i * 0.017);
  }
  std::vector<double> easting = x, northing = y;
  grid.to_grid(easting, northing);
  for (std::size_t i = 0; i < x.size(); ++i) {
    EXPECT_EQ(grid.to_grid(LatLng::FromDegrees(y[i], x[i])), GridPoint::FromMeters(easting[i], northing[i]));
  }
}

TEST(BritishGrid, WhatCannotBeTransformedBecomesInfiniteAndHarmsNoNeighbour) {
  const BritishGrid grid = MakeGrid();
  const GridPoint medway = grid.to_grid(LatLng::FromDegrees(51.39, 0.54));
  std::vector<double> x = {0.54, kNan, 0.54, kInfinite, 0.54, 0.54, 181.0, 0.54, 120.0, 576'821.0, 0.54};
  std::vector<double> y = {51.39, 51.39, kNan, 51.39, -kInfinite, 51.39, 51.39, 90.5, 0.0, 168'723.0, 51.39};
  const std::vector<bool> good = {true, false, false, false, false, true, false, false, false, false, true};
  grid.to_grid(x, y);
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (good[i]) {
      EXPECT_EQ(GridPoint::FromMeters(x[i], y[i]), medway) << i;
    } else {
      EXPECT_TRUE(std::isinf(x[i]) && std::isinf(y[i])) << i << ": " << x[i] << ", " << y[i];
    }
  }
}

TEST(BritishGrid, OnePointThatCannotBeTransformedIsUnlocated) {
  const BritishGrid grid = MakeGrid();
  EXPECT_EQ(grid.to_grid(LatLng::FromDegrees(kNan, 0.5)), kUnlocated);
  EXPECT_EQ(grid.to_grid(LatLng::FromDegrees(0, 120)), kUnlocated);
  EXPECT_NE(grid.to_grid(LatLng::FromDegrees(51.39, 0.54)), kUnlocated);
}

TEST(BritishGrid, NothingToTransformIsFine) { MakeGrid().to_grid(std::span<double>(), std::span<double>()); }

TEST(BritishGrid, SwappedAxesLandFarFromBritain) {
  // 51 degrees east, half a degree north is off Somalia: what makes a swapped file recognisable.
  EXPECT_EQ(MakeGrid().to_grid(LatLng::FromDegrees(0.54, 51.39)), kUnlocated);
}

}  // namespace
}  // namespace geo
