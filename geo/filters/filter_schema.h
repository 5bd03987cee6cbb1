// What a layer can be filtered by.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/filters/plane_shape.h"
#include "geo/types/result.h"

namespace geo {

enum class QueryableType : std::uint8_t { kText, kNumber, kBoolean, kTime, kGeometry };

struct Queryable {
  std::string name;  // as properties of features are named
  QueryableType type = QueryableType::kText;
  bool nullable = true;  // for documents; a row may say null of any
};

// Coordinates of shapes in a filter. Longitude first in the default; EPSG:4326 has latitude first.
enum class FilterCrs : std::uint8_t { kCrs84, kEpsg4326, kBritishGrid };

struct FilterSchema {
  std::vector<Queryable> queryables;
  // TIMESTAMP is UTC; the layer's own clock is another (Europe/London). Seconds since 1970 of each. Default: the same clock.
  std::function<std::int64_t(std::int64_t utc_s)> local_from_utc;
  FilterCrs crs = FilterCrs::kCrs84;

  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::size_t find(std::string_view name) const;
};

// "http://www.opengis.net/def/crs/OGC/1.3/CRS84", ".../EPSG/0/4326", ".../EPSG/0/27700", and the same as "[EPSG:27700]" or "EPSG:27700".
// Errors: kInvalidArgument on `filter-crs`, reason UNKNOWN_CRS, with the three that there are.
Result<FilterCrs> ParseFilterCrs(std::string_view uri);
inline FilterSpace SpaceOf(FilterCrs crs) { return crs == FilterCrs::kBritishGrid ? FilterSpace::kGrid : FilterSpace::kDegrees; }

}  // namespace geo
