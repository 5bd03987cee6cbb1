// Areas as warm GEOS geometries: an STRtree over prepared polygons in whole millimetres. The peer that the join is compared with, in answers and in time.
#pragma once

#include <geos_c.h>

#include <algorithm>
#include <span>
#include <vector>

#include "geo/areas/area_set.h"

namespace support {

class GeosAreas {
 public:
  // `areas` in order of code, rings of at least three vertices.
  explicit GeosAreas(std::span<const geo::Area> areas) : handle_(GEOS_init_r()), tree_(GEOSSTRtree_create_r(handle_, 10)) {
    prepared_.reserve(areas.size());
    for (const geo::Area& area : areas) {
      geometries_.push_back(Make(area.shape));
      prepared_.push_back(GEOSPrepare_r(handle_, geometries_.back()));
    }
    for (std::size_t i = 0; i < prepared_.size(); ++i) GEOSSTRtree_insert_r(handle_, tree_, geometries_[i], reinterpret_cast<void*>(i));
  }
  ~GeosAreas() {
    GEOSSTRtree_destroy_r(handle_, tree_);
    for (const GEOSPreparedGeometry* p : prepared_) GEOSPreparedGeom_destroy_r(handle_, p);
    for (GEOSGeometry* g : geometries_) GEOSGeom_destroy_r(handle_, g);
    GEOS_finish_r(handle_);
  }
  GeosAreas(const GeosAreas&) = delete;
  GeosAreas& operator=(const GeosAreas&) = delete;

  // The lowest of the areas that intersect the point: closed, as AreaSet::locate.
  geo::AreaIndex locate(geo::GridPoint p) {
    if (p == geo::kUnlocated) return geo::kNowhere;
    GEOSGeometry* point = GEOSGeom_createPointFromXY_r(handle_, p.easting_mm, p.northing_mm);
    candidates_.clear();
    GEOSSTRtree_query_r(
        handle_, tree_, point, [](void* item, void* self) { static_cast<GeosAreas*>(self)->candidates_.push_back(reinterpret_cast<std::size_t>(item)); }, this);
    std::sort(candidates_.begin(), candidates_.end());
    geo::AreaIndex found = geo::kOutside;
    for (const std::size_t i : candidates_) {
      if (GEOSPreparedIntersects_r(handle_, prepared_[i], point) != 1) continue;
      found = static_cast<geo::AreaIndex>(i);
      break;
    }
    GEOSGeom_destroy_r(handle_, point);
    return found;
  }

 private:
  GEOSGeometry* MakeRing(const geo::Ring& ring) {
    std::vector<double> xy;
    for (std::size_t i = 0; i <= ring.size(); ++i) {
      xy.push_back(ring[i % ring.size()].easting_mm);
      xy.push_back(ring[i % ring.size()].northing_mm);
    }
    return GEOSGeom_createLinearRing_r(handle_, GEOSCoordSeq_copyFromBuffer_r(handle_, xy.data(), static_cast<unsigned>(ring.size() + 1), 0, 0));
  }
  GEOSGeometry* Make(const geo::MultiPolygon& shape) {
    std::vector<GEOSGeometry*> parts;
    for (const geo::Polygon& part : shape.parts) {
      std::vector<GEOSGeometry*> holes;
      for (std::size_t i = 1; i < part.rings.size(); ++i) holes.push_back(MakeRing(part.rings[i]));
      parts.push_back(GEOSGeom_createPolygon_r(handle_, MakeRing(part.rings[0]), holes.data(), static_cast<unsigned>(holes.size())));
    }
    if (parts.size() == 1) return parts[0];
    return GEOSGeom_createCollection_r(handle_, GEOS_MULTIPOLYGON, parts.data(), static_cast<unsigned>(parts.size()));
  }

  GEOSContextHandle_t handle_;
  GEOSSTRtree* tree_;
  std::vector<GEOSGeometry*> geometries_;
  std::vector<const GEOSPreparedGeometry*> prepared_;
  std::vector<std::size_t> candidates_;
};

}  // namespace support
