// Where a point lies of a polygon, by exact integers: the plain crossing rule over every edge.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include "geo/geometry/orientation.h"
#include "geo/geometry/polygon.h"

namespace support {

enum class Side { kOutside, kOn, kInside };

inline Side SideOf(const geo::MultiPolygon& region, geo::GridPoint p) {
  bool inside = false;
  for (const geo::Polygon& part : region.parts) {
    for (const geo::Ring& ring : part.rings) {
      for (std::size_t i = 0; i < ring.size(); ++i) {
        const geo::GridPoint a = ring[i], b = ring[(i + 1) % ring.size()];
        if (geo::OnSegment(a, b, p)) return Side::kOn;
        if ((a.northing_mm > p.northing_mm) == (b.northing_mm > p.northing_mm)) continue;
        const bool up = b.northing_mm > a.northing_mm;
        if (geo::Orientation(a, b, p) == (up ? 1 : -1)) inside = !inside;
      }
    }
  }
  return inside ? Side::kInside : Side::kOutside;
}

// Millimetres to the nearest edge; infinite without one.
inline double DistanceToEdgeMm(const geo::MultiPolygon& region, geo::GridPoint p) {
  double nearest = std::numeric_limits<double>::infinity();
  for (const geo::Polygon& part : region.parts) {
    for (const geo::Ring& ring : part.rings) {
      for (std::size_t i = 0; i < ring.size(); ++i) {
        const geo::GridPoint a = ring[i], b = ring[(i + 1) % ring.size()];
        const double bx = double(b.easting_mm) - a.easting_mm, by = double(b.northing_mm) - a.northing_mm;
        const double px = double(p.easting_mm) - a.easting_mm, py = double(p.northing_mm) - a.northing_mm;
        const double along = std::clamp((px * bx + py * by) / (bx * bx + by * by), 0.0, 1.0);
        nearest = std::min(nearest, std::hypot(px - along * bx, py - along * by));
      }
    }
  }
  return nearest;
}

}  // namespace support
