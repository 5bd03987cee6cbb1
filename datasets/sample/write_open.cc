#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>

#include "datasets/sample/grid_to_wgs84.h"
#include "datasets/sample/offence_kinds.h"
#include "datasets/sample/seeded_random.h"
#include "datasets/sample/write_incidents.h"

namespace sample {
namespace {

constexpr const char* kForce = "Tidewick Constabulary";
constexpr const char* kOutcomes[] = {
    "Investigation complete; no suspect identified",
    "Unable to prosecute suspect",
    "Investigation complete; no suspect identified",
    "Unable to prosecute suspect",
    "Investigation complete; no suspect identified",
    "Status update unavailable",
    "Court result unavailable",
    "Local resolution",
    "Offender given a caution",
    "Awaiting court outcome",
};

bool SameRow(const Incident& a, const Incident& b) { return std::tie(a.number, a.from, a.to, a.kind, a.at) == std::tie(b.number, b.from, b.to, b.kind, b.at); }

std::string CrimeId(int number) {
  SeededRandom random("crime id", static_cast<std::uint64_t>(number));
  std::string id;
  for (int i = 0; i < 4; ++i) id += fmt::format("{:016x}", random.next());
  return id;
}

// Longitude to LSOA name, as one snap point's four columns; the last entry is for incidents without a position.
std::vector<std::string> PlaceColumns(const Settlement& settlement, const Lsoas& lsoas) {
  std::vector<std::string> columns;
  for (const SnapPoint& snap : settlement.snap_points()) {
    const geo::LatLng at = GridToWgs84(snap.at);
    const Ward& lsoa = lsoas.areas[static_cast<std::size_t>(lsoas.lsoa_of[static_cast<std::size_t>(snap.block)])];
    columns.push_back(fmt::format("{:.6f},{:.6f},On or near {},{},{}", at.longitude_deg, at.latitude_deg, snap.street, lsoa.code, lsoa.name));
  }
  columns.push_back(",,No Location,,");
  return columns;
}

}  // namespace

void WriteOpen(const std::vector<Incident>& incidents, const Settlement& settlement, const Lsoas& lsoas, OutputFolder& out) {
  const std::vector<std::string> places = PlaceColumns(settlement, lsoas);
  // The publisher's order, by place and kind, hides the order in time. An LSOA's name ends its place columns.
  using Row = std::tuple<std::string, std::string, std::string>;
  std::map<geo::Month, std::vector<Row>> months;
  for (std::size_t i = 0; i < incidents.size(); ++i) {
    const Incident& incident = incidents[i];
    if (i > 0 && SameRow(incident, incidents[i - 1])) continue;
    const geo::Month month = geo::Month::OfDay(geo::DayOfMinute(incident.from));
    const std::size_t snap = incident.at == geo::kUnlocated ? places.size() - 1 : static_cast<std::size_t>(settlement.nearest_snap(incident.at));
    const bool asb = incident.kind == kAsb;
    SeededRandom random("outcome", static_cast<std::uint64_t>(incident.number));
    const std::string id = asb ? "" : CrimeId(incident.number);
    const std::string lsoa = places[snap].substr(places[snap].rfind(',') + 1);
    months[month].emplace_back(lsoa, InfoOf(incident.kind).title,
                               fmt::format("{},{},{},{},{},{},{},", id, geo::FormatMonth(month), kForce, kForce, places[snap], InfoOf(incident.kind).title,
                                           asb ? "" : kOutcomes[random.below(10)]));
  }
  for (auto& [month, rows] : months) {
    std::sort(rows.begin(), rows.end());
    const char* end = month.year() == 2021 || month.year() == 2023 ? "\r\n" : "\n";
    std::string text =
        std::string("Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context") + end;
    for (const auto& row : rows) (text += std::get<2>(row)) += end;
    out.write(fmt::format("street/{}-tidewick-street.csv", geo::FormatMonth(month)), text);
  }
}

}  // namespace sample
