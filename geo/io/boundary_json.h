// GeoJSON and TopoJSON judged as text before GDAL sees them: GDAL 3.6 makes an empty point of NaN, infinity of 1e999, and memory of any count.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "geo/types/result.h"

namespace geo {

struct BoundaryJson {
  std::optional<std::string> crs_name;  // of the `crs` member, where there is one: "urn:ogc:def:crs:EPSG::27700"
  std::int64_t vertices = 0;
};

// Errors, all kInvalidArgument with `name` as field: BAD_JSON (cut, NaN, 1e999, a second document; with line and column), NOT_GEOJSON, TOO_DEEP,
// BAD_COORDINATE (no number where one belongs), TOO_MANY_VERTICES, TOO_MANY_RINGS, TOO_MANY_PARTS. Cost: one pass, no tree.
Result<BoundaryJson> CheckGeoJson(std::string_view text, const std::string& name);

// As above, and NOT_TOPOJSON, BAD_ARC (an index that names no arc), UNCLOSED_RING (arcs that do not join). `object` chooses among several; empty takes the only
// one. Arcs may be shared by many rings, so vertices are counted as they will be unfolded.
Result<BoundaryJson> CheckTopoJson(std::string_view text, const std::string& name, const std::string& object);

}  // namespace geo
