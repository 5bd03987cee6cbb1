// A feature of a collection: an id, a geometry, and values under a schema that its collection publishes.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "geo/geometry/polygon.h"
#include "geo/types/grid_point.h"

namespace server {

// Absent (not known, not defined, or suppressed), or one of these. Times are text: RFC 3339 in UTC, dates "2024-01-31".
using FeatureValue = std::variant<std::monostate, bool, std::int64_t, double, std::string>;

enum class ValueType : std::uint8_t { kText, kWhole, kNumber, kFlag, kTime, kDate };

struct Property {
  std::string name;
  ValueType type = ValueType::kText;
  std::string title;
  std::string description;
  std::string unit;                 // "per km2 per year"; empty: none
  std::vector<std::string> values;  // all that there can be, where they are few
  bool in_tiles = true;             // long texts are not: a tile holds every feature in view
};

enum class GeometryType : std::uint8_t { kPoint, kPolygon };

struct Schema {
  GeometryType geometry = GeometryType::kPolygon;
  int degree_decimals = 7;  // 1 cm; contours need nine, for their vertices lie a millimetre apart
  std::vector<Property> properties;
  std::size_t time = 0;  // the one property of type kTime
  // properties.size() when there is none.
  std::size_t find(std::string_view name) const;
};

// On the National Grid. Polygons are shared with whoever holds them: a ward's belongs to its snapshot.
using FeatureGeometry = std::variant<std::monostate, geo::GridPoint, std::shared_ptr<const geo::MultiPolygon>>;

struct Feature {
  std::string id;
  FeatureGeometry geometry;
  std::vector<FeatureValue> values;  // as Schema::properties
};

geo::GridBox BoundsOf(const FeatureGeometry& geometry);

}  // namespace server
