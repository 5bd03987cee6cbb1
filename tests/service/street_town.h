// The small dataset over which questions about cameras are tested: one street drawn square by square, its incidents by day and by night, two cameras, sites,
// buildings, homes, a table of evidence and hours in which somebody watches. A dataset of its own: the drawn town stays without cameras.
#pragma once

#include "tests/support/drawn_dataset.h"
#include "tests/support/drawn_street.h"

namespace service_test {

// Squares of 10 m from 500,000, 200,000. A digit is so many incidents a month: from 5 a month robbery, below it disorder; of an even column at noon, of an odd
// one at half past ten in the evening. Cameras a (fixed, looks north, works) and b (a dome, faulty, its bearing not known, movable). Site D lies inside a
// building.
inline constexpr const char* kStreetMap = R"(
....B.....................
....5.....................
...###..........@@........
.......2........D@....C...
..................3...4...
...........b..............
......A...................
......7....9..............
......a....E..............
)";

inline void AddStreetRecord(geo::DatasetRecord& record) {
  geo::CameraModel dome, fixed;
  dome.id = "dome";
  dome.title = "A 1080p dome that tours";
  dome.field_of_view_deg = 60;
  dome.pan_deg = 360;
  fixed.id = "fixed";
  fixed.title = "One 4K lens";
  fixed.pixels = 3840;
  fixed.field_of_view_deg = 90;
  record.street.models = {dome, fixed};
  const auto layer = [&](const char* id, geo::StreetLayerKind kind, std::vector<std::string> tells) {
    geo::StreetLayerRecord made;
    made.id = id;
    made.title = id;
    made.kind = kind;
    made.file = {std::string(id) + ".csv", std::string(64, '0')};
    made.tells = std::move(tells);
    record.street.layers.push_back(made);
  };
  layer("council-cameras", geo::StreetLayerKind::kCameras, {"bearing", "state"});
  layer("columns", geo::StreetLayerKind::kSites, {});
  layer("footprints", geo::StreetLayerKind::kBuildings, {});
  layer("homes", geo::StreetLayerKind::kPlaces, {});
  record.street.place_kinds = {"home", "school"};
  geo::EvidenceTable table;
  table.id = "studies";
  table.title = "Studies";
  table.version = "1";
  table.source = "nobody";
  table.rows = {{"anti-social-behaviour", geo::EvidenceGrade::kNotStudied, geo::EvidenceGrade::kWeak, geo::EvidenceGrade::kModerate, "", ""},
                {"robbery", geo::EvidenceGrade::kModerate, geo::EvidenceGrade::kModerate, geo::EvidenceGrade::kStrong, "helps detection", "a study"}};
  record.street.evidence = {table};
  record.street.monitored = {{geo::TimeOfWeek{20 * 60, 4 * 60, 0x7F}, 1}};
}

// Local days: January 2021 to December 2023.
inline geo::DrawnDataset StreetTown() {
  using geo::DayOf;
  geo::DrawnDataset town;
  town.record().id = "street";
  town.record().title = "Street";
  town.record().as_at = DayOf(2023, 12, 31);
  town.record().sources[0].precision_m = 3;
  const auto wards = town.add_vintage("wards-2020", DayOf(2020, 5, 1));
  town.add_square(wards, "E01", 499'900, 199'900, 1000);
  AddStreetRecord(town.record());
  const support::DrawnStreet drawn = support::DrawStreet(kStreetMap);
  for (const geo::ExistingCamera& camera : drawn.scene.cameras) {
    geo::StandingCamera standing;
    standing.id = camera.id;
    standing.at = camera.at;
    standing.model = camera.id == "a" ? 1 : 0;
    if (camera.id == "a") standing.bearing_deg = 0;
    if (camera.id == "b") standing.state = geo::CameraState::kFaulty;
    if (camera.id == "b") standing.bond = geo::CameraBond::kMovable;
    town.street().cameras.push_back(standing);
  }
  for (const geo::CandidateSite& drawn_site : drawn.sites) {
    geo::CameraSite site;
    site.id = drawn_site.id;
    site.layer = 1;
    site.at = drawn_site.at;
    site.power = drawn_site.id != "E";
    site.lit = true;
    site.cost_pence = drawn_site.cost_pence;
    town.street().sites.push_back(site);
  }
  // D's own square too, so that it stands inside.
  auto footprints = drawn.footprints;
  for (const geo::CandidateSite& site : drawn.sites) {
    if (site.id == "D") footprints.push_back({{support::SquareAround(site.at, 5)}});
  }
  for (const geo::Polygon& footprint : footprints) town.street().buildings.push_back({2, {{footprint}}});
  for (const geo::ProtectedPlace& place : drawn.scene.places) town.street().places.push_back({3, place.at, static_cast<std::uint16_t>(place.kind)});
  for (geo::Month month = geo::Month::Of(2021, 1); month < geo::Month::Of(2024, 1); month = month.next()) {
    for (const geo::DemandPoint& point : drawn.scene.demand.points) {
      const int minute = point.block == 0 ? 12 * 60 : 22 * 60 + 30;
      for (int i = 0; i < static_cast<int>(point.weight); ++i) {
        const geo::LocalMinute from = (month.first_day() + i) * geo::kMinutesPerDay + minute;
        town.add({point.at, from, from + 1, static_cast<geo::CategoryIndex>(point.weight >= 5 ? 0 : 1), 0});
      }
    }
  }
  return town;
}

}  // namespace service_test
