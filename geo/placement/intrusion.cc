#include "geo/placement/intrusion.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "geo/placement/coverage.h"

namespace geo {
namespace {

struct Offset {
  double east_m = 0, north_m = 0, away_m = 0;
};

Offset Between(GridPoint from, GridPoint to) {
  Offset offset{to.easting_m() - from.easting_m(), to.northing_m() - from.northing_m(), 0};
  offset.away_m = std::hypot(offset.east_m, offset.north_m);
  return offset;
}

// Is the point in or behind the disc of this radius about the place, as seen from where both are told?
bool Masked(const Offset& point, const Offset& place, double radius_m) {
  if (std::hypot(point.east_m - place.east_m, point.north_m - place.north_m) <= radius_m) return true;
  if (place.away_m <= radius_m) return true;  // the camera looks out of the disc itself
  // Beyond the tangents' points of contact, and within the tangents: farther along the axis than the near side, and no farther from it than the disc's angle
  // allows.
  const double along_m = (point.east_m * place.east_m + point.north_m * place.north_m) / place.away_m;
  const double aside_m = std::abs(point.east_m * place.north_m - point.north_m * place.east_m) / place.away_m;
  const double reach_m = std::sqrt(place.away_m * place.away_m - radius_m * radius_m);
  return along_m > 0 && point.away_m >= place.away_m - radius_m && aside_m * reach_m <= along_m * radius_m;
}

double LostByMasking(const CameraScene& scene, const CameraView& view, const std::vector<std::uint32_t>& seen, const std::vector<PlaceInView>& places,
                     int level, double radius_m) {
  std::vector<Offset> masks;
  for (const PlaceInView& place : places) {
    if (place.level >= level) masks.push_back(Between(view.sector().at(), scene.places[place.place].at));
  }
  double lost = 0;
  for (const std::uint32_t i : seen) {
    const Offset point = Between(view.sector().at(), scene.demand.points[i].at);
    if (std::any_of(masks.begin(), masks.end(), [&](const Offset& mask) { return Masked(point, mask, radius_m); })) {
      lost += scene.demand.points[i].weight * view.time_share() / kAllTheTime;
    }
  }
  return lost;
}

Result<int> CheckQuery(const CameraScene& scene, const IntrusionQuery& query) {
  if (auto checked = CheckScene(scene); !checked) return Fail(checked.error());
  if (query.model >= scene.models.size()) {
    return Fail(
        {ErrorCode::kInvalidArgument, "model", "NO_SUCH_INDEX", fmt::format("is {}, and there are {} camera models", query.model, scene.models.size())});
  }
  if (!(query.step_deg >= 1 && query.step_deg <= 180)) return Fail(InvalidArgument("step_deg", fmt::format("is {}; it must be 1 to 180", query.step_deg)));
  if (!(query.keep_share >= 0 && query.keep_share <= 1)) return Fail(InvalidArgument("keep_share", fmt::format("is {}; it must be 0 to 1", query.keep_share)));
  if (!(query.mask_radius_m >= 0 && query.mask_radius_m <= 100)) {
    return Fail(InvalidArgument("mask_radius_m", fmt::format("is {}; it must be 0 to 100 m", query.mask_radius_m)));
  }
  const auto level = FindLevel(scene.table, query.level, "level");
  if (!level) return level;
  const auto optics = OpticsOf(scene.models[query.model], scene.table, query.site.height_m, "site");
  if (!optics) return Fail(optics.error());
  if (auto carries = CheckCarriesSiting(scene.demand, optics->ground_range_m[static_cast<std::size_t>(*level)], query.level); !carries)
    return Fail(carries.error());
  return level;
}

void Choose(const IntrusionQuery& query, IntrusionAnswer& answer) {
  const auto& all = answer.bearings;
  for (std::size_t i = 1; i < all.size(); ++i) {
    const BearingIntrusion &one = all[i], &best = all[answer.best];
    if (one.covered > best.covered || (one.covered == best.covered && one.places < best.places)) answer.best = i;
  }
  answer.least_intrusive = answer.best;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const BearingIntrusion &one = all[i], &least = all[answer.least_intrusive];
    if (one.covered < query.keep_share * all[answer.best].covered) continue;
    if (one.places < least.places || (one.places == least.places && one.covered > least.covered)) answer.least_intrusive = i;
  }
  answer.places_avoided = all[answer.best].places - all[answer.least_intrusive].places;
  answer.cover_lost_by_turning = all[answer.best].covered - all[answer.least_intrusive].covered;
}

}  // namespace

Result<IntrusionAnswer> SweepBearings(const CameraScene& scene, const IntrusionQuery& query, const StopSignal& stop) {
  const auto level = CheckQuery(scene, query);
  if (!level) return Fail(level.error());
  CameraSpot spot{query.site.id, query.site.at, query.model, query.site.height_m, query.site.on_building, query.site.bearings_deg};
  if (spot.bearings_deg.empty()) {
    for (int i = 0; i * query.step_deg < 360; ++i) spot.bearings_deg.push_back(i * query.step_deg);
  }
  const auto laid = LayViews(scene, {&spot, 1}, "site", stop);
  if (!laid) return Fail(laid.error());
  if (laid->views.empty()) return Fail({ErrorCode::kFailedPrecondition, "site.at", laid->left_out.front().reason, laid->left_out.front().message});
  std::vector<GridPoint> at;
  for (const DemandPoint& point : scene.demand.points) at.push_back(point.at);
  const auto seen = FindCoverage(laid->views, at, *level, scene.threads, stop);
  if (!seen) return Fail(seen.error());
  const PlaceFinder finder(scene);
  IntrusionAnswer answer;
  for (std::size_t i = 0; i < laid->views.size(); ++i) {
    if (stop.stop_requested()) return Fail(stop.reason());
    const CameraView& view = laid->views[i];
    BearingIntrusion one;
    one.bearing_deg = view.sector().bearing_deg();
    for (const std::uint32_t point : (*seen)[i]) one.covered += scene.demand.points[point].weight * view.time_share() / kAllTheTime;
    const auto places = finder.in_view(view);
    one.places = std::count_if(places.begin(), places.end(), [&](const PlaceInView& place) { return place.level >= *level; });
    one.intrusion = CountIntrusion(scene, finder, {&view, 1});
    one.cover_lost_by_masking = LostByMasking(scene, view, (*seen)[i], places, *level, query.mask_radius_m);
    answer.bearings.push_back(std::move(one));
  }
  Choose(query, answer);
  std::vector<int> share(at.size());
  for (const std::uint32_t point : (*seen)[answer.least_intrusive]) share[point] = laid->views[answer.least_intrusive].time_share();
  answer.certificate = Certify(scene, scene.demand, *level, share, {&laid->views[answer.least_intrusive], 1});
  return answer;
}

}  // namespace geo
