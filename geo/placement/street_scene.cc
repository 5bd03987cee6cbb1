#include "geo/placement/street_scene.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "geo/placement/incident_demand.h"

namespace geo {
namespace {

constexpr int kDaysPerWeek = 7, kMinutesPerWeek = kDaysPerWeek * kMinutesPerDay;
constexpr double kAllRoundDeg = 360;

// Models for single cameras, made once for each lens and way of looking.
class SceneModels {
 public:
  explicit SceneModels(std::vector<CameraModel>& models) : models_(models) {}

  std::size_t of(const StandingCamera& camera) {
    if (!camera.field_of_view_deg && camera.bearing_deg) return camera.model;
    const double at_once_deg = camera.field_of_view_deg.value_or(0);
    const auto [known, fresh] = made_.try_emplace({camera.model, at_once_deg, camera.bearing_deg.has_value()}, models_.size());
    if (!fresh) return known->second;
    CameraModel model = models_[camera.model];
    if (at_once_deg > 0) {
      model.field_of_view_deg = at_once_deg / model.sensors;
      model.sensor_width_mm = model.focal_length_mm = 0;
      model.id += fmt::format(" ({} degrees)", at_once_deg);
    }
    if (!camera.bearing_deg) {
      model.pan_deg = kAllRoundDeg;
      model.id += " (bearing not known)";
    }
    models_.push_back(std::move(model));
    return known->second;
  }

 private:
  std::vector<CameraModel>& models_;
  std::map<std::tuple<std::size_t, double, bool>, std::size_t> made_;
};

// Minutes of the week, from Monday's midnight, that a window holds.
void Mark(const TimeOfWeek& week, double share, std::vector<double>& minutes) {
  for (int day = 0; day < kDaysPerWeek; ++day) {
    if ((week.weekdays >> day & 1) == 0) continue;
    const int begin = day * kMinutesPerDay + week.begin_minute;
    const int end = day * kMinutesPerDay + week.end_minute + (week.end_minute <= week.begin_minute ? kMinutesPerDay : 0);
    for (int minute = begin; minute < end; ++minute) {
      double& known = minutes[static_cast<std::size_t>(minute % kMinutesPerWeek)];
      known = std::max(known, share);
    }
  }
}

}  // namespace

std::vector<double> MonitoredShares(const std::vector<MonitoredHours>& hours, const std::optional<HourBlocks>& blocks) {
  if (hours.empty()) return {};
  std::vector<double> watched(kMinutesPerWeek);
  for (const MonitoredHours& stretch : hours) Mark(stretch.week, stretch.share, watched);
  std::vector<double> shares;
  for (const TimeOfWeek& window : WindowsOf(blocks)) {
    std::vector<double> inside(kMinutesPerWeek);
    Mark(window, 1, inside);
    double sum = 0, minutes = 0;
    for (std::size_t i = 0; i < inside.size(); ++i) sum += inside[i] * watched[i], minutes += inside[i];
    shares.push_back(sum / minutes);
  }
  return shares;
}

CandidateSite CandidateOf(const CameraSite& site) { return {site.id, site.at, site.height_m, site.on_building, site.cost_pence, {}}; }

CameraScene SceneOf(const DatasetSnapshot& data, const SceneSettings& settings) {
  const StreetRecord& record = data.record.street;
  CameraScene scene;
  scene.buildings = data.buildings;
  scene.table = settings.table;
  scene.models = record.models;
  SceneModels models(scene.models);
  for (const StandingCamera& camera : data.street.cameras) {
    ExistingCamera standing{camera.id, camera.at, models.of(camera), camera.bearing_deg.value_or(0), camera.height_m, camera.on_building, camera.state, camera.bond};
    standing.bearing_known = camera.bearing_deg.has_value();
    scene.cameras.push_back(std::move(standing));
  }
  for (const SensitivePlace& place : data.street.places) scene.places.push_back({place.at, place.kind});
  scene.place_kinds = record.place_kinds;
  if (settings.evidence) scene.evidence = record.evidence[*settings.evidence].rows;
  scene.monitored = MonitoredShares(record.monitored, settings.blocks);
  scene.decided_on = settings.decided_on;
  scene.review_months = settings.review_months;
  scene.threads = settings.threads;
  return scene;
}

std::vector<SceneNote> NotesOn(const DatasetSnapshot& data, const CameraScene& scene) {
  std::vector<SceneNote> notes;
  if (scene.buildings.size() == 0) notes.push_back({"NO_BUILDINGS", "no footprints are known: every line of sight is taken as free, so that views are too large"});
  if (scene.places.empty())
    notes.push_back({"NO_PROTECTED_PLACES", "no homes, schools or places of worship are known: whom a view takes in is not told, which is not none"});
  if (scene.evidence.empty()) notes.push_back({"NO_EVIDENCE", "no table of evidence is in force: of every category it is said that nothing was studied"});
  if (scene.monitored.empty()) notes.push_back({"NO_MONITORED_HOURS", "it is not stated when somebody watches: fit to monitored hours is not told"});
  const auto unknown = std::count_if(scene.cameras.begin(), scene.cameras.end(), [](const ExistingCamera& camera) { return !camera.bearing_known; });
  if (unknown > 0) {
    notes.push_back({"BEARING_UNKNOWN", fmt::format("of {} of {} cameras the bearing is not known: each is taken to look all round, each way for a share of the time",
                                                    unknown, scene.cameras.size())});
  }
  for (const StreetLayerRecord& layer : data.record.street.layers) {
    const bool told = std::find(layer.tells.begin(), layer.tells.end(), "state") != layer.tells.end();
    if (layer.kind == StreetLayerKind::kCameras && !told && !scene.cameras.empty())
      notes.push_back({"STATE_NOT_TOLD", fmt::format("{} does not tell which cameras work: all are taken to", layer.title)});
  }
  const DemandTotals totals = TotalsOf(scene.demand);
  if (totals.located > 0 && totals.hour_known < totals.located)
    notes.push_back({"HOURS_UNKNOWN", fmt::format("of {:.0f} % of the weight with a position the hour is not known", 100 * (1 - totals.hour_known / totals.located))});
  return notes;
}

}  // namespace geo
