#include "geo/io/area_shape.h"

#include <fmt/format.h>
#include <ogr_geometry.h>

#include <cmath>

#include "geo/geometry/validity.h"
#include "geo/io/input_limits.h"

namespace geo {
namespace {

namespace limits = input_limits;

tl::unexpected<Error> Refuse(const char* reason, std::string what) { return Fail(Error{ErrorCode::kInvalidArgument, "", reason, std::move(what)}); }

struct Box {
  double low_x, low_y, high_x, high_y;
  bool contains(double x, double y) const { return x >= low_x && x <= high_x && y >= low_y && y <= high_y; }
};
// Where areas of Great Britain and the seas and islands around it can be, with room to spare.
constexpr Box kDegrees{-11, 48, 4, 63};
constexpr Box kMetres{-200'000, -100'000, 900'000, 1'400'000};

Result<void> TakeRing(const OGRLinearRing& line, RawShape& shape) {
  const int points = line.getNumPoints();
  if (points == 0) return Refuse("EMPTY_GEOMETRY", "has an empty ring");
  for (int i = 0; i < points; ++i) {
    if (!std::isfinite(line.getX(i)) || !std::isfinite(line.getY(i))) return Refuse("NOT_FINITE", "has a coordinate that is not a finite number");
  }
  if (line.getX(0) != line.getX(points - 1) || line.getY(0) != line.getY(points - 1)) {
    return Refuse("UNCLOSED_RING", fmt::format("has a ring of {} points that does not end where it begins", points));
  }
  if (points < 4) return Refuse("RING_TOO_SHORT", fmt::format("has a ring of {} points; the least is 4, the first repeated as the last", points));
  if (shape.x.size() + static_cast<std::size_t>(points) > static_cast<std::size_t>(limits::kShapeVertices)) {
    return Refuse("TOO_MANY_VERTICES", fmt::format("has over {} vertices", limits::kShapeVertices));
  }
  shape.ring_sizes.back().push_back(static_cast<std::size_t>(points - 1));
  for (int i = 0; i + 1 < points; ++i) {
    shape.x.push_back(line.getX(i));
    shape.y.push_back(line.getY(i));
  }
  return {};
}

Result<void> TakePolygon(const OGRPolygon& polygon, RawShape& shape) {
  if (polygon.IsEmpty() || polygon.getExteriorRing() == nullptr) return Refuse("EMPTY_GEOMETRY", "has an empty part");
  shape.ring_sizes.emplace_back();
  for (const OGRLinearRing* line : polygon) {
    if (auto taken = TakeRing(*line, shape); !taken) return taken;
  }
  return {};
}

}  // namespace

Result<RawShape> TakeShape(const OGRGeometry* geometry) {
  if (geometry == nullptr) return Refuse("EMPTY_GEOMETRY", "has no geometry");
  const OGRwkbGeometryType type = wkbFlatten(geometry->getGeometryType());
  if (type != wkbPolygon && type != wkbMultiPolygon) {
    return Refuse("WRONG_GEOMETRY_TYPE", fmt::format("is a {}; Polygon and MultiPolygon are read", OGRGeometryTypeToName(type)));
  }
  if (geometry->IsEmpty()) return Refuse("EMPTY_GEOMETRY", "has an empty geometry");
  RawShape shape;
  shape.had_heights = geometry->Is3D() || geometry->IsMeasured();
  if (type == wkbPolygon) {
    if (auto taken = TakePolygon(*geometry->toPolygon(), shape); !taken) return Fail(taken.error());
    return shape;
  }
  for (const OGRPolygon* part : *geometry->toMultiPolygon()) {
    if (auto taken = TakePolygon(*part, shape); !taken) return Fail(taken.error());
  }
  return shape;
}

void CoordinateRange::add(const RawShape& shape, Crs crs) {
  const Box& area = crs == Crs::kWgs84 ? kDegrees : kMetres;
  for (std::size_t i = 0; i < shape.x.size(); ++i) {
    const double x = shape.x[i], y = shape.y[i];
    const bool degrees = std::abs(x) <= 180 && std::abs(y) <= 90;
    ++total;
    in_range += crs != Crs::kWgs84 || degrees ? 1 : 0;
    in_area += area.contains(x, y) ? 1 : 0;
    in_area_swapped += area.contains(y, x) ? 1 : 0;
    look_like_degrees = look_like_degrees && degrees;
  }
}

Result<void> JudgeRange(const CoordinateRange& range, Crs crs) {
  if (range.total == 0) return {};
  if (range.in_range < range.total) {
    return Refuse("CRS_MISMATCH", "is declared EPSG:4326 but holds coordinates that are no degrees; if they are National Grid metres, declare EPSG:27700");
  }
  if (crs == Crs::kBritishNationalGrid && range.look_like_degrees) {
    return Refuse("CRS_MISMATCH", "is declared EPSG:27700 but every coordinate looks like degrees; if they are, declare EPSG:4326");
  }
  if (range.in_area * 20 < range.total && range.in_area_swapped * 20 >= range.total * 19) {
    return Refuse("AXES_SWAPPED", "has its axes swapped: x must be longitude or easting, y latitude or northing; nothing is swapped silently");
  }
  if (range.in_area < range.total) {
    return Refuse("OUT_OF_AREA", fmt::format("has {} of {} vertices outside Great Britain and its waters", range.total - range.in_area, range.total));
  }
  return {};
}

Result<MultiPolygon> PlaceRings(RawShape shape, Crs crs, const BritishGrid& grid) {
  if (crs == Crs::kWgs84) grid.to_grid(shape.x, shape.y);
  MultiPolygon placed;
  std::size_t at = 0;
  for (const auto& part : shape.ring_sizes) {
    Polygon& polygon = placed.parts.emplace_back();
    for (const std::size_t size : part) {
      Ring& ring = polygon.rings.emplace_back();
      ring.reserve(size);
      for (std::size_t i = 0; i < size; ++i, ++at) {
        // Written so that NaN and infinity fail too.
        if (!(std::abs(shape.x[at]) <= kMaxMeters && std::abs(shape.y[at]) <= kMaxMeters))
          return Refuse("OUT_OF_AREA", "has a vertex that is not on the National Grid");
        const GridPoint point = GridPoint::FromMeters(shape.x[at], shape.y[at]);
        if (ring.empty() || ring.back() != point) ring.push_back(point);
      }
      while (ring.size() > 1 && ring.front() == ring.back()) ring.pop_back();
      if (ring.size() < 3) return Refuse("INVALID_GEOMETRY", "has a ring that is smaller than a millimetre");
    }
  }
  return placed;
}

Result<MultiPolygon> PlaceShape(RawShape shape, Crs crs, const BritishGrid& grid) {
  auto placed = PlaceRings(std::move(shape), crs, grid);
  if (!placed) return placed;
  if (auto valid = CheckValid(*placed); !valid) return Fail(valid.error());
  return placed;
}

}  // namespace geo
