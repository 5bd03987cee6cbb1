#include "server/cli/geojson_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "server/cli/geojson_writer.h"
#include "wardwatch/v1/dataset_service.pb.h"

namespace server {

namespace api = wardwatch::v1;

namespace {

double SignedArea(const Json& ring) {
  double twice = 0;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    twice += ring[i][0].get<double>() * ring[i + 1][1].get<double>() - ring[i + 1][0].get<double>() * ring[i][1].get<double>();
  }
  return twice / 2;
}

bool IsRing(const Json& ring) {
  if (!ring.is_array() || ring.size() < 4) return false;
  for (const Json& point : ring) {
    if (!point.is_array() || point.size() < 2 || !point[0].is_number() || !point[1].is_number()) return false;
  }
  return true;
}

}  // namespace

Json Lonlat(double longitude_deg, double latitude_deg) {
  const auto rounded = [](double degrees) { return std::round(degrees * 1e7) / 1e7; };
  return Json::array({rounded(longitude_deg), rounded(latitude_deg)});
}

Json CellPolygon(const NamedCell& cell, const geo::BritishGrid& earth) {
  const geo::CellGrid grid(cell.shape, cell.size_mm);
  Json ring = Json::array();
  for (const geo::GridPoint corner : grid.outline_of(cell.id)) {
    const geo::LatLng position = earth.to_wgs84(corner);
    ring.push_back(Lonlat(position.longitude_deg, position.latitude_deg));
  }
  ring.push_back(ring.front());
  return Json{{"type", "Polygon"}, {"coordinates", Json::array({std::move(ring)})}};
}

Json Feature(Json geometry, Json properties) { return Json{{"type", "Feature"}, {"geometry", std::move(geometry)}, {"properties", std::move(properties)}}; }

std::string Collection(const std::vector<Json>& features, const api::AnswerContext& context) {
  std::string out = kIncidentsHead;
  for (std::size_t i = 0; i < features.size(); ++i) out += (i > 0 ? ",\n" : "") + features[i].dump(-1, ' ', false, Json::error_handler_t::replace);
  return out + IncidentsTail(context);
}

void SetCount(Json& properties, const std::string& name, const api::Count& count) {
  switch (count.value_case()) {
    case api::Count::kExact:
      properties[name] = count.exact();
      return;
    case api::Count::kRounded:
      properties[name] = count.rounded();
      properties[name + "_disclosure"] = "rounded";
      return;
    case api::Count::kSuppressed:
      properties[name] = nullptr;
      properties[name + "_disclosure"] = "suppressed";
      return;
    case api::Count::VALUE_NOT_SET:
      properties[name] = nullptr;
  }
}

void SetNumber(Json& properties, const std::string& name, bool present, double value) {
  if (present && std::isfinite(value)) {
    properties[name] = value;
  } else {
    properties[name] = nullptr;
  }
}

void SetInterval(Json& properties, const std::string& name, bool present, const api::Interval& interval) {
  SetNumber(properties, name + "_low", present, interval.low());
  SetNumber(properties, name + "_high", present && interval.has_high(), interval.high());
}

geo::Result<Json> WoundGeometry(const std::string& text, const char* type, const std::string& owner) {
  const geo::Error broken{geo::ErrorCode::kInternal, "geometry_geojson", "BAD_GEOMETRY", fmt::format("the shape of {} is no GeoJSON {}", owner, type)};
  Json geometry = Json::parse(text, nullptr, false);
  const bool fine = geometry.is_object() && geometry.contains("type") && geometry["type"] == type && geometry.contains("coordinates") &&
                    geometry["coordinates"].is_array() && !geometry["coordinates"].empty();
  if (!fine) return geo::Fail(broken);
  const auto wind = [](Json& polygon) {
    if (!polygon.is_array()) return false;
    bool shell = true;
    for (Json& ring : polygon) {
      if (!IsRing(ring)) return false;
      if ((SignedArea(ring) > 0) != std::exchange(shell, false)) std::reverse(ring.begin(), ring.end());
    }
    return true;
  };
  if (geometry["type"] == "Polygon") return wind(geometry["coordinates"]) ? geo::Result<Json>(std::move(geometry)) : geo::Fail(broken);
  for (Json& polygon : geometry["coordinates"]) {
    if (!wind(polygon)) return geo::Fail(broken);
  }
  return geometry;
}

geo::Result<Json> WoundGeometry(const api::Area& area) { return WoundGeometry(area.geometry_geojson(), "MultiPolygon", "area " + area.code()); }

AreaShapes::AreaShapes(const api::ListAreasResponse& areas) {
  for (const api::Area& area : areas.areas()) by_code_[area.code()] = &area;
}

geo::Result<Json> AreaShapes::of(const std::string& code) const {
  const auto found = by_code_.find(code);
  if (found == by_code_.end()) return Json(nullptr);
  return WoundGeometry(*found->second);
}

}  // namespace server
