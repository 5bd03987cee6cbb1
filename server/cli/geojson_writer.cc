#include "server/cli/geojson_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "geo/geodesy/british_grid.h"
#include "server/cli/answer_json.h"
#include "server/cli/cell_name.h"
#include "server/cli/geojson_parts.h"
#include "server/cli/hotspot_report.h"
#include "server/cli/significance_text.h"
#include "server/cli/surface_answer.h"
#include "wardwatch/v1/dataset_service.pb.h"
#include "wardwatch/v1/hotspot_service.pb.h"
#include "wardwatch/v1/incident_service.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

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
  if (cell.has_weight_without_largest()) properties["weight_without_largest"] = cell.weight_without_largest();
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
  if (place.has_weight_without_largest()) properties["weight_without_largest"] = place.weight_without_largest();
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

geo::Result<std::string> AreaHotspotsGeoJson(const api::FindAreaHotspotsResponse& answer, const api::ListAreasResponse& areas) {
  const AreaShapes shapes(areas);
  std::vector<Json> features;
  for (const api::AreaHotspot& area : answer.areas()) {
    auto geometry = shapes.of(area.area_code());
    if (!geometry) return geo::Fail(geometry.error());
    Json properties{{"area_code", area.area_code()}, {"area_title", area.area_title()}};
    SetCount(properties, "count", area.count());
    properties["weight"] = area.weight();
    if (area.has_weight_without_largest()) properties["weight_without_largest"] = area.weight_without_largest();
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
