#include "geo/geometry/geos_bridge.h"

#include <geos_c.h>

#include <limits>
#include <vector>

#include "geo/types/check.h"

namespace geo {
namespace {

// Whole millimetres as doubles are exact, and GEOS's orientation of them is too; metres would be rounded to binary fractions.
GEOSGeometry* MakeRing(const Geos& geos, const Ring& ring) {
  std::vector<double> xy;
  xy.reserve(2 * ring.size() + 2);
  for (const GridPoint& point : ring) {
    xy.push_back(point.easting_mm);
    xy.push_back(point.northing_mm);
  }
  xy.push_back(ring.front().easting_mm);
  xy.push_back(ring.front().northing_mm);
  GEOSCoordSequence* sequence = GEOSCoordSeq_copyFromBuffer_r(geos.handle(), xy.data(), static_cast<unsigned>(ring.size() + 1), 0, 0);
  return sequence == nullptr ? nullptr : GEOSGeom_createLinearRing_r(geos.handle(), sequence);
}

}  // namespace

Geos::Geos() : handle_(GEOS_init_r()) {
  WARDWATCH_CHECK(handle_ != nullptr, "GEOS_init_r");
  GEOSContext_setErrorMessageHandler_r(handle_, &Geos::Keep, this);
  GEOSContext_setNoticeMessageHandler_r(
      handle_, [](const char*, void*) {}, nullptr);
}
Geos::~Geos() { GEOS_finish_r(handle_); }

void Geos::Free::operator()(GEOSGeom_t* p) const { GEOSGeom_destroy_r(handle, p); }
void Geos::Free::operator()(const GEOSPrepGeom_t* p) const { GEOSPreparedGeom_destroy_r(handle, p); }
void Geos::Free::operator()(char* p) const { GEOSFree_r(handle, p); }

GeosGeometry MakeGeosGeometry(const Geos& geos, const MultiPolygon& shape) {
  std::vector<GeosGeometry> parts;
  for (const Polygon& part : shape.parts) {
    std::vector<GeosGeometry> rings;
    for (const Ring& ring : part.rings) {
      rings.push_back(geos.own(MakeRing(geos, ring)));
      if (!rings.back()) return geos.own<GEOSGeometry>(nullptr);
    }
    std::vector<GEOSGeometry*> holes;
    for (std::size_t i = 1; i < rings.size(); ++i) holes.push_back(rings[i].release());
    parts.push_back(geos.own(GEOSGeom_createPolygon_r(geos.handle(), rings[0].release(), holes.data(), static_cast<unsigned>(holes.size()))));
    if (!parts.back()) return geos.own<GEOSGeometry>(nullptr);
  }
  std::vector<GEOSGeometry*> raw;
  for (GeosGeometry& part : parts) raw.push_back(part.release());
  return geos.own(GEOSGeom_createCollection_r(geos.handle(), GEOS_MULTIPOLYGON, raw.data(), static_cast<unsigned>(raw.size())));
}

GeosGeometry IntersectGeos(const Geos& geos, const GEOSGeom_t* a, const GEOSGeom_t* b) {
  GeosGeometry shared = geos.own(GEOSIntersection_r(geos.handle(), a, b));
  // Snapped to whole millimetres the overlay cannot fail for want of precision.
  if (!shared) shared = geos.own(GEOSIntersectionPrec_r(geos.handle(), a, b, 1.0));
  return shared;
}

GeosGeometry PolygonsOf(const Geos& geos, GeosGeometry geometry) {
  if (!geometry || GEOSGeomTypeId_r(geos.handle(), geometry.get()) != GEOS_GEOMETRYCOLLECTION) return geometry;
  std::vector<GeosGeometry> polygons;
  for (int i = 0; i < GEOSGetNumGeometries_r(geos.handle(), geometry.get()); ++i) {
    const GEOSGeometry* part = GEOSGetGeometryN_r(geos.handle(), geometry.get(), i);
    if (GEOSGeomTypeId_r(geos.handle(), part) == GEOS_POLYGON) polygons.push_back(geos.own(GEOSGeom_clone_r(geos.handle(), part)));
  }
  std::vector<GEOSGeometry*> raw;
  for (GeosGeometry& polygon : polygons) raw.push_back(polygon.release());
  return geos.own(GEOSGeom_createCollection_r(geos.handle(), GEOS_MULTIPOLYGON, raw.data(), static_cast<unsigned>(raw.size())));
}

double GeosAreaM2(const Geos& geos, const GEOSGeom_t* geometry) {
  double area_mm2 = 0;
  if (geometry == nullptr || GEOSArea_r(geos.handle(), geometry, &area_mm2) != 1) return std::numeric_limits<double>::quiet_NaN();
  return area_mm2 / 1e6;
}

}  // namespace geo
