#include "geo/io/ogr_shape.h"

#include <ogr_api.h>

#include <cmath>

namespace geo {

std::unique_ptr<OGRMultiPolygon> ToOgr(const MultiPolygon& shape) {
  auto made = std::make_unique<OGRMultiPolygon>();
  for (const Polygon& part : shape.parts) {
    auto polygon = std::make_unique<OGRPolygon>();
    for (const Ring& ring : part.rings) {
      auto line = std::make_unique<OGRLinearRing>();
      line->setNumPoints(static_cast<int>(ring.size()) + 1, FALSE);
      for (std::size_t i = 0; i <= ring.size(); ++i) {
        const GridPoint p = ring[i % ring.size()];
        line->setPoint(static_cast<int>(i), p.easting_m(), p.northing_m());
      }
      polygon->addRingDirectly(line.release());
    }
    made->addGeometryDirectly(polygon.release());
  }
  return made;
}

std::optional<MultiPolygon> FromOgr(const OGRGeometry* geometry) {
  if (geometry == nullptr || wkbFlatten(geometry->getGeometryType()) != wkbMultiPolygon) return std::nullopt;
  MultiPolygon shape;
  for (const OGRPolygon* part : *geometry->toMultiPolygon()) {
    Polygon& polygon = shape.parts.emplace_back();
    for (const OGRLinearRing* line : *part) {
      Ring& ring = polygon.rings.emplace_back();
      if (line->getNumPoints() < 4) return std::nullopt;
      for (int i = 0; i + 1 < line->getNumPoints(); ++i) {
        const auto point = PointOfMeters(line->getX(i), line->getY(i));
        if (!point) return std::nullopt;
        ring.push_back(*point);
      }
    }
  }
  return shape;
}

std::optional<GridPoint> PointOfMeters(double easting_m, double northing_m) {
  if (!(std::abs(easting_m) <= kMaxMeters && std::abs(northing_m) <= kMaxMeters)) return std::nullopt;
  return GridPoint::FromMeters(easting_m, northing_m);
}

std::optional<GridPoint> PointWithin(const MultiPolygon& shape) {
  const auto whole = ToOgr(shape);
  const std::unique_ptr<OGRGeometry> within(OGRGeometry::FromHandle(OGR_G_PointOnSurface(OGRGeometry::ToHandle(whole.get()))));
  if (!within || wkbFlatten(within->getGeometryType()) != wkbPoint || within->IsEmpty()) return std::nullopt;
  return PointOfMeters(within->toPoint()->getX(), within->toPoint()->getY());
}

}  // namespace geo
