#include "server/codec/place_codec.h"

#include <fmt/format.h>

#include <algorithm>

#include "server/codec/position_codec.h"
#include "server/codec/refusal.h"
#include "server/limits.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

using Level = geo::PlaceQuery::Level;

geo::Result<Level> DecodeLevel(const v1::ContourLevel& level, const std::string& field) {
  const auto number = [&](const char* part, double sent, double most, std::string_view unit, Level::Kind kind) -> geo::Result<Level> {
    const auto value = DecodeGivenNumber(Path(field, part), sent, {0, most, 0, unit, true, "the default levels"});
    if (!value) return geo::Fail(value.error());
    return Level{kind, *value};
  };
  switch (level.level_case()) {
    case v1::ContourLevel::kDensityPerKm2PerYear:
      return number("density_per_km2_per_year", level.density_per_km2_per_year(), limits::kMaxContourDensity, "per km2 per year", Level::Kind::kDensity);
    case v1::ContourLevel::kVolumeShare:
      return number("volume_share", level.volume_share(), 1, "", Level::Kind::kVolumeShare);
    case v1::ContourLevel::kIncidentShare:
      return number("incident_share", level.incident_share(), 1, "", Level::Kind::kIncidentShare);
    case v1::ContourLevel::LEVEL_NOT_SET:
      break;
  }
  return geo::Fail(Missing(field, "send one of density_per_km2_per_year, volume_share, incident_share"));
}

geo::Result<void> DecodeLevels(const v1::FindPlacesRequest& request, geo::PlaceQuery& query) {
  if (request.levels().empty()) return {};  // the query's own: half of the incidents
  if (request.levels_size() > limits::kMaxLevels) return geo::Fail(TooMany("levels", request.levels_size(), limits::kMaxLevels));
  query.levels.clear();
  for (int i = 0; i < request.levels_size(); ++i) {
    const auto level = DecodeLevel(request.levels(i), fmt::format("levels[{}]", i));
    if (!level) return geo::Fail(level.error());
    query.levels.push_back(*level);
  }
  return {};
}

geo::Result<SurfaceCall> DecodeSurface(const v1::FindPlacesRequest& request, const geo::Snapshot& snapshot) {
  if (!request.has_surface()) return geo::Fail(Missing("surface", "send the surface on which places are sought"));
  if (request.surface().has_comparison()) {
    return geo::Fail(NotTogether("surface.comparison", "is given; places are of one period: leave it out, or compare with ComputeSurface"));
  }
  if (request.surface().unmasked()) {
    return geo::Fail(NotTogether("surface.unmasked", "is true; places are sought inside the areas: leave it out, or ask ComputeSurface"));
  }
  auto surface = DecodeComputeSurface(request.surface(), snapshot);
  if (!surface) return geo::Fail(Under("surface", surface.error()));
  return surface;
}

std::string FormatLevel(const Level& level) {
  switch (level.kind) {
    case Level::Kind::kDensity:
      return fmt::format("density_per_km2_per_year {}", level.value);
    case Level::Kind::kVolumeShare:
      return fmt::format("volume_share {}", level.value);
    case Level::Kind::kIncidentShare:
      return fmt::format("incident_share {}", level.value);
  }
  return "";
}

void Echo(const Parameters& surface, PlaceCall& call) {
  for (const auto& [name, value] : surface) call.parameters.emplace_back(Path("surface", name), value);
  for (std::size_t i = 0; i < call.query.levels.size(); ++i) {
    call.parameters.emplace_back(fmt::format("levels[{}]", i), FormatLevel(call.query.levels[i]));
  }
  call.parameters.emplace_back("peaks", fmt::format("{}", call.query.peaks));
  call.parameters.emplace_back("peak_distance_m", call.query.peak_distance_m == 0 ? "the bandwidth" : fmt::format("{}", call.query.peak_distance_m));
}

void EncodeAsked(const Level& level, v1::ContourLevel& out) {
  switch (level.kind) {
    case Level::Kind::kDensity:
      return out.set_density_per_km2_per_year(level.value);
    case Level::Kind::kVolumeShare:
      return out.set_volume_share(level.value);
    case Level::Kind::kIncidentShare:
      return out.set_incident_share(level.value);
  }
}

void EncodeName(const PlaceCall& call, const geo::NamedPlace& named, v1::PlaceName& out) {
  out.set_nearest_name(named.nearest_name);
  if (!named.nearest_name.empty()) out.set_nearest_name_distance_m(named.nearest_name_distance_m);
  out.set_grid_reference(named.grid_reference);
  if (!call.question.vintage) return;
  const auto areas = call.question.data->vintages[*call.question.vintage].areas.areas();
  if (named.area >= areas.size()) return;
  out.set_area_code(areas[named.area].code);
  out.set_area_title(areas[named.area].name);
}

geo::Result<void> EncodePlace(const PlaceCall& call, const geo::PlaceAnswer::Place& place, v1::Place& out) {
  out.set_id(place.named.id);
  out.set_level(place.level);
  EncodeName(call, place.named, *out.mutable_name());
  if (auto placed = EncodePosition(place.named.at, *out.mutable_peak()); !placed) return placed;
  out.set_peak_density_per_km2_per_year(place.named.density_per_km2_year);
  out.set_area_m2(place.area_m2);
  EncodeCount(place.incidents, *out.mutable_incidents());
  out.set_weight(place.weight);
  if (call.question.filter.weights) out.set_weight_without_largest(std::max(0.0, place.weight - place.heaviest));
  out.set_share(place.share);
  auto geometry = FormatGeoJson(place.region);
  if (!geometry) return geo::Fail(geometry.error());
  out.set_geometry_geojson(std::move(*geometry));
  return {};
}

geo::Result<void> EncodePeak(const PlaceCall& call, const geo::PlaceAnswer::Peak& peak, v1::SurfacePeak& out) {
  out.set_id(peak.named.id);
  EncodeName(call, peak.named, *out.mutable_name());
  if (auto placed = EncodePosition(peak.named.at, *out.mutable_at()); !placed) return placed;
  out.set_density_per_km2_per_year(peak.named.density_per_km2_year);
  out.set_prominence_per_km2_per_year(peak.prominence_per_km2_year);
  return {};
}

void EncodeLevel(const Level& asked, const geo::PlaceAnswer::Level& drawn, v1::DrawnLevel& out) {
  EncodeAsked(asked, *out.mutable_asked());
  out.set_density_per_km2_per_year(drawn.density_per_km2_year);
  out.set_area_m2(drawn.area_m2);
  EncodeCount(drawn.incidents, *out.mutable_incidents());
  out.set_share(drawn.share);
  out.set_places(drawn.places);
}

}  // namespace

geo::Result<PlaceCall> DecodeFindPlaces(const v1::FindPlacesRequest& request, const geo::Snapshot& snapshot) {
  auto surface = DecodeSurface(request, snapshot);
  if (!surface) return geo::Fail(surface.error());
  PlaceCall call;
  call.question = std::move(surface->question);
  call.query.surface = std::move(surface->query);
  if (auto levels = DecodeLevels(request, call.query); !levels) return geo::Fail(levels.error());
  if (request.peaks() < 0) return geo::Fail(geo::InvalidArgument("peaks", fmt::format("is {}; send 1 to {}", request.peaks(), limits::kMaxPeaks)));
  call.query.peaks = request.peaks() == 0 ? limits::kDefaultPeaks : std::min(request.peaks(), limits::kMaxPeaks);
  const auto apart = DecodeNumber("peak_distance_m", request.peak_distance_m(), {0, limits::kMaxPeakDistanceM, 0, "m", true, "the bandwidth"});
  if (!apart) return geo::Fail(apart.error());
  call.query.peak_distance_m = *apart;
  Echo(surface->parameters, call);
  return call;
}

geo::Result<geo::PlaceAnswer> ComputePlaces(const PlaceCall& call, const geo::StopSignal& stop) {
  auto answer = geo::FindPlaces(*call.question.data, call.query, {limits::kKernelPairs, limits::kSurfaceCells}, stop);
  if (answer) return answer;
  geo::Error error = SurfaceError(answer.error());
  const bool own = error.field.starts_with("levels") || error.field.starts_with("peak") || error.field.starts_with("surface");
  return geo::Fail(own ? std::move(error) : Under("surface", std::move(error)));
}

geo::Result<std::int64_t> EncodeFindPlaces(const PlaceCall& call, const geo::Disclosed<geo::PlaceAnswer>& disclosed, v1::FindPlacesResponse& response) {
  const geo::PlaceAnswer& answer = disclosed.value();
  for (std::size_t i = 0; i < answer.levels.size(); ++i) EncodeLevel(call.query.levels[i], answer.levels[i], *response.add_levels());
  for (const auto& place : answer.places) {
    if (auto encoded = EncodePlace(call, place, *response.add_places()); !encoded) return geo::Fail(encoded.error());
  }
  for (const auto& peak : answer.peaks) {
    if (auto encoded = EncodePeak(call, peak, *response.add_peaks()); !encoded) return geo::Fail(encoded.error());
  }
  EncodeSurfaceHeader(call.query.surface, answer.surface, *response.mutable_surface());
  ContextFacts facts = FactsOfSurface(call.question, call.query.surface, answer.surface,
                                      "Places: parts of the regions at or over a level of the density surface, between cell centres linear over triangles "
                                      "(Lorensen and Cline 1987; shares of volume: Worton 1989), each named by its highest cell. ");
  facts.parameters = call.parameters;
  BuildContext(call.question.snapshot, *call.question.data, facts, disclosed.rule(), *response.mutable_context());
  return response.places_size() + response.peaks_size();
}

}  // namespace server
