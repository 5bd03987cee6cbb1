// Does a polygon meet a rectangle, in whatever plane both are drawn?
#pragma once

#include <span>
#include <vector>

namespace geo {

struct PlanePoint {
  double x = 0;
  double y = 0;
};

// Closed on all sides; low <= high on both axes.
struct PlaneBox {
  double low_x = 0, low_y = 0, high_x = 0, high_y = 0;
  bool contains(PlanePoint p) const { return p.x >= low_x && p.x <= high_x && p.y >= low_y && p.y <= high_y; }
};

// True where they share a point, by edges straight in this plane. Rings are closed without repeating the first point; inside is inside an odd number of them,
// so that the rings of several parts that do not overlap may come together. Cost: O(vertices). Coordinates are finite.
bool MeetsBox(std::span<const std::vector<PlanePoint>> rings, const PlaneBox& box);

}  // namespace geo
