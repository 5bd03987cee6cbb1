#include "geo/geometry/validity.h"

#include <fmt/format.h>
#include <geos_c.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "geo/geometry/geos_bridge.h"

namespace geo {
namespace {

tl::unexpected<Error> Invalid(std::string message) { return Fail({ErrorCode::kInvalidArgument, "", "INVALID_GEOMETRY", std::move(message)}); }

Result<void> CheckRings(const MultiPolygon& shape) {
  if (shape.parts.empty()) return Invalid("Empty: the shape has no polygon");
  for (const Polygon& part : shape.parts) {
    if (part.rings.empty()) return Invalid("Empty: a polygon has no ring");
    for (const Ring& ring : part.rings) {
      if (ring.empty()) return Invalid("Empty: a ring has no vertex");
      if (ring.size() < 3) {
        return Invalid(fmt::format("Too few vertices ({}, at least 3) at {:.1f} {:.1f}", ring.size(), ring[0].easting_m(), ring[0].northing_m()));
      }
    }
  }
  return {};
}

bool BoxesMeet(const GridBox& a, const GridBox& b) {
  return a.low.easting_mm <= b.high.easting_mm && b.low.easting_mm <= a.high.easting_mm && a.low.northing_mm <= b.high.northing_mm &&
         b.low.northing_mm <= a.high.northing_mm;
}

// Pairs (i, j), i < j, whose boxes meet, by i then j. A sweep from west to east.
std::vector<std::pair<std::size_t, std::size_t>> PairsThatMeet(const std::vector<GridBox>& boxes) {
  std::vector<std::size_t> order(boxes.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return std::pair(boxes[a].low.easting_mm, a) < std::pair(boxes[b].low.easting_mm, b); });
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  std::vector<std::size_t> open;
  for (const std::size_t i : order) {
    std::erase_if(open, [&](std::size_t j) { return boxes[j].high.easting_mm < boxes[i].low.easting_mm; });
    for (const std::size_t j : open) {
      if (BoxesMeet(boxes[i], boxes[j])) pairs.emplace_back(std::min(i, j), std::max(i, j));
    }
    if (!boxes[i].empty()) open.push_back(i);
  }
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

}  // namespace

Result<void> CheckValid(const MultiPolygon& shape) {
  if (Result<void> rings = CheckRings(shape); !rings) return rings;
  const Geos geos;
  const GeosGeometry geometry = MakeGeosGeometry(geos, shape);
  if (!geometry) return Invalid(geos.message());
  char* raw_reason = nullptr;
  GEOSGeometry* raw_place = nullptr;
  const char valid = GEOSisValidDetail_r(geos.handle(), geometry.get(), 0, &raw_reason, &raw_place);
  const auto reason = geos.own(raw_reason);
  const auto place = geos.own(raw_place);
  if (valid == 1) return {};
  std::string message = reason ? reason.get() : geos.message();
  double x = 0, y = 0;
  if (place && GEOSGeomGetX_r(geos.handle(), place.get(), &x) == 1 && GEOSGeomGetY_r(geos.handle(), place.get(), &y) == 1) {
    message += fmt::format(" at {:.1f} {:.1f}", x / 1000, y / 1000);
  }
  return Invalid(std::move(message));
}

std::vector<Overlap> FindOverlaps(std::span<const MultiPolygon> shapes, double tolerance_m2) {
  const Geos geos;
  std::vector<GridBox> boxes;
  std::vector<double> areas_m2;
  for (const MultiPolygon& shape : shapes) {
    boxes.push_back(BoundsOf(shape));
    areas_m2.push_back(AreaM2(shape));
  }
  std::vector<GeosGeometry> geometries;
  for (std::size_t i = 0; i < shapes.size(); ++i) geometries.push_back(geos.own<GEOSGeometry>(nullptr));
  std::vector<Overlap> overlaps;
  for (const auto& [i, j] : PairsThatMeet(boxes)) {
    for (const std::size_t k : {i, j}) {
      if (!geometries[k] && CheckRings(shapes[k])) geometries[k] = MakeGeosGeometry(geos, shapes[k]);
    }
    const bool made = geometries[i] && geometries[j];
    double area_m2 = std::numeric_limits<double>::quiet_NaN();
    if (made) area_m2 = GeosAreaM2(geos, IntersectGeos(geos, geometries[i].get(), geometries[j].get()).get());
    // A NaN passes neither comparison, so it is reported.
    if (area_m2 <= tolerance_m2 || area_m2 <= 1e-9 * std::min(areas_m2[i], areas_m2[j])) continue;
    overlaps.push_back({i, j, area_m2});
  }
  return overlaps;
}

}  // namespace geo
