#include "geo/places/contour_levels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "geo/places/contours.h"
#include "tests/support/point_in_region.h"
#include "tests/support/random_surface.h"

namespace geo {
namespace {

using support::MakeRandomSurface;
using support::RandomSurface;

// Whole numbers below 2^53, so every sum is exact: the highest value at which what stands at or over it reaches the share, tried at each.
TEST(LevelOfVolumeOracle, IsTheHighestThatHoldsTheShareOverWholeNumbers) {
  std::mt19937_64 random(3);
  for (int round = 0; round < 500; ++round) {
    std::vector<double> values(1 + random() % 200);
    const std::uint64_t most = round % 2 == 0 ? 5 : 1'000'000;
    std::int64_t total = 0;
    for (double& value : values) total += static_cast<std::int64_t>(value = static_cast<double>(random() % most));
    const auto hundredths = static_cast<std::int64_t>(1 + random() % 100);
    double slow = 0;
    for (const double level : values) {
      std::int64_t held = 0;
      for (const double value : values) held += value >= level ? static_cast<std::int64_t>(value) : 0;
      if (level > 0 && 100 * held >= hundredths * total) slow = std::max(slow, level);
    }
    EXPECT_EQ(LevelOfVolume(values, static_cast<double>(hundredths) / 100), slow) << "round " << round;
  }
}

// The cells of the region hold the share, and of the next higher value do not. The region is asked, not the values.
TEST(LevelOfVolumeOracle, ItsRegionHoldsTheShareOfTheCells) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const RandomSurface surface = MakeRandomSurface(seed);
    if (surface.frame.cell_mm < 90'000 || seed % 10 == 6) continue;
    long double total = 0;
    for (const double value : surface.values) total += std::max(0.0, value);
    for (const double share : {0.1, 0.5, 0.9}) {
      const double level = LevelOfVolume(surface.values, share);
      if (level == 0) continue;
      const auto contours = TraceContours(surface.values, surface.frame, std::vector{level}, 1'000'000, NeverStop());
      ASSERT_TRUE(contours);
      long double held = 0, over = 0;
      for (std::size_t i = 0; i < surface.values.size(); ++i) {
        const CellId cell = surface.frame.cell_at(i);
        const GridPoint centre{cell.column * surface.frame.cell_mm + surface.frame.cell_mm / 2, cell.row * surface.frame.cell_mm + surface.frame.cell_mm / 2};
        // A lone cell at the level is a speck that is left out of the region, not of the volume.
        const bool within = support::SideOf((*contours)[0].region, centre) == support::Side::kInside;
        if (surface.values[i] > level) {
          over += surface.values[i];
        }
        if (within || surface.values[i] == level) held += surface.values[i];
        EXPECT_TRUE(!within || surface.values[i] >= level) << "seed " << seed;
      }
      EXPECT_GE(held, share * total * (1 - 1e-12L)) << "seed " << seed;
      EXPECT_LT(over, share * total * (1 + 1e-12L)) << "seed " << seed;
    }
  }
}

TEST(LevelOfIncidentsOracle, ItsRegionHoldsTheShareOfThePointsAndNoHigherOneDoes) {
  std::mt19937_64 random(4);
  int regions_asked = 0;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const RandomSurface surface = MakeRandomSurface(seed);
    const RasterFrame& frame = surface.frame;
    std::vector<GridPoint> at;
    std::vector<double> weight;
    for (int i = 0; i < 80; ++i) {
      at.push_back(
          {static_cast<std::int32_t>(frame.west_mm() + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(frame.east_mm() - frame.west_mm()))),
           static_cast<std::int32_t>(frame.south_mm() +
                                     static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(frame.north_mm() - frame.south_mm())))});
      weight.push_back(static_cast<double>(random() % 4));
    }
    double total = 0;
    for (const double w : weight) total += w;
    for (const double share : {0.25, 0.5, 0.75, 1.0}) {
      const double level = LevelOfIncidents(surface.values, frame, {at, weight}, share);
      double held = 0, over = 0;
      for (std::size_t i = 0; i < at.size(); ++i) {
        const double value = SurfaceValueAt(surface.values, frame, at[i]);
        if (value >= level) held += weight[i];
        if (value > level) over += weight[i];
      }
      EXPECT_LT(over, share * total) << "seed " << seed;
      if (level == 0) continue;
      EXPECT_GE(held, share * total) << "seed " << seed;
      // Smooth or noisy surfaces on large even cells, where no ring is left out and nothing is flat: the polygon itself holds the share, the incident that set
      // the level included, because vertices are moved outwards.
      if (seed % 10 > 1 || frame.cell_mm % 2 == 1 || frame.cell_mm < 90'000) continue;
      const auto contours = TraceContours(surface.values, frame, std::vector{level}, 1'000'000, NeverStop());
      ASSERT_TRUE(contours);
      double drawn = 0;
      for (std::size_t i = 0; i < at.size(); ++i) {
        if (support::SideOf((*contours)[0].region, at[i]) != support::Side::kOutside) drawn += weight[i];
      }
      EXPECT_EQ(drawn, held) << "seed " << seed << " share " << share;
      ++regions_asked;
    }
  }
  EXPECT_GT(regions_asked, 40);
}

}  // namespace
}  // namespace geo
