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
#include "server/cli/significance_text.h"
#include "server/cli/surface_answer.h"
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

void SetSignificance(Json& properties, const api::SignificanceSummary& summary, const api::Significance& significance) {
  const bool defined = significance.status() == api::SIGNIFICANCE_STATUS_DEFINED;
  properties["statistic"] = StatisticWord(summary);
  SetNumber(properties, "statistic_value", defined && significance.has_statistic(), significance.statistic());
  SetNumber(properties, "p_value", defined && significance.has_p_value(), significance.p_value());
  SetNumber(properties, "q_value", defined && significance.has_q_value(), significance.q_value());
  properties["confidence_class"] = defined && !IsLocalMoran(summary) ? Json(significance.confidence_class()) : Json(nullptr);
  properties["moran_class"] = MoranClassWord(significance);
  properties["significant"] = defined ? Json(significance.significant()) : Json(nullptr);
  properties["significance_status"] = StatusWord(significance);
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
  if (answer.has_significance()) SetSignificance(properties, answer.significance(), cell.significance());
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

// The shapes of the areas that an answer names, by code.
class AreaShapes {
 public:
  explicit AreaShapes(const api::ListAreasResponse& areas) {
    for (const api::Area& area : areas.areas()) by_code_[area.code()] = &area;
  }
  // null for an area that is not there.
  geo::Result<Json> of(const std::string& code) const {
    const auto found = by_code_.find(code);
    if (found == by_code_.end()) return Json(nullptr);
    return WoundGeometry(*found->second);
  }

 private:
  std::map<std::string, const api::Area*> by_code_;
};

void SetPlaceName(Json& properties, const api::PlaceName& name) {
  properties["nearest_name"] = name.nearest_name();
  if (!name.nearest_name().empty()) properties["nearest_name_distance_m"] = name.nearest_name_distance_m();
  properties["area_code"] = name.area_code();
  properties["area_title"] = name.area_title();
  properties["grid_reference"] = name.grid_reference();
}

Json PlaceProperties(const api::FindPlacesResponse& answer, const api::Place& place) {
  Json properties{{"kind", "place"}, {"id", place.id()}, {"level", place.level() + 1}};
  const bool drawn = place.level() >= 0 && place.level() < answer.levels_size();
  SetNumber(properties, "level_density_per_km2_per_year", drawn, drawn ? answer.levels(place.level()).density_per_km2_per_year() : 0);
  SetPlaceName(properties, place.name());
  SetCount(properties, "incidents", place.incidents());
  properties["weight"] = place.weight();
  properties["share"] = place.share();
  properties["area_m2"] = place.area_m2();
  properties["peak_density_per_km2_per_year"] = place.peak_density_per_km2_per_year();
  properties["peak_easting_m"] = place.peak().easting_m();
  properties["peak_northing_m"] = place.peak().northing_m();
  return properties;
}

Json PeakFeature(const api::SurfacePeak& peak) {
  Json properties{{"kind", "peak"}, {"id", peak.id()}};
  SetPlaceName(properties, peak.name());
  properties["density_per_km2_per_year"] = peak.density_per_km2_per_year();
  properties["prominence_per_km2_per_year"] = peak.prominence_per_km2_per_year();
  return Feature(Json{{"type", "Point"}, {"coordinates", Lonlat(peak.at().longitude_deg(), peak.at().latitude_deg())}}, std::move(properties));
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
  const AreaShapes shapes(areas);
  std::vector<Json> features;
  for (const api::WardRow& row : answer.rows()) {
    auto geometry = row.kind() == api::ROW_KIND_AREA ? shapes.of(row.area_code()) : geo::Result<Json>(nullptr);
    if (!geometry) return geo::Fail(geometry.error());
    features.push_back(Feature(std::move(*geometry), RowProperties(answer, row)));
  }
  return Collection(features, answer.context());
}

geo::Result<std::string> AreaHotspotsGeoJson(const api::FindAreaHotspotsResponse& answer, const api::ListAreasResponse& areas) {
  const AreaShapes shapes(areas);
  std::vector<Json> features;
  for (const api::AreaHotspot& area : answer.areas()) {
    auto geometry = shapes.of(area.area_code());
    if (!geometry) return geo::Fail(geometry.error());
    Json properties{{"area_code", area.area_code()}, {"area_title", area.area_title()}};
    SetCount(properties, "count", area.count());
    properties["weight"] = area.weight();
    properties["value"] = area.value();
    properties["neighbours"] = area.neighbours();
    SetSignificance(properties, answer.significance(), area.significance());
    features.push_back(Feature(std::move(*geometry), std::move(properties)));
  }
  return Collection(features, answer.context());
}

geo::Result<std::string> PlacesGeoJson(const api::FindPlacesResponse& answer) {
  std::vector<Json> features;
  for (const api::Place& place : answer.places()) {
    auto geometry = WoundGeometry(place.geometry_geojson(), "Polygon", "place " + place.id());
    if (!geometry) return geo::Fail(geometry.error());
    features.push_back(Feature(std::move(*geometry), PlaceProperties(answer, place)));
  }
  for (const api::SurfacePeak& peak : answer.peaks()) features.push_back(PeakFeature(peak));
  return Collection(features, answer.context());
}

geo::Result<std::string> SurfaceGeoJson(const SurfaceAnswer& surface) {
  const auto shown = std::count(surface.shown.begin(), surface.shown.end(), std::uint8_t{1});
  if (shown > kMostGeoJsonCells) {
    return geo::Fail(
        {geo::ErrorCode::kInvalidArgument, "--format", "TOO_MANY_CELLS",
         fmt::format("{} cells are too many to draw as polygons, at most {}: ask for --format tiff, a larger --cell-size or a smaller --extent, or "
                     "for the contours that `wardwatch places` draws",
                     shown, kMostGeoJsonCells)});
  }
  const auto frame = FrameOf(surface.header);
  if (!frame) return geo::Fail(frame.error());
  const auto earth = geo::BritishGrid::Create();
  if (!earth) return geo::Fail(earth.error());
  const geo::CellGrid grid(geo::CellShape::kSquare, frame->cell_mm);
  std::vector<Json> features;
  for (std::size_t i = 0; i < surface.values.size(); ++i) {
    if (surface.shown[i] == 0) continue;
    const geo::CellId id = frame->cell_at(i);
    features.push_back(Feature(CellPolygon({geo::CellShape::kSquare, frame->cell_mm, id}, *earth),
                               Json{{"cell", grid.format(id)}, {"value", surface.values[i]}, {"quantity", surface.header.quantity()}}));
  }
  return Collection(features, surface.context);
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
