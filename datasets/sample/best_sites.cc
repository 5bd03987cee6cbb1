#include <algorithm>
#include <cmath>
#include <cstdint>

#include "datasets/sample/offence_kinds.h"
#include "datasets/sample/street_furniture.h"
#include "geo/types/check.h"

namespace sample {
namespace {

std::int64_t Cross(geo::GridPoint o, geo::GridPoint a, geo::GridPoint b) {
  return (static_cast<std::int64_t>(a.easting_mm) - o.easting_mm) * (static_cast<std::int64_t>(b.northing_mm) - o.northing_mm) -
         (static_cast<std::int64_t>(a.northing_mm) - o.northing_mm) * (static_cast<std::int64_t>(b.easting_mm) - o.easting_mm);
}

int Sign(std::int64_t value) { return (value > 0) - (value < 0); }

// Whether the open segments cross. Touching at an end is no obstacle: light passes a corner.
bool Crosses(geo::GridPoint a, geo::GridPoint b, geo::GridPoint c, geo::GridPoint d) {
  return Sign(Cross(a, b, c)) * Sign(Cross(a, b, d)) < 0 && Sign(Cross(c, d, a)) * Sign(Cross(c, d, b)) < 0;
}

bool WithinM(geo::GridPoint a, geo::GridPoint b, double range_m) {
  const double dx = a.easting_m() - b.easting_m(), dy = a.northing_m() - b.northing_m();
  return dx * dx + dy * dy <= range_m * range_m;
}

// Thursday to Saturday 20:00 to 06:00 of 2024, by the day on which the night began.
bool Asked(const Incident& incident) {
  if (incident.kind != kViolence || incident.at == geo::kUnlocated) return false;
  const geo::LocalMinute shifted = incident.from - 6 * 60;
  const geo::LocalDay night = geo::DayOfMinute(shifted), day = geo::DayOfMinute(incident.from);
  const int hour = (incident.from - day * geo::kMinutesPerDay) / 60, weekday = geo::WeekdayOf(night);
  return (hour >= 20 || hour < 6) && weekday >= 3 && weekday <= 5 && day >= geo::DayOf(2024, 1, 1) && day < geo::DayOf(2025, 1, 1);
}

// A fixed camera sees its sector, a touring one all round.
bool Watches(const Furniture& furniture, const Camera& camera, geo::GridPoint at) {
  if (camera.state != std::string_view("working") || !WithinM(camera.at, at, kViewRange_m)) return false;
  if (camera.field_of_view_deg < 360) {
    const double bearing = std::atan2(at.easting_m() - camera.at.easting_m(), at.northing_m() - camera.at.northing_m()) * 180 / 3.14159265358979323846;
    const double off = std::abs(std::remainder(bearing - camera.bearing_deg, 360.0));
    if (off > camera.field_of_view_deg / 2.0) return false;
  }
  return Sees(furniture, camera.at, at);
}

}  // namespace

bool Sees(const Furniture& furniture, geo::GridPoint from, geo::GridPoint to) {
  if (!WithinM(from, to, kViewRange_m)) return false;
  for (const Building& building : furniture.buildings) {
    if (!WithinM(building.outline[0], from, kViewRange_m + 40)) continue;
    if (RingContains(building.outline, to)) return false;
    for (std::size_t i = 0; i < building.outline.size(); ++i) {
      if (Crosses(from, to, building.outline[i], building.outline[(i + 1) % building.outline.size()])) return false;
    }
  }
  return true;
}

SitingTruth FindBestSites(const Furniture& furniture, const std::vector<Incident>& police) {
  SitingTruth truth;
  std::vector<geo::GridPoint> open;
  for (std::size_t i = 0; i < police.size(); ++i) {
    const Incident& incident = police[i];
    const bool copy = i > 0 && incident.number == police[i - 1].number && incident.from == police[i - 1].from && incident.at == police[i - 1].at;
    if (copy || !Asked(incident)) continue;
    ++truth.demand;
    const bool covered = std::any_of(furniture.cameras.begin(), furniture.cameras.end(), [&](const Camera& c) { return Watches(furniture, c, incident.at); });
    truth.covered_already += covered ? 1 : 0;
    if (!covered) open.push_back(incident.at);
  }
  struct Candidate {
    std::size_t column;
    std::vector<std::size_t> seen;
  };
  std::vector<Candidate> candidates;
  for (std::size_t column = 0; column < furniture.columns.size(); ++column) {
    if (!furniture.columns[column].power) continue;
    Candidate candidate{column, {}};
    for (std::size_t i = 0; i < open.size(); ++i) {
      if (Sees(furniture, furniture.columns[column].at, open[i])) candidate.seen.push_back(i);
    }
    candidates.push_back(std::move(candidate));
  }
  std::stable_sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) { return a.seen.size() > b.seen.size(); });
  std::vector<char> taken(open.size());
  for (std::size_t i = 0; i < kNewCameras; ++i) {
    const Candidate& pick = candidates[i];
    for (const std::size_t seen : pick.seen) {
      WARDWATCH_CHECK(!taken[seen], "camera sites {} and an earlier one see the same incident", furniture.columns[pick.column].id);
      taken[seen] = 1;
    }
    truth.sites.push_back({pick.column, static_cast<int>(pick.seen.size()), ""});
    for (const PlantedHotspot& spot : PlantedHotspots()) {
      if (furniture.columns[pick.column].at == geo::GridPoint::FromMeters(spot.easting_m, spot.northing_m)) truth.sites.back().hotspot = spot.id;
    }
    WARDWATCH_CHECK(!truth.sites.back().hotspot.empty(), "best site {} stands on no planted hotspot", furniture.columns[pick.column].id);
  }
  truth.runner_up = static_cast<int>(candidates[kNewCameras].seen.size());
  truth.runner_up_column = furniture.columns[candidates[kNewCameras].column].id;
  WARDWATCH_CHECK(truth.sites.back().marginal > truth.runner_up, "the fifth site ties with the sixth");
  return truth;
}

}  // namespace sample
