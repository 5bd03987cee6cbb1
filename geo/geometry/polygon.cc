#include "geo/geometry/polygon.h"

#include "geo/geometry/orientation.h"

namespace geo {
namespace {

// Twice the area in square millimetres, negative where the ring runs clockwise. Each term is under 2^66, so 2^60 vertices would fit.
Int128 TwiceSignedAreaMm2(const Ring& ring) {
  Int128 sum = 0;
  for (std::size_t i = 1; i + 1 < ring.size(); ++i) {
    const std::int64_t ax = std::int64_t{ring[i].easting_mm} - ring[0].easting_mm, ay = std::int64_t{ring[i].northing_mm} - ring[0].northing_mm;
    const std::int64_t bx = std::int64_t{ring[i + 1].easting_mm} - ring[0].easting_mm, by = std::int64_t{ring[i + 1].northing_mm} - ring[0].northing_mm;
    sum += static_cast<Int128>(ax) * by - static_cast<Int128>(ay) * bx;
  }
  return sum;
}

Int128 TwiceAreaMm2(const Ring& ring) {
  const Int128 twice = TwiceSignedAreaMm2(ring);
  return twice < 0 ? -twice : twice;
}

}  // namespace

GridBox BoundsOf(const MultiPolygon& shape) {
  GridBox box;
  for (const Polygon& part : shape.parts) {
    for (const Ring& ring : part.rings) {
      for (const GridPoint& point : ring) box.extend(point);
    }
  }
  return box;
}

bool IsAnticlockwise(const Ring& ring) { return TwiceSignedAreaMm2(ring) > 0; }

double AreaM2(const MultiPolygon& shape) {
  Int128 twice_mm2 = 0;
  for (const Polygon& part : shape.parts) {
    for (std::size_t i = 0; i < part.rings.size(); ++i) twice_mm2 += i == 0 ? TwiceAreaMm2(part.rings[i]) : -TwiceAreaMm2(part.rings[i]);
  }
  // Whole square metres and the rest apart: both are exact as doubles up to 2^53 m2, so only the last sum rounds.
  constexpr std::int64_t kTwiceMm2PerM2 = 2'000'000;
  return static_cast<double>(twice_mm2 / kTwiceMm2PerM2) + static_cast<double>(twice_mm2 % kTwiceMm2PerM2) / static_cast<double>(kTwiceMm2PerM2);
}

}  // namespace geo
