#include "geo/geometry/box_meets.h"

#include <algorithm>

namespace geo {
namespace {

// Clips the segment to the box (Liang and Barsky 1984): something is left where they share a point.
bool SegmentMeets(PlanePoint a, PlanePoint b, const PlaneBox& box) {
  double enter = 0, leave = 1;
  const auto clip = [&](double along, double to_low, double to_high) {
    if (along == 0) return to_low <= 0 && to_high >= 0;
    const double first = std::min(to_low / along, to_high / along), last = std::max(to_low / along, to_high / along);
    enter = std::max(enter, first);
    leave = std::min(leave, last);
    return enter <= leave;
  };
  return clip(b.x - a.x, box.low_x - a.x, box.high_x - a.x) && clip(b.y - a.y, box.low_y - a.y, box.high_y - a.y);
}

bool Inside(std::span<const std::vector<PlanePoint>> rings, PlanePoint p) {
  bool inside = false;
  for (const auto& ring : rings) {
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
      const PlanePoint a = ring[i], b = ring[j];
      if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) inside = !inside;
    }
  }
  return inside;
}

}  // namespace

bool MeetsBox(std::span<const std::vector<PlanePoint>> rings, const PlaneBox& box) {
  for (const auto& ring : rings) {
    for (std::size_t i = 0; i < ring.size(); ++i) {
      if (box.contains(ring[i]) || SegmentMeets(ring[i], ring[(i + 1) % ring.size()], box)) return true;
    }
  }
  // No edge comes near: the box lies inside, or outside.
  return Inside(rings, {box.low_x, box.low_y});
}

}  // namespace geo
