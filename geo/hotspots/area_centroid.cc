#include "geo/hotspots/area_centroid.h"

#include <cmath>

#include "geo/types/check.h"

namespace geo {
namespace {

// Twice the signed area, and six times its moments, relative to `origin`: a whole easting would cost five digits.
struct Moments {
  double area2 = 0, east6 = 0, north6 = 0;
};

Moments MomentsOf(const Ring& ring, GridPoint origin) {
  Moments sum;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const GridPoint a = ring[i], b = ring[i + 1 == ring.size() ? 0 : i + 1];
    const double ax = a.easting_m() - origin.easting_m(), ay = a.northing_m() - origin.northing_m();
    const double bx = b.easting_m() - origin.easting_m(), by = b.northing_m() - origin.northing_m();
    const double cross = ax * by - bx * ay;
    sum.area2 += cross;
    sum.east6 += cross * (ax + bx);
    sum.north6 += cross * (ay + by);
  }
  return sum;
}

}  // namespace

GridPoint CentroidOf(const MultiPolygon& shape) {
  WARDWATCH_CHECK(!shape.parts.empty() && !shape.parts[0].rings.empty() && !shape.parts[0].rings[0].empty(), "a shape without vertices");
  const GridPoint origin = shape.parts[0].rings[0][0];
  Moments total;
  for (const Polygon& part : shape.parts) {
    for (std::size_t ring = 0; ring < part.rings.size(); ++ring) {
      const Moments one = MomentsOf(part.rings[ring], origin);
      const double sign = (one.area2 >= 0) == (ring == 0) ? 1 : -1;  // shells count, holes are taken away, whichever way they run
      total.area2 += sign * one.area2;
      total.east6 += sign * one.east6;
      total.north6 += sign * one.north6;
    }
  }
  if (!(total.area2 > 0)) return origin;
  return {static_cast<std::int32_t>(origin.easting_mm + std::llround(1000 * total.east6 / (3 * total.area2))),
          static_cast<std::int32_t>(origin.northing_mm + std::llround(1000 * total.north6 / (3 * total.area2)))};
}

}  // namespace geo
