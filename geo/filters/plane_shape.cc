#include "geo/filters/plane_shape.h"

#include <algorithm>
#include <cmath>

#include "geo/geometry/orientation.h"

namespace geo {
namespace {

int SideOf(PlanePoint a, PlanePoint b, PlanePoint p) {
  const Int128 cross = static_cast<Int128>(b.x - a.x) * (p.y - a.y) - static_cast<Int128>(b.y - a.y) * (p.x - a.x);
  return (cross > 0) - (cross < 0);
}

bool On(PlanePoint a, PlanePoint b, PlanePoint p) {
  return p.x >= std::min(a.x, b.x) && p.x <= std::max(a.x, b.x) && p.y >= std::min(a.y, b.y) && p.y <= std::max(a.y, b.y) && SideOf(a, b, p) == 0;
}

bool SegmentsMeet(PlanePoint a, PlanePoint b, PlanePoint c, PlanePoint d) {
  if (std::max(a.x, b.x) < std::min(c.x, d.x) || std::max(c.x, d.x) < std::min(a.x, b.x)) return false;
  if (std::max(a.y, b.y) < std::min(c.y, d.y) || std::max(c.y, d.y) < std::min(a.y, b.y)) return false;
  const int of_c = SideOf(a, b, c), of_d = SideOf(a, b, d), of_a = SideOf(c, d, a), of_b = SideOf(c, d, b);
  if (of_c * of_d < 0 && of_a * of_b < 0) return true;
  return On(a, b, c) || On(a, b, d) || On(c, d, a) || On(c, d, b);
}

bool Holds(const std::vector<PlaneRing>& rings, PlanePoint p) {
  bool inside = false;
  for (const PlaneRing& ring : rings) {
    for (std::size_t i = 0, last = ring.size() - 1; i < ring.size(); last = i++) {
      const PlanePoint a = ring[last], b = ring[i];
      if (On(a, b, p)) return true;
      if ((a.y > p.y) != (b.y > p.y) && (SideOf(a, b, p) > 0) == (b.y > a.y)) inside = !inside;
    }
  }
  return inside;
}

struct PlaneBox {
  PlanePoint low{INT64_MAX, INT64_MAX}, high{INT64_MIN, INT64_MIN};
  explicit PlaneBox(const PlaneRing& ring) {
    for (const PlanePoint p : ring) {
      low = {std::min(low.x, p.x), std::min(low.y, p.y)};
      high = {std::max(high.x, p.x), std::max(high.y, p.y)};
    }
  }
  bool near(PlanePoint a, PlanePoint b) const {
    return std::max(a.x, b.x) >= low.x && std::min(a.x, b.x) <= high.x && std::max(a.y, b.y) >= low.y && std::min(a.y, b.y) <= high.y;
  }
};

// Edges of the other that are near a ring of the one, against all of it.
bool EdgesMeet(const std::vector<PlaneRing>& one, const std::vector<PlaneRing>& other) {
  for (const PlaneRing& a : one) {
    const PlaneBox box(a);
    for (const PlaneRing& b : other) {
      for (std::size_t k = 0; k < b.size(); ++k) {
        const PlanePoint from = b[k], to = b[k + 1 < b.size() ? k + 1 : 0];
        if (!box.near(from, to)) continue;
        for (std::size_t i = 0; i < a.size(); ++i) {
          if (SegmentsMeet(a[i], a[i + 1 < a.size() ? i + 1 : 0], from, to)) return true;
        }
      }
    }
  }
  return false;
}

// A vertex of each ring of `inner` in `outer`: enough where no edges meet.
bool HoldsSomeRing(const std::vector<PlaneRing>& outer, const std::vector<PlaneRing>& inner) {
  return std::any_of(inner.begin(), inner.end(), [&](const PlaneRing& ring) { return !ring.empty() && Holds(outer, ring[0]); });
}

bool HoldsSomePoint(const PlaneShape& shape, const std::vector<PlanePoint>& points) {
  return std::any_of(points.begin(), points.end(),
                     [&](PlanePoint p) { return std::find(shape.points.begin(), shape.points.end(), p) != shape.points.end() || Holds(shape.rings, p); });
}

}  // namespace

PlanePoint PlaneOfDegrees(double longitude_deg, double latitude_deg) { return {std::llround(longitude_deg * 1e9), std::llround(latitude_deg * 1e9)}; }
PlanePoint PlaneOfMeters(double easting_m, double northing_m) { return {std::llround(easting_m * 1e3), std::llround(northing_m * 1e3)}; }

bool SharePlace(const PlaneShape& one, const PlaneShape& other) {
  if (HoldsSomePoint(one, other.points) || HoldsSomePoint(other, one.points)) return true;
  if (one.rings.empty() || other.rings.empty()) return false;
  return EdgesMeet(one.rings, other.rings) || HoldsSomeRing(one.rings, other.rings) || HoldsSomeRing(other.rings, one.rings);
}

}  // namespace geo
