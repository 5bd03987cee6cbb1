// What a density is made of.
#pragma once

#include <cstddef>
#include <span>

#include "geo/types/grid_point.h"

namespace geo {

// Positions and their weights, in an order that depends on the data alone. Merge equal positions first (geo/hotspots/merged_points.h): every cost below is per
// entry, and published positions are snapped. Weights are finite and 0 or more. Positions are located (never kUnlocated).
struct WeightedPoints {
  std::span<const GridPoint> at;
  std::span<const double> weight;
  std::size_t size() const { return at.size(); }
};

}  // namespace geo
