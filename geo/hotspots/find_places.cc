#include "geo/hotspots/find_places.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "geo/hotspots/name_places.h"
#include "geo/places/contour_levels.h"
#include "geo/places/contours.h"
#include "geo/places/peaks.h"

namespace geo {
namespace {

constexpr std::size_t kMostLevels = 20;
constexpr int kMostPeaks = 1'000;
constexpr std::int64_t kMostVertices = 400'000;  // about 11 MB of GeoJSON
constexpr std::size_t kMostParts = 2'000;        // over all levels: each is named
constexpr std::size_t kStepsBetweenStopChecks = 4'096;

Result<void> CheckLevel(const PlaceQuery::Level& level, std::size_t index) {
  const bool density = level.kind == PlaceQuery::Level::Kind::kDensity;
  const double most = density ? 1e12 : 1;
  if (level.value > 0 && level.value <= most) return {};
  return Fail(InvalidArgument(fmt::format("levels[{}]", index), fmt::format("levels[{}] is {}; a {} must be over 0, to {}", index, level.value,
                                                                            density ? "density per km2 per year" : "share", most)));
}

Result<void> CheckQuery(const DatasetSnapshot& data, const PlaceQuery& query) {
  if (query.surface.comparison) return Fail(InvalidArgument("surface.comparison", "places are of one period: leave the comparison out"));
  if (query.surface.unmasked) return Fail(InvalidArgument("surface.unmasked", "places lie inside the areas: leave unmasked out"));
  if (query.levels.empty() || query.levels.size() > kMostLevels) {
    return Fail(InvalidArgument("levels", fmt::format("{} levels are given; 1 to {} are drawn", query.levels.size(), kMostLevels)));
  }
  for (std::size_t i = 0; i < query.levels.size(); ++i) {
    if (auto checked = CheckLevel(query.levels[i], i); !checked) return checked;
  }
  if (query.peaks < 0 || query.peaks > kMostPeaks)
    return Fail(InvalidArgument("peaks", fmt::format("peaks is {}; it must be 0 to {}", query.peaks, kMostPeaks)));
  if (!(query.peak_distance_m >= 0 && query.peak_distance_m <= 100'000)) {
    return Fail(InvalidArgument("peak_distance_m", fmt::format("peak_distance_m is {}; it must be over 0, to 100,000 m", query.peak_distance_m)));
  }
  return CheckSurface(data, query.surface);
}

double DensityOf(const PlaceQuery::Level& level, const SurfaceAnswer& surface, const WeightedPoints& points) {
  switch (level.kind) {
    case PlaceQuery::Level::Kind::kDensity:
      return level.value;
    case PlaceQuery::Level::Kind::kVolumeShare:
      return LevelOfVolume(surface.values, level.value);
    case PlaceQuery::Level::Kind::kIncidentShare:
      return LevelOfIncidents(surface.values, surface.frame, points, level.value);
  }
  __builtin_unreachable();
}

// The parts of one level's region, with what lies in each.
class Parts {
 public:
  static Result<Parts> Of(MultiPolygon region, std::size_t so_far) {
    if (so_far + region.parts.size() > kMostParts) {
      return Fail({ErrorCode::kResourceExhausted, "levels", "TOO_MANY_PLACES",
                   fmt::format("the levels have {} parts or more; at most {} are named; ask for a wider bandwidth, larger cells, or fewer levels",
                               so_far + region.parts.size(), kMostParts)});
    }
    Parts parts;
    std::vector<Area> areas;
    for (std::size_t i = 0; i < region.parts.size(); ++i) areas.push_back({fmt::format("{:05}", i), "", {{region.parts[i]}}});
    parts.places_.resize(areas.size());
    parts.peak_.resize(areas.size());
    for (std::size_t i = 0; i < areas.size(); ++i) {
      parts.places_[i].area_m2 = AreaM2(areas[i].shape);
      parts.places_[i].region = std::move(region.parts[i]);
    }
    if (areas.empty()) return parts;
    auto set = AreaSet::Build("parts", std::move(areas));
    if (!set) return Fail(set.error());
    parts.set_.emplace(std::move(*set));
    return parts;
  }

  void add(const MergedPoints& points, std::size_t i) {
    const AreaIndex part = set_ ? set_->locate(points.at[i]) : kOutside;
    if (part == kOutside) return;
    places_[part].incidents += points.incidents[i];
    places_[part].weight += points.weight[i];
    places_[part].heaviest = std::max(places_[part].heaviest, points.heaviest[i]);
  }
  // `cell` has `value`, and is over the level.
  void offer_peak(CellId cell, GridPoint centre, double value) {
    const AreaIndex part = set_ ? set_->locate(centre) : kOutside;
    if (part != kOutside && (!peak_[part] || value > peak_[part]->value)) peak_[part] = Peak{cell, value};
  }
  struct Peak {
    CellId cell;
    double value = 0;
  };
  std::vector<PlaceAnswer::Place>& places() { return places_; }
  const std::optional<Peak>& peak(std::size_t part) const { return peak_[part]; }

 private:
  std::vector<PlaceAnswer::Place> places_;
  std::vector<std::optional<Peak>> peak_;
  std::optional<AreaSet> set_;
};

// What lies on the surface: incidents beyond the outline raise the densities near it, and are in no place.
MergedPoints OnSurface(const MergedPoints& points, const SurfaceAnswer& surface) {
  MergedPoints on;
  const CellGrid grid(CellShape::kSquare, surface.frame.cell_mm);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const CellId cell = grid.cell_of(points.at[i]);
    if (!surface.frame.contains(cell) || surface.shown[surface.frame.index_of(cell)] == 0) continue;
    on.at.push_back(points.at[i]);
    on.incidents.push_back(points.incidents[i]);
    on.weight.push_back(points.weight[i]);
    on.heaviest.push_back(points.heaviest[i]);
  }
  return on;
}

class Namer {
 public:
  Namer(PlaceNames names, const RasterFrame& frame, const AreaSet* areas) : names_(std::move(names)), frame_(frame), areas_(areas) {}
  NamedPlace operator()(CellId cell, double value) const { return names_.name(frame_, cell, value, areas_); }

 private:
  PlaceNames names_;
  RasterFrame frame_;
  const AreaSet* areas_;
};

Result<void> FillLevel(std::size_t index, MultiPolygon region, const MergedPoints& points, const Namer& namer, PlaceAnswer& answer, const StopSignal& stop) {
  auto parts = Parts::Of(std::move(region), answer.places.size());
  if (!parts) return Fail(parts.error());
  PlaceAnswer::Level& level = answer.levels[index];
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (i % kStepsBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
    parts->add(points, i);
  }
  const SurfaceAnswer& surface = answer.surface;
  const CellGrid grid(CellShape::kSquare, surface.frame.cell_mm);
  for (std::size_t i = 0; i < surface.values.size(); ++i) {
    if (i % kStepsBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
    if (surface.values[i] < level.density_per_km2_year) continue;
    const CellId cell = surface.frame.cell_at(i);
    parts->offer_peak(cell, grid.centre_of(cell), surface.values[i]);
  }
  double weight = 0;
  for (std::size_t i = 0; i < parts->places().size(); ++i) {
    if (stop.stop_requested()) return Fail(stop.reason());
    PlaceAnswer::Place& place = parts->places()[i];
    if (!parts->peak(i)) continue;  // no cell's centre within: a sliver of rounding
    place.level = static_cast<std::int32_t>(index);
    place.named = namer(parts->peak(i)->cell, parts->peak(i)->value);
    place.share = answer.weight_on_surface > 0 ? place.weight / answer.weight_on_surface : 0;
    level.area_m2 += place.area_m2;
    level.incidents += place.incidents;
    weight += place.weight;
    ++level.places;
    answer.places.push_back(std::move(place));
  }
  level.share = answer.weight_on_surface > 0 ? weight / answer.weight_on_surface : 0;
  return {};
}

Result<void> FillPeaks(const PlaceQuery& query, const Namer& namer, PlaceAnswer& answer, const StopSignal& stop) {
  const double apart_m = query.peak_distance_m > 0 ? query.peak_distance_m : static_cast<double>(answer.surface.density.kernel.bandwidth_mm) / 1000;
  const auto peaks = FindPeaks(answer.surface.values, answer.surface.frame, 0, std::llround(apart_m * 1000), stop);
  if (!peaks) return Fail(peaks.error());
  for (std::size_t i = 0; i < std::min(peaks->size(), static_cast<std::size_t>(query.peaks)); ++i) {
    if (stop.stop_requested()) return Fail(stop.reason());
    answer.peaks.push_back({namer((*peaks)[i].cell, (*peaks)[i].value), (*peaks)[i].prominence});
  }
  return {};
}

}  // namespace

Result<PlaceAnswer> FindPlaces(const DatasetSnapshot& data, const PlaceQuery& query, const SurfaceBudget& budget, const StopSignal& stop) {
  if (auto checked = CheckQuery(data, query); !checked) return Fail(checked.error());
  const auto selected = SelectPoints(data, query.surface.filter, query.surface.filter.period, stop);
  if (!selected) return Fail(selected.error());
  auto surface = SurfaceOf(data, query.surface, *selected, budget, stop);
  if (!surface) return Fail(surface.error());
  PlaceAnswer answer;
  answer.surface = std::move(*surface);
  const MergedPoints points = OnSurface(selected->points, answer.surface);
  for (const double weight : points.weight) answer.weight_on_surface += weight;
  auto names = PlaceNames::Of(data, selected->selection, answer.surface.frame, stop);
  if (!names) return Fail(names.error());
  const Namer namer(std::move(*names), answer.surface.frame,
                    query.surface.vintage < data.vintages.size() ? &data.vintages[query.surface.vintage].areas : nullptr);
  std::vector<double> levels;
  std::vector<std::size_t> index;  // of levels that any value reaches
  for (std::size_t i = 0; i < query.levels.size(); ++i) {
    const double density = DensityOf(query.levels[i], answer.surface, {points.at, points.weight});
    answer.levels.push_back({.density_per_km2_year = density});
    if (!(density > 0)) continue;
    levels.push_back(density);
    index.push_back(i);
  }
  auto contours = TraceContours(answer.surface.values, answer.surface.frame, levels, kMostVertices, stop);
  if (!contours) return Fail(contours.error());
  for (std::size_t i = 0; i < contours->size(); ++i) {
    auto filled = FillLevel(index[i], std::move((*contours)[i].region), points, namer, answer, stop);
    if (!filled) return Fail(filled.error());
  }
  std::stable_sort(answer.places.begin(), answer.places.end(), [](const PlaceAnswer::Place& one, const PlaceAnswer::Place& other) {
    if (one.level != other.level) return one.level < other.level;
    if (one.named.density_per_km2_year != other.named.density_per_km2_year) return one.named.density_per_km2_year > other.named.density_per_km2_year;
    return one.named.id < other.named.id;
  });
  if (auto filled = FillPeaks(query, namer, answer, stop); !filled) return Fail(filled.error());
  return answer;
}

}  // namespace geo
