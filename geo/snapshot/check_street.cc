#include "geo/snapshot/check_street.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace geo {
namespace {

class StreetCheck {
 public:
  StreetCheck(const DatasetRecord& record, const StreetLayers& street) : record_(record), street_(street) {}

  Result<void> check() {
    check_record();
    std::set<std::string_view> ids;
    for (const StandingCamera& camera : street_.cameras) {
      check_layer(camera.layer, StreetLayerKind::kCameras);
      require(ids.insert(camera.id).second && !camera.id.empty(), "cameras have ids of their own");
      require(camera.at != kUnlocated, "a camera has no position");
      require(camera.model < record_.street.models.size(), "a camera is of no model");
      require(in_range(camera.bearing_deg, 0, 360) && in_range(camera.field_of_view_deg, 0, 360) && in_range(camera.height_m, 0, 100), "a camera looks nowhere");
    }
    ids.clear();
    for (const CameraSite& site : street_.sites) {
      check_layer(site.layer, StreetLayerKind::kSites);
      require(ids.insert(site.id).second && !site.id.empty(), "sites have ids of their own");
      require(site.at != kUnlocated && site.cost_pence >= 0 && in_range(site.height_m, 0, 100), "a site has no position or cost");
    }
    for (const Building& building : street_.buildings) check_layer(building.layer, StreetLayerKind::kBuildings);
    for (const SensitivePlace& place : street_.places) {
      check_layer(place.layer, StreetLayerKind::kPlaces);
      require(place.at != kUnlocated && place.kind < record_.street.place_kinds.size(), "a protected place is of no kind");
    }
    if (fault_ == nullptr) return {};
    return Fail({ErrorCode::kDataLoss, "datasets/" + record_.id, "STORE_DAMAGED",
                 fmt::format("the store's copy of {} is damaged: {}; load it again", record_.id, fault_)});
  }

 private:
  void require(bool good, const char* what) {
    if (!good && fault_ == nullptr) fault_ = what;
  }
  static bool in_range(const std::optional<double>& value, double low, double high) { return !value || (*value >= low && *value <= high); }
  void check_layer(std::size_t layer, StreetLayerKind kind) {
    require(layer < record_.street.layers.size() && record_.street.layers[std::min(layer, record_.street.layers.size() - 1)].kind == kind, "a row is of no layer");
  }
  void check_record() {
    const StreetRecord& street = record_.street;
    for (std::size_t i = 0; i < street.models.size(); ++i) {
      require(i == 0 || street.models[i - 1].id < street.models[i].id, "camera models are out of order");
      require(OpticsOf(street.models[i], DensityTable::k2014, std::nullopt, "").has_value(), "a camera model has no lens");
    }
    for (const EvidenceTable& table : street.evidence) require(!table.rows.empty(), "a table of evidence is empty");
    for (const MonitoredHours& hours : street.monitored) require(hours.share > 0 && hours.share <= 1, "monitored hours have no share");
    for (const StreetLayerRecord& layer : street.layers) require(!layer.id.empty(), "a layer has no id");
  }

  const DatasetRecord& record_;
  const StreetLayers& street_;
  const char* fault_ = nullptr;
};

}  // namespace

Result<void> CheckStreet(const DatasetRecord& record, const StreetLayers& street) { return StreetCheck(record, street).check(); }

Result<FootprintIndex> IndexBuildings(const DatasetRecord& record, const StreetLayers& street) {
  std::vector<Polygon> footprints;
  for (const Building& building : street.buildings) footprints.insert(footprints.end(), building.ground.parts.begin(), building.ground.parts.end());
  auto index = FootprintIndex::Build(footprints);
  if (index) return index;
  return Fail({ErrorCode::kDataLoss, "datasets/" + record.id, "STORE_DAMAGED",
               fmt::format("the store's copy of {} is damaged: {}; load it again", record.id, index.error().message)});
}

}  // namespace geo
