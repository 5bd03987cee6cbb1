#include "geo/hotspots/find_area_hotspots.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "geo/change/denominators.h"
#include "geo/hotspots/area_centroid.h"
#include "geo/hotspots/check_question.h"
#include "geo/hotspots/selected_points.h"
#include "geo/hotspots/test_places.h"

namespace geo {
namespace {

constexpr std::int64_t kMostLinks = 60'000'000;
constexpr std::size_t kRowsBetweenStopChecks = 65'536;
constexpr std::size_t kCodesInMessage = 10;

Result<void> CheckQuery(const DatasetSnapshot& data, const AreaHotspotQuery& query) {
  if (query.vintage >= data.vintages.size()) {
    return Fail({ErrorCode::kFailedPrecondition, "vintage", "NO_AREAS", "the dataset has no boundaries; load some, or ask for cells"});
  }
  if (auto checked = CheckQuestion(data, query.filter, query.vintage, "period"); !checked) return checked;
  if (query.filter.areas && query.filter.areas->vintage != query.vintage) {
    return Fail(InvalidArgument("filter.areas", "filter.areas names areas of another set of boundaries than vintage; name those of one set"));
  }
  if (query.significance.statistic == LocalStatistic::kNone) {
    return Fail(InvalidArgument("significance.statistic", "significance.statistic is none, and areas are asked for their significance; ask for a statistic"));
  }
  if (query.significance.rings) {
    return Fail(InvalidArgument("significance.rings", "significance.rings is for cells; areas are neighbours by adjacency or distance_m"));
  }
  return CheckSignificance(query.significance);
}

std::vector<AreaHotspot> AnalysedOf(const DatasetSnapshot& data, const AreaHotspotQuery& query) {
  std::vector<AreaHotspot> areas;
  if (query.filter.areas) {
    for (const AreaIndex area : query.filter.areas->areas) areas.push_back({.area = area});
    return areas;
  }
  for (std::size_t i = 0; i < data.vintages[query.vintage].areas.areas().size(); ++i) areas.push_back({.area = static_cast<AreaIndex>(i)});
  return areas;
}

Result<void> CountAreas(const DatasetSnapshot& data, const AreaHotspotQuery& query, AreaHotspotAnswer& answer, const StopSignal& stop) {
  const Vintage& vintage = data.vintages[query.vintage];
  const auto selection = SelectIncidents(data.incidents, vintage.area_of, query.filter, stop);
  if (!selection) return Fail(selection.error());
  std::vector<std::uint32_t> place_of(vintage.areas.areas().size());
  for (std::size_t i = 0; i < answer.areas.size(); ++i) place_of[answer.areas[i].area] = static_cast<std::uint32_t>(i);
  for (std::size_t i = 0; i < selection->rows.size(); ++i) {
    if (i % kRowsBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
    const AreaIndex area = vintage.area_of[selection->rows[i]];
    if (area == kNowhere) {
      ++answer.unlocated;
    } else if (area == kOutside) {
      ++answer.outside;
    } else {
      AreaHotspot& counted = answer.areas[place_of[area]];
      ++counted.incidents;
      counted.weight += selection->weight(i);
      counted.heaviest = std::max(counted.heaviest, selection->weight(i));
    }
  }
  answer.incidents = static_cast<std::int64_t>(selection->rows.size());
  answer.unknown_hour = selection->unknown_hour;
  answer.hour_unknown = selection->kept_without_hour;
  answer.unweighted = selection->unweighted;
  answer.unit = WeightOfOne(*selection);
  return {};
}

Result<void> Measure(const DatasetSnapshot& data, const AreaHotspotQuery& query, AreaHotspotAnswer& answer) {
  const auto areas = data.vintages[query.vintage].areas.areas();
  std::vector<std::string> without;
  for (AreaHotspot& area : answer.areas) {
    area.value = area.weight;
    if (query.measure == AreaMeasure::kPerKm2) area.value = area.weight / (AreaM2(areas[area.area].shape) / 1e6);
    if (query.measure != AreaMeasure::kPer1000Residents) continue;
    const auto residents = DenominatorOf(data, query.vintage, area.area, kResidentsMeasure, query.filter.period);
    if (residents) {
      area.value = 1000 * area.weight / residents->value;
    } else {
      without.push_back(areas[area.area].code);
    }
  }
  if (without.empty()) return {};
  const std::size_t count = without.size();
  without.resize(std::min(count, kCodesInMessage));
  return Fail({ErrorCode::kFailedPrecondition, "measure", "NO_RESIDENTS",
               fmt::format("residents are not known for {} of {} areas ({}{}); ask for counts or per km2", count, answer.areas.size(), fmt::join(without, ", "),
                           count > without.size() ? ", ..." : "")});
}

// Links among the analysed areas alone.
Neighbours Within(const Neighbours& all, const std::vector<AreaHotspot>& areas) {
  if (all.size() == areas.size()) return all;
  std::vector<std::int64_t> place_of(all.size(), -1);
  for (std::size_t i = 0; i < areas.size(); ++i) place_of[areas[i].area] = static_cast<std::int64_t>(i);
  Neighbours within;
  for (const AreaHotspot& area : areas) {
    for (const std::uint32_t other : all[area.area]) {
      if (place_of[other] >= 0) within.of.push_back(static_cast<std::uint32_t>(place_of[other]));
    }
    within.begin.push_back(static_cast<std::uint32_t>(within.of.size()));
  }
  return within;
}

Result<Neighbours> ListNeighbours(const AreaSet& set, const AreaHotspotQuery& query, const std::vector<AreaHotspot>& areas, const StopSignal& stop) {
  if (query.significance.distance_m) {
    std::vector<GridPoint> centroids;
    for (const AreaHotspot& area : areas) centroids.push_back(CentroidOf(set.areas()[area.area].shape));
    return PointsWithinDistance(centroids, std::llround(*query.significance.distance_m * 1000), kMostLinks, stop);
  }
  const auto all = AdjacentAreas(set, query.significance.adjacency, stop);
  if (!all) return Fail(all.error());
  return Within(*all, areas);
}

std::string Describe(const SignificanceQuery& query) {
  const char* self = query.statistic == LocalStatistic::kGiStar ? "the area and " : "";
  if (query.distance_m) return fmt::format("{}areas whose centroids are at most {} m away", self, *query.distance_m);
  return fmt::format("{}areas that share {}", self, query.adjacency == Adjacency::kRook ? "an edge (rook)" : "an edge or a corner (queen)");
}

}  // namespace

Result<AreaHotspotAnswer> FindAreaHotspots(const DatasetSnapshot& data, const AreaHotspotQuery& query, const StopSignal& stop) {
  if (auto checked = CheckQuery(data, query); !checked) return Fail(checked.error());
  AreaHotspotAnswer answer;
  answer.areas = AnalysedOf(data, query);
  if (auto counted = CountAreas(data, query, answer, stop); !counted) return Fail(counted.error());
  if (auto measured = Measure(data, query, answer); !measured) return Fail(measured.error());
  const auto neighbours = ListNeighbours(data.vintages[query.vintage].areas, query, answer.areas, stop);
  if (!neighbours) return Fail(neighbours.error());
  std::vector<double> values;
  for (const AreaHotspot& area : answer.areas) values.push_back(area.value);
  auto tested = TestPlaces(values, &*neighbours, std::nullopt, query.significance, query.measure == AreaMeasure::kCount ? answer.unit : 0, query.threads, stop);
  if (!tested) return Fail(tested.error());
  for (std::size_t i = 0; i < answer.areas.size(); ++i) {
    answer.areas[i].significance = tested->places[i];
    answer.areas[i].neighbours = static_cast<int>((*neighbours)[i].size());
  }
  answer.significance = std::move(tested->summary);
  answer.significance.neighbourhood = Describe(query.significance);
  answer.breaks = BreaksCrossed(data, query.filter, query.filter.period);
  return answer;
}

}  // namespace geo
