// Which area holds a point, the slow and obvious way: every edge of every area, in 128-bit integers. Shares no code with production: it casts its ray north
// where production counts to the west.
#pragma once

#include <algorithm>
#include <span>

#include "geo/areas/area_set.h"

namespace support {

__extension__ typedef __int128 Wide;

// Twice the signed area of the triangle a, b, p.
inline Wide TriangleArea(geo::GridPoint a, geo::GridPoint b, geo::GridPoint p) {
  return Wide(a.easting_mm) * b.northing_mm - Wide(b.easting_mm) * a.northing_mm + Wide(b.easting_mm) * p.northing_mm - Wide(p.easting_mm) * b.northing_mm +
         Wide(p.easting_mm) * a.northing_mm - Wide(a.easting_mm) * p.northing_mm;
}

// Closed: a point on a ring is in. Inside: enclosed by the rings of all parts an odd number of times.
inline bool BruteForceContains(const geo::MultiPolygon& shape, geo::GridPoint p) {
  bool inside = false;
  for (const geo::Polygon& part : shape.parts) {
    for (const geo::Ring& ring : part.rings) {
      for (std::size_t i = 0; i < ring.size(); ++i) {
        geo::GridPoint a = ring[i], b = ring[(i + 1) % ring.size()];
        if (b < a) std::swap(a, b);  // a is the western end
        const Wide area = TriangleArea(a, b, p);
        if (area == 0 && p.easting_mm >= a.easting_mm && p.easting_mm <= b.easting_mm && p.northing_mm >= std::min(a.northing_mm, b.northing_mm) &&
            p.northing_mm <= std::max(a.northing_mm, b.northing_mm)) {
          return true;
        }
        // The edge is north of p: p lies right of the way from west to east.
        if (a.easting_mm <= p.easting_mm && p.easting_mm < b.easting_mm && area < 0) inside = !inside;
      }
    }
  }
  return inside;
}

// `areas` in order of code.
inline geo::AreaIndex BruteForceLocate(std::span<const geo::Area> areas, geo::GridPoint p) {
  if (p == geo::kUnlocated) return geo::kNowhere;
  for (std::size_t i = 0; i < areas.size(); ++i) {
    if (BruteForceContains(areas[i].shape, p)) return static_cast<geo::AreaIndex>(i);
  }
  return geo::kOutside;
}

}  // namespace support
