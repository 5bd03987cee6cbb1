#include <nlohmann/json.hpp>
#include <utility>

#include "server/cli/camera_drawing.h"
#include "server/cli/camera_words.h"
#include "server/cli/geojson_parts.h"
#include "server/cli/period_text.h"
#include "wardwatch/v1/redeployment.pb.h"
#include "wardwatch/v1/site_evidence.pb.h"
#include "wardwatch/v1/siting.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

Json PointAt(const api::Position& at) { return Json{{"type", "Point"}, {"coordinates", Lonlat(at.longitude_deg(), at.latitude_deg())}}; }

void SetPlaces(Json& properties, const google::protobuf::RepeatedPtrField<api::PlacesInView>& places, const std::string& level) {
  for (const api::PlacesInView& view : places) {
    if (view.level() == level) properties["watches_" + view.kind()] = view.places();
  }
}

geo::Result<void> AddView(const api::CameraView& view, std::vector<Json>& features) {
  for (const api::ViewOutline& outline : view.outlines()) {
    auto shape = WoundGeometry(outline.geojson(), "Polygon", "the view of " + view.id());
    if (!shape) return geo::Fail(shape.error());
    features.push_back(
        Feature(std::move(*shape),
                Json{{"kind", "view"}, {"id", view.id()}, {"existing", view.existing()}, {"level", outline.level()}, {"bearing_deg", view.bearing_deg()}}));
  }
  return {};
}

geo::Result<void> AddViewsAndCells(const auto& answer, std::vector<Json>& features) {
  for (const api::CameraView& view : answer.views()) {
    if (auto added = AddView(view, features); !added) return added;
  }
  const auto earth = geo::BritishGrid::Create();
  if (!earth) return geo::Fail(earth.error());
  for (const api::DemandCell& cell : answer.cells()) {
    const auto name = ParseCellName(cell.cell());
    if (!name) return geo::Fail(name.error());
    features.push_back(
        Feature(CellPolygon(*name, *earth), Json{{"kind", "demand"}, {"id", cell.cell()}, {"weight", cell.weight()}, {"covered", cell.covered()}}));
  }
  return {};
}

}  // namespace

geo::Result<std::string> CamerasGeoJson(const api::ListCamerasResponse& answer) {
  std::vector<Json> features;
  for (const api::RegisteredCamera& camera : answer.cameras()) {
    Json properties{
        {"kind", "camera"},       {"id", camera.id()}, {"model", camera.model()}, {"state", StateWord(camera.state())}, {"movable", camera.movable()},
        {"place", camera.place()}};
    SetNumber(properties, "bearing_deg", camera.has_bearing_deg(), camera.bearing_deg());
    SetNumber(properties, "height_m", camera.has_height_m(), camera.height_m());
    features.push_back(Feature(PointAt(camera.position()), std::move(properties)));
  }
  return Collection(features, answer.context());
}

geo::Result<std::string> CamerasGeoJson(const api::SitingAnswer& answer) {
  std::vector<Json> features;
  for (int i = 0; i < answer.picks_size(); ++i) {
    const api::SitedCamera& pick = answer.picks(i);
    Json properties{{"kind", "pick"},
                    {"id", pick.id()},
                    {"order", i + 1},
                    {"existing", pick.existing()},
                    {"bearing_deg", pick.bearing_deg()},
                    {"cost_pence", pick.cost_pence()},
                    {"sees", pick.sees()},
                    {"gain", pick.gain()},
                    {"cumulative", pick.cumulative()},
                    {"unique", pick.unique()},
                    {"blind", pick.blind()}};
    SetPlaces(properties, pick.intrusion(), answer.certificate().level());
    features.push_back(Feature(PointAt(pick.position()), std::move(properties)));
  }
  if (auto added = AddViewsAndCells(answer, features); !added) return geo::Fail(added.error());
  return Collection(features, answer.context());
}

geo::Result<std::string> CamerasGeoJson(const api::ReviewCamerasResponse& answer) {
  std::vector<Json> features;
  for (const api::CameraReview& camera : answer.cameras()) {
    Json properties{{"kind", "camera"},
                    {"id", camera.id()},
                    {"review", ReviewWord(camera.review())},
                    {"state", StateWord(camera.state())},
                    {"movable", camera.movable()},
                    {"recent", camera.recent()},
                    {"per_year", camera.per_year()},
                    {"unique", camera.unique()},
                    {"unique_share", camera.unique_share()}};
    properties["reasons"] = std::vector<std::string>(camera.reasons().begin(), camera.reasons().end());
    properties["better_site"] = camera.better_site();
    SetPlaces(properties, camera.intrusion(), answer.certificate().level());
    features.push_back(Feature(PointAt(camera.position()), std::move(properties)));
  }
  if (auto added = AddViewsAndCells(answer, features); !added) return geo::Fail(added.error());
  return Collection(features, answer.context());
}

geo::Result<std::string> CamerasGeoJson(const api::RedeploymentPlan& plan) {
  std::vector<Json> features;
  for (const api::Deployment& at : plan.deployments()) {
    Json properties{{"kind", "deployment"},
                    {"unit", at.unit()},
                    {"site", at.site()},
                    {"quarter", at.quarter()},
                    {"days", DayRangeText(at.days())},
                    {"moved", at.moved()},
                    {"cost_pence", at.cost_pence()},
                    {"expected", at.expected()},
                    {"bearing_deg", at.bearing_deg()}};
    SetInterval(properties, "expected", at.has_interval(), at.interval());
    SetPlaces(properties, at.intrusion(), plan.certificate().level());
    features.push_back(Feature(PointAt(at.position()), std::move(properties)));
  }
  return Collection(features, plan.context());
}

geo::Result<std::string> CamerasGeoJson(const api::GatherSiteEvidenceResponse& answer) {
  std::vector<Json> features;
  Json properties{
      {"kind", "requested site"},      {"bearing_deg", answer.bearing_deg()},   {"need", answer.need()},  {"need_percentile", answer.need_percentile()},
      {"marginal", answer.marginal()}, {"unique_share", answer.unique_share()}, {"blind", answer.blind()}};
  SetPlaces(properties, answer.certificate().intrusion(), answer.certificate().level());
  features.push_back(Feature(PointAt(answer.position()), std::move(properties)));
  if (answer.has_view()) {
    if (auto added = AddView(answer.view(), features); !added) return geo::Fail(added.error());
  }
  return Collection(features, answer.context());
}

}  // namespace server
