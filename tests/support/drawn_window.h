// Windows with every kind of cell, and points in and around them, for tests of density: deterministic in their seed.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "geo/density/weighted_points.h"
#include "geo/density/window.h"
#include "tests/support/ragged_areas.h"

namespace support {

inline std::int32_t Whole(SplitMix& random, std::int32_t low, std::int32_t high) {
  return low + static_cast<std::int32_t>(random.next() % static_cast<std::uint64_t>(high - low + 1));
}

// A blob of whole cells with a hole in it, its rim cells inside in part; some rim cells are outside.
inline geo::Window DrawnWindow(SplitMix& random, std::int32_t cell_mm, std::int32_t most_side) {
  geo::Window window{{.cell_mm = cell_mm,
                      .south_west = {Whole(random, -40, 40), Whole(random, -40, 40)},
                      .columns = Whole(random, 4, most_side),
                      .rows = Whole(random, 4, most_side)},
                     {},
                     0};
  const geo::RasterFrame& frame = window.frame;
  window.inside_m2.assign(frame.size(), 0.0);
  const double middle_row = frame.rows / 2.0, middle_column = frame.columns / 2.0;
  for (std::size_t i = 0; i < frame.size(); ++i) {
    const double row = (static_cast<double>(i / static_cast<std::size_t>(frame.columns)) + 0.5 - middle_row) / middle_row;
    const double column = (static_cast<double>(i % static_cast<std::size_t>(frame.columns)) + 0.5 - middle_column) / middle_column;
    const double radius = row * row + column * column;
    const bool rim = radius > 0.9 || radius < 0.06;
    if (radius > 1.4 || radius < 0.02 || (rim && random.unit() < 0.3)) continue;
    window.inside_m2[i] = frame.cell_area_m2() * (rim ? random.unit() : 1);
  }
  for (const double inside : window.inside_m2) window.total_m2 += inside;
  return window;
}

struct DrawnPoints {
  std::vector<geo::GridPoint> at;
  std::vector<double> weight;
  geo::WeightedPoints points() const { return {at, weight}; }
};

// Within the frame and a little beyond.
inline DrawnPoints PointsAround(SplitMix& random, const geo::RasterFrame& frame, int count) {
  DrawnPoints drawn;
  for (int i = 0; i < count; ++i) {
    const auto between = [&](std::int64_t low, std::int64_t high) {
      const std::int64_t beyond = frame.cell_mm;
      return static_cast<std::int32_t>(low - beyond + static_cast<std::int64_t>(random.unit() * static_cast<double>(high - low + 2 * beyond)));
    };
    const std::int32_t east = between(frame.west_mm(), frame.east_mm()), north = between(frame.south_mm(), frame.north_mm());
    drawn.at.push_back({east, north});
    drawn.weight.push_back(random.unit() < 0.5 ? 1 : 0.1 + 9 * random.unit());
  }
  return drawn;
}

}  // namespace support
