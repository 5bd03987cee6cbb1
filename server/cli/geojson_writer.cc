#include "server/cli/geojson_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "geo/geodesy/british_grid.h"
#include "server/cli/answer_json.h"
#include "server/cli/cell_name.h"
#include "server/cli/hotspot_report.h"
#include "server/cli/period_text.h"
#include "server/cli/ward_names.h"
#include "wardwatch/v1/dataset_service.pb.h"
#include "wardwatch/v1/hotspot_service.pb.h"
#include "wardwatch/v1/incident_service.pb.h"
#include "wardwatch/v1/ward_service.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;
using Json = nlohmann::ordered_json;

double SevenDecimals(double degrees) { return std::round(degrees * 1e7) / 1e7; }

Json Lonlat(double longitude_deg, double latitude_deg) { return Json::array({SevenDecimals(longitude_deg), SevenDecimals(latitude_deg)}); }

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

// JSON has no infinity: an interval without an upper bound ends in null.
void SetNumber(Json& properties, const std::string& name, bool present, double value) {
  if (present && std::isfinite(value)) {
    properties[name] = value;
  } else {
    properties[name] = nullptr;
  }
}

Json Feature(Json geometry, Json properties) { return Json{{"type", "Feature"}, {"geometry", std::move(geometry)}, {"properties", std::move(properties)}}; }

// One feature to a line: line tools can count and cut them.
std::string Collection(const std::vector<Json>& features, const api::AnswerContext& context) {
  std::string out = kIncidentsHead;
  for (std::size_t i = 0; i < features.size(); ++i) out += (i > 0 ? ",\n" : "") + features[i].dump(-1, ' ', false, Json::error_handler_t::replace);
  return out + IncidentsTail(context);
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

Json CellProperties(const api::FindHotspotsResponse& answer, const api::HotspotCell& cell) {
  Json properties{{"cell", cell.cell()}, {"rank", cell.rank()}, {"hot", cell.hot()}};
  SetCount(properties, "count", cell.count());
  properties["weight"] = cell.weight();
  properties["located_weight"] = answer.located_weight();
  properties["share"] = cell.share();
  properties["cumulative_share"] = cell.cumulative_share();
  properties["density_per_km2"] = cell.density_per_km2();
  properties["density_per_km2_per_year"] = cell.density_per_km2_per_year();
  properties["top_position_share"] = cell.top_position_share();
  properties["hot_in_years"] = YearMarks(answer, cell);
  properties["persistence"] = api::Persistence_Name(cell.persistence());
  properties["area_code"] = cell.area_code();
  properties["area_title"] = cell.area_title();
  return properties;
}

void SetPeriodCount(Json& properties, const std::string& prefix, const api::PeriodCount& count) {
  SetCount(properties, prefix + "_incidents", count.incidents());
  SetCount(properties, prefix + "_crimes", count.crimes());
  SetNumber(properties, prefix + "_residents", count.has_residents(), count.residents());
  const bool rated = count.has_rate_per_1000_per_year();
  SetNumber(properties, prefix + "_rate_per_1000_per_year", rated, count.rate_per_1000_per_year());
  SetNumber(properties, prefix + "_rate_low_95", rated, count.rate_interval().low());
  SetNumber(properties, prefix + "_rate_high_95", rated, count.rate_interval().high());
}

Json RowProperties(const api::CompareWardsResponse& answer, const api::WardRow& row) {
  Json properties{{"kind", RowKindWord(row)}, {"area_code", row.area_code()}, {"area_title", RowTitle(row)}};
  properties["before_days"] = DayRangeText(answer.before());
  properties["after_days"] = DayRangeText(answer.after());
  SetPeriodCount(properties, "before", row.before());
  SetPeriodCount(properties, "after", row.after());
  const api::Change& change = row.change();
  SetCount(properties, "difference", change.difference());
  SetNumber(properties, "ratio_per_day", change.has_ratio(), change.ratio());
  SetNumber(properties, "ratio_low_95", change.has_ratio_interval(), change.ratio_interval().low());
  SetNumber(properties, "ratio_high_95", change.ratio_interval().has_high(), change.ratio_interval().high());
  SetNumber(properties, "percent_change_per_day", change.has_percent(), change.percent());
  const bool tested = *VerdictWordOf(row) != '\0';
  SetNumber(properties, "q_value", tested, change.q_value());
  properties["verdict"] = VerdictWordOf(row);
  properties["explanation"] = change.explanation();
  return properties;
}

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

// The server's shape with its rings turned as RFC 7946 asks: shells anticlockwise, holes clockwise.
geo::Result<Json> WoundGeometry(const api::Area& area) {
  const geo::Error broken{geo::ErrorCode::kInternal, "geometry_geojson", "BAD_GEOMETRY",
                          fmt::format("the shape of area {} is no GeoJSON MultiPolygon", area.code())};
  Json geometry = Json::parse(area.geometry_geojson(), nullptr, false);
  const bool fine = geometry.is_object() && geometry.contains("type") && geometry["type"] == "MultiPolygon" && geometry.contains("coordinates") &&
                    geometry["coordinates"].is_array();
  if (!fine) return geo::Fail(broken);
  for (Json& polygon : geometry["coordinates"]) {
    if (!polygon.is_array()) return geo::Fail(broken);
    bool shell = true;
    for (Json& ring : polygon) {
      if (!IsRing(ring)) return geo::Fail(broken);
      if ((SignedArea(ring) > 0) != std::exchange(shell, false)) std::reverse(ring.begin(), ring.end());
    }
  }
  return geometry;
}

}  // namespace

geo::Result<std::string> HotspotsGeoJson(const api::FindHotspotsResponse& answer) {
  const auto earth = geo::BritishGrid::Create();
  if (!earth) return geo::Fail(earth.error());
  std::vector<Json> features;
  for (const api::HotspotCell& cell : answer.cells()) {
    const auto name = ParseCellName(cell.cell());
    if (!name) return geo::Fail(name.error());
    features.push_back(Feature(CellPolygon(*name, *earth), CellProperties(answer, cell)));
  }
  return Collection(features, answer.context());
}

geo::Result<std::string> WardsGeoJson(const api::CompareWardsResponse& answer, const api::ListAreasResponse& areas) {
  std::map<std::string, const api::Area*> by_code;
  for (const api::Area& area : areas.areas()) by_code[area.code()] = &area;
  std::vector<Json> features;
  for (const api::WardRow& row : answer.rows()) {
    Json geometry = nullptr;
    if (const auto found = by_code.find(row.area_code()); row.kind() == api::ROW_KIND_AREA && found != by_code.end()) {
      auto wound = WoundGeometry(*found->second);
      if (!wound) return geo::Fail(wound.error());
      geometry = std::move(*wound);
    }
    features.push_back(Feature(std::move(geometry), RowProperties(answer, row)));
  }
  return Collection(features, answer.context());
}

geo::Result<std::string> AreasGeoJson(const api::ListAreasResponse& areas) {
  std::vector<Json> features;
  for (const api::Area& area : areas.areas()) {
    auto geometry = WoundGeometry(area);
    if (!geometry) return geo::Fail(geometry.error());
    Json properties{{"name", area.name()}, {"code", area.code()}, {"title", area.title()}, {"area_km2", area.area_km2()}};
    SetNumber(properties, "residents", area.has_residents(), area.residents());
    if (area.has_residents()) properties["residents_year"] = area.residents_year();
    features.push_back(Feature(std::move(*geometry), std::move(properties)));
  }
  return Collection(features, areas.context());
}

std::string IncidentFeature(const api::Incident& incident) {
  Json geometry = nullptr;
  if (incident.has_position()) {
    geometry = Json{{"type", "Point"}, {"coordinates", Lonlat(incident.position().longitude_deg(), incident.position().latitude_deg())}};
  }
  Json properties{{"id", incident.id()},
                  {"source", incident.source()},
                  {"category", incident.category()},
                  {"from_local", incident.from_local()},
                  {"to_local", incident.to_local()},
                  {"place", incident.place()},
                  {"area_code", incident.area_code()},
                  {"weight", incident.weight()}};
  // Names come from files of others: what is no UTF-8 is replaced, not thrown at.
  return Feature(std::move(geometry), std::move(properties)).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string IncidentsTail(const api::AnswerContext& context) { return "\n],\"context\":" + AnswerJson(context, false) + "}\n"; }

}  // namespace server
