#include "geo/hotspots/name_places.h"

#include <algorithm>
#include <map>
#include <unordered_set>

namespace geo {
namespace {

constexpr std::int64_t kNearbyMm = 1'000'000;
constexpr std::size_t kRowsBetweenStopChecks = 16'384;

// Digits of a grid reference whose square holds one cell's centre at most.
int DigitsOf(std::int32_t cell_mm) { return cell_mm >= 100'000 ? 3 : cell_mm >= 10'000 ? 4 : 5; }

struct NamedHash {
  std::size_t operator()(const NamedPoint& point) const {
    const std::uint64_t place =
        static_cast<std::uint64_t>(static_cast<std::uint32_t>(point.at.easting_mm)) << 32 | static_cast<std::uint32_t>(point.at.northing_mm);
    return static_cast<std::size_t>((place ^ point.name) * 0x9E3779B97F4A7C15ULL >> 16);
  }
};
struct NamedEqual {
  bool operator()(const NamedPoint& one, const NamedPoint& other) const { return one.at == other.at && one.name == other.name; }
};

}  // namespace

Result<PlaceNames> PlaceNames::Of(const DatasetSnapshot& data, const Selection& selection, const StopSignal& stop) {
  const IncidentColumns& incidents = data.incidents;
  PlaceNames names;
  // Two of the source's names may mean one; they are numbered in order of the name, so that the lowest number does not depend on the loading.
  std::map<std::string, std::uint32_t> number_of;
  std::vector<std::string> known(incidents.places.size());
  for (std::size_t i = 0; i < incidents.places.size(); ++i) {
    if (i % kRowsBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
    known[i] = KnownName(incidents.places[i]);
    if (!known[i].empty()) number_of.emplace(known[i], 0);
  }
  for (auto& [name, number] : number_of) {
    number = static_cast<std::uint32_t>(names.names_.size());
    names.names_.push_back(name);
  }
  std::vector<std::int64_t> number(known.size(), -1);
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (!known[i].empty()) number[i] = number_of[known[i]];
  }
  std::unordered_set<NamedPoint, NamedHash, NamedEqual> seen;
  for (std::size_t i = 0; i < selection.rows.size(); ++i) {
    if (i % kRowsBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
    const std::uint32_t row = selection.rows[i];
    if (incidents.at[row] == kUnlocated || number[incidents.place[row]] < 0) continue;
    const NamedPoint point{incidents.at[row], static_cast<std::uint32_t>(number[incidents.place[row]])};
    if (seen.insert(point).second) names.named_.push_back(point);
  }
  return names;
}

NamedPlace PlaceNames::name(const RasterFrame& frame, CellId cell, double density_per_km2_year, const AreaSet* areas) const {
  NamedPlace place;
  place.at = CellGrid(CellShape::kSquare, frame.cell_mm).centre_of(cell);
  const int digits = DigitsOf(frame.cell_mm);
  place.id = PlaceId(place.at, digits);
  place.grid_reference = GridReference(place.at, digits);
  place.density_per_km2_year = density_per_km2_year;
  if (areas != nullptr) place.area = areas->locate(place.at);
  if (const auto nearest = NameNearest(place.at, named_, kNearbyMm)) {
    place.nearest_name = names_[nearest->name];
    place.nearest_name_distance_m = nearest->distance_m;
  }
  return place;
}

}  // namespace geo
