#include "geo/placement/lay_views.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "geo/types/check.h"
#include "geo/types/parallel_parts.h"

namespace geo {
namespace {

using Footprint = FootprintIndex::Footprint;

std::vector<GridPoint> PositionsOf(const std::vector<ProtectedPlace>& places) {
  std::vector<GridPoint> at;
  for (const ProtectedPlace& place : places) at.push_back(place.at);
  return at;
}

}  // namespace

CameraSpot SpotOf(const ExistingCamera& camera) { return {camera.id, camera.at, camera.model, camera.height_m, camera.on_building, {camera.bearing_deg}}; }

Result<LaidViews> LayViews(const CameraScene& scene, std::span<const CameraSpot> spots, std::string_view field, const StopSignal& stop) {
  std::vector<std::vector<CameraView>> by_spot(spots.size());
  std::vector<std::uint8_t> inside(spots.size());
  const auto laid = RunParts(spots.size(), scene.threads, [&](std::size_t i) -> Result<void> {
    if (stop.stop_requested()) return Fail(stop.reason());
    const CameraSpot& spot = spots[i];
    WARDWATCH_CHECK(spot.model < scene.models.size() && !spot.bearings_deg.empty(), "spot {}", spot.id);
    if (spot.at == kUnlocated)
      return Fail(InvalidArgument(fmt::format("{}[{}].at", field, i), fmt::format("{} has no position; leave it out or place it", spot.id)));
    if (!std::all_of(spot.bearings_deg.begin(), spot.bearings_deg.end(), [](double bearing_deg) { return std::isfinite(bearing_deg); })) {
      return Fail(InvalidArgument(fmt::format("{}[{}].bearings_deg", field, i), fmt::format("{} has a bearing that is not finite", spot.id)));
    }
    const auto optics = OpticsOf(scene.models[spot.model], scene.table, spot.height_m, fmt::format("{}[{}]", field, i));
    if (!optics) return Fail(optics.error());
    std::vector<Footprint> holding;
    scene.buildings.containing(spot.at, holding);
    inside[i] = !holding.empty() && !spot.on_building;
    if (inside[i] != 0) return {};
    const auto visible = std::make_shared<VisibilityPolygon>(scene.buildings, spot.at, optics->ground_range_m.front(), holding);
    for (const double bearing_deg : spot.bearings_deg) by_spot[i].emplace_back(visible, *optics, bearing_deg);
    stop.progressed("views", static_cast<std::int64_t>(i) + 1, static_cast<std::int64_t>(spots.size()));
    return {};
  });
  if (!laid) return Fail(laid.error());
  LaidViews out;
  for (std::uint32_t i = 0; i < spots.size(); ++i) {
    if (inside[i] != 0) {
      out.left_out.push_back({spots[i].id, "SITE_INSIDE_BUILDING",
                              fmt::format("{} at {:.1f} {:.1f} stands inside a building; move it to the wall, or say that it is on the building", spots[i].id,
                                          spots[i].at.easting_m(), spots[i].at.northing_m())});
    }
    for (CameraView& view : by_spot[i]) {
      out.views.push_back(std::move(view));
      out.spot.push_back(i);
    }
  }
  return out;
}

PlaceFinder::PlaceFinder(const CameraScene& scene) : scene_(scene), at_(PositionsOf(scene.places)), grid_(at_) {}

std::vector<PlaceInView> PlaceFinder::in_view(const CameraView& view) const {
  std::vector<std::uint32_t> near;
  grid_.inside(view.sector().box(), near);
  std::vector<PlaceInView> found;
  std::vector<Footprint> camera_on, through, own;
  scene_.buildings.containing(view.sector().at(), camera_on);
  for (const std::uint32_t place : near) {
    const int level = view.level_if_visible(at_[place]);
    if (level < 0) continue;
    scene_.buildings.containing(at_[place], own);
    through.clear();
    std::set_union(camera_on.begin(), camera_on.end(), own.begin(), own.end(), std::back_inserter(through));
    if (HasLineOfSight(scene_.buildings, view.sector().at(), at_[place], through)) found.push_back({place, level});
  }
  return found;
}

}  // namespace geo
