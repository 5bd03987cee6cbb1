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

Result<PlaceNames> PlaceNames::Of(const DatasetSnapshot& data, const Selection& selection, const RasterFrame& frame, const StopSignal& stop) {
  const IncidentColumns& incidents = data.incidents;
  const auto near = [&frame](GridPoint at) {
    return at.easting_mm >= frame.west_mm() - kNearbyMm && at.easting_mm <= frame.east_mm() + kNearbyMm && at.northing_mm >= frame.south_mm() - kNearbyMm &&
           at.northing_mm <= frame.north_mm() + kNearbyMm;
  };
  // By the source's own spelling first, since there are many rows and few spellings.
  std::unordered_set<NamedPoint, NamedHash, NamedEqual> spelt;
  std::map<std::uint32_t, std::string> known;
  for (std::size_t i = 0; i < selection.rows.size(); ++i) {
    if (i % kRowsBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
    const std::uint32_t row = selection.rows[i];
    if (incidents.place[row] == 0 || incidents.at[row] == kUnlocated || !near(incidents.at[row])) continue;
    if (spelt.insert({incidents.at[row], incidents.place[row]}).second) known.try_emplace(incidents.place[row]);
  }
  // Names are numbered in their own order, so that the lowest number does not depend on the loading.
  std::map<std::string, std::uint32_t> number_of;
  for (auto& [place, name] : known) {
    name = KnownName(incidents.places[place]);
    if (!name.empty()) number_of.emplace(name, 0);
  }
  PlaceNames names;
  for (auto& [name, number] : number_of) {
    number = static_cast<std::uint32_t>(names.names_.size());
    names.names_.push_back(name);
  }
  for (const NamedPoint& point : spelt) {
    const std::string& name = known[point.name];
    if (!name.empty()) names.named_.push_back({point.at, number_of[name]});
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
