#include <fmt/format.h>

#include <algorithm>

#include "geo/change/change_of_counts.h"
#include "geo/change/denominators.h"
#include "geo/planning/count_places.h"
#include "geo/planning/plan_rows.h"
#include "geo/planning/profile_place.h"
#include "geo/planning/score_plan.h"
#include "geo/rates/poisson_interval.h"
#include "geo/types/parallel_parts.h"

namespace geo {
namespace {

constexpr std::size_t kRowsBetweenStopChecks = 16'384;

struct OwnPlace {
  PlanPlaces places;
  std::int32_t own = 0;
  bool ranked = false;
  double area_km2 = 0;
  GridBox bounds;  // of the place itself
};

void Extend(const GridBox& by, GridBox& box) { box.extend(by.low), box.extend(by.high); }

// Corners of cells are rounded to the millimetre.
void ExtendAround(GridPoint corner, GridBox& box) {
  box.extend({corner.easting_mm - 1, corner.northing_mm - 1});
  box.extend({corner.easting_mm + 1, corner.northing_mm + 1});
}

Result<OwnPlace> LayAreas(const DatasetSnapshot& data, const ProfileQuery& query, const StopSignal& stop) {
  const AreaSet& set = data.vintages[query.vintage].areas;
  OwnPlace out;
  auto places = LayPlaces(set, query.vintage, {}, PlaceUnit::kAreas, query.grid, stop);
  if (!places) return Fail(places.error());
  std::vector<std::int32_t> chosen;
  for (const AreaIndex area : query.areas) {
    out.area_km2 += AreaM2(set.areas()[area].shape) / 1e6;
    Extend(BoundsOf(set.areas()[area].shape), out.bounds);
    chosen.push_back(area);
  }
  out.ranked = chosen.size() == 1;
  out.own = out.ranked ? chosen.front() : 0;
  out.places = out.ranked ? std::move(*places) : TakenTogether(std::move(*places), chosen);
  return out;
}

Result<OwnPlace> LayCells(const DatasetSnapshot& data, const ProfileQuery& query, const StopSignal& stop) {
  OwnPlace out;
  auto places = LayPlaces(data.vintages[query.vintage].areas, query.vintage, {}, PlaceUnit::kCells, query.grid, stop);
  if (!places) return Fail(places.error());
  std::vector<std::int32_t> chosen;
  for (const CellId cell : query.cells) {
    const std::int32_t index = places->block.contains(cell) ? places->index_of[places->block.index_of(cell)] : PlanPlaces::kNone;
    if (index == PlanPlaces::kNone) {
      return Fail({ErrorCode::kNotFound, "cells.cells", "NOT_FOUND",
                   fmt::format("{} lies outside the areas of {}; name a cell that shares a point with them", query.grid.format(cell),
                               data.record.vintages[query.vintage].id)});
    }
    chosen.push_back(index);
    for (const GridPoint corner : query.grid.outline_of(cell)) ExtendAround(corner, out.bounds);
  }
  out.area_km2 = query.grid.area_m2() / 1e6 * static_cast<double>(chosen.size());
  out.ranked = chosen.size() == 1;
  out.own = out.ranked ? chosen.front() : 0;
  out.places = out.ranked ? std::move(*places) : TakenTogether(std::move(*places), chosen);
  return out;
}

Result<OwnPlace> LayPlace(const DatasetSnapshot& data, const ProfileQuery& query, const StopSignal& stop) {
  if (query.unit == PlaceUnit::kAreas) return LayAreas(data, query, stop);
  if (query.unit == PlaceUnit::kCells) return LayCells(data, query, stop);
  OwnPlace out;
  auto places = LayShape(query.shape, query.vintage);
  if (!places) return Fail(places.error());
  out.area_km2 = AreaM2(query.shape) / 1e6;
  out.bounds = BoundsOf(query.shape);
  out.places = std::move(*places);
  return out;
}

// Every peer is counted for every workstream in four years.
Result<void> CheckSlots(const ProfileQuery& query, std::size_t places, std::size_t streams) {
  if (places * streams <= static_cast<std::size_t>(kMostPlanSlots)) return {};
  return Fail({ErrorCode::kResourceExhausted, query.unit == PlaceUnit::kCells ? "cells.cells" : "areas", "TOO_MANY_CANDIDATES",
               fmt::format("{} peers x {} workstreams are {}, over {}; ask of a larger cell or of fewer workstreams", places, streams, places * streams, kMostPlanSlots)});
}

PriorityQuery AsPriorities(const ProfileQuery& query) {
  PriorityQuery as;
  as.period = query.period;
  for (const std::size_t workstream : query.workstreams) as.workstreams.push_back({workstream, 1});
  as.weight_table = query.weight_table;
  as.vintage = query.vintage;
  as.unit = query.unit;
  as.cells = query.grid;
  as.blocks.reset();
  as.false_discovery_rate = query.false_discovery_rate;
  as.share = query.share;
  as.threads = query.threads;
  return as;
}

Rate RateOf(std::int64_t incidents, const std::string& denominator, double value, int year, Period period) {
  Rate rate;
  rate.denominator = denominator;
  rate.value = value;
  rate.year = year;
  rate.per = RatePer(denominator);
  const double exposure = value / rate.per * (period.end - period.begin) / 365.25;
  const CountInterval interval = PoissonInterval(incidents);
  rate.rate = static_cast<double>(incidents) / exposure;
  rate.low = interval.low / exposure;
  rate.high = interval.high / exposure;
  return rate;
}

std::vector<std::string> MeasuresOf(const DatasetSnapshot& data, std::size_t workstream) {
  const std::vector<std::string>& named = data.record.workstreams[workstream].denominators;
  return named.empty() ? std::vector<std::string>{kResidentsMeasure} : named;
}

std::optional<Rate> RateBy(const DatasetSnapshot& data, const ProfileQuery& query, const std::string& measure, std::int64_t incidents) {
  if (query.unit != PlaceUnit::kAreas) return std::nullopt;
  double total = 0;
  int year = 0;
  for (const AreaIndex area : query.areas) {
    const auto value = DenominatorOf(data, query.vintage, area, measure, query.period);
    if (!value) return std::nullopt;
    total += value->value;
    year = value->year;
  }
  if (total <= 0) return std::nullopt;
  return RateOf(incidents, measure, total, year, query.period);
}

// What lies in the place in the period, row by row.
class Details {
 public:
  Details(const DatasetSnapshot& data, const ProfileQuery& query, const WorkstreamPlan& plan, PlaceProfile& profile)
      : data_(data), query_(query), rows_(data, plan), profile_(profile), positions_(plan.streams.size()), blocks_(plan.streams.size()),
        largest_(plan.streams.size()) {
    for (auto& blocks : blocks_) blocks.resize(static_cast<std::size_t>(query.blocks.size()));
    if (query.weight_table) harm_ = WeightsOf(data.record, *query.weight_table);
  }

  void add(std::size_t row) {
    const CategoryIndex category = data_.incidents.category[row];
    for (const PlanRows::Use& use : rows_.uses_of(row)) {
      if (!rows_.takes(use, row)) continue;
      const double share = WindowShareOf(use.planned->filter, data_.incidents, row);
      if (share == 0) continue;
      WorkstreamProfile& profile = profile_.workstreams[use.stream];
      profile.crimes += data_.record.categories[category].crime ? 1 : 0;
      const GridPoint at = data_.incidents.at[row];
      positions_[use.stream].emplace_back(at.easting_mm, at.northing_mm);
      if (data_.incidents.hour_known(row)) {
        profile.hours_known += share;
        SpreadOverBlocks(query_.blocks, {use.planned->filter, data_.incidents.at[row]}, data_.incidents.from_minute[row], data_.incidents.to_minute[row], spread_);
        for (const BlockShare& part : spread_) blocks_[use.stream][static_cast<std::size_t>(part.block)] += part.share;
      } else {
        ++profile.hour_unknown;
      }
      if (!harm_) continue;
      if (harm_->known[category] == 0) {
        ++profile.unweighted;
        continue;
      }
      const double harm = share * harm_->weight[category];
      profile.harm += harm;
      largest_[use.stream] = std::max(largest_[use.stream], harm);
    }
  }

  void finish() {
    for (std::size_t stream = 0; stream < profile_.workstreams.size(); ++stream) {
      WorkstreamProfile& profile = profile_.workstreams[stream];
      profile.harm_without_largest = std::max(0.0, profile.harm - largest_[stream]);
      for (std::size_t block = 0; block < blocks_[stream].size(); ++block) {
        if (blocks_[stream][block] > 0) profile.blocks.push_back({static_cast<int>(block), blocks_[stream][block] / profile.hours_known});
      }
      std::stable_sort(profile.blocks.begin(), profile.blocks.end(), [](const auto& a, const auto& b) { return a.share > b.share; });
      std::vector<std::int64_t> counts;
      auto& positions = positions_[stream];
      std::sort(positions.begin(), positions.end());
      for (std::size_t i = 0; i < positions.size(); ++i) {
        if (i == 0 || positions[i] != positions[i - 1]) counts.push_back(0);
        ++counts.back();
      }
      std::sort(counts.begin(), counts.end(), std::greater<>());
      profile.positions = static_cast<int>(counts.size());
      if (counts.empty()) continue;
      profile.top_position_share = static_cast<double>(counts.front()) / static_cast<double>(profile.incidents);
      for (std::int64_t sum = 0; 2 * sum < profile.incidents;) sum += counts[static_cast<std::size_t>(profile.positions_with_half++)];
    }
  }

 private:
  const DatasetSnapshot& data_;
  const ProfileQuery& query_;
  const PlanRows rows_;
  PlaceProfile& profile_;
  std::vector<std::vector<std::pair<std::int32_t, std::int32_t>>> positions_;  // of every incident
  std::vector<std::vector<double>> blocks_;
  std::vector<double> largest_;
  std::optional<IncidentFilter::CategoryWeights> harm_;
  std::vector<BlockShare> spread_;
};

void TellRank(const YearCounts& counts, const OwnPlace& place, std::size_t stream, WorkstreamProfile& profile) {
  if (!place.ranked) return;
  int above = 0;
  for (std::size_t other = 0; other < counts.places; ++other) {
    const std::int64_t incidents = counts.incidents_at(other, stream);
    above += incidents > profile.incidents ? 1 : 0;
    // Every area is a peer; of the cells, those with any incident: fields and water are no peers of a street.
    profile.peers += place.places.unit == PlaceUnit::kAreas || incidents > 0 || static_cast<std::int32_t>(other) == place.own ? 1 : 0;
  }
  profile.rank = above + 1;
}

void TellStream(const DatasetSnapshot& data, const ProfileQuery& query, const PlannedWorkstream& planned, const YearCounts& counts,
                const PlaceFeatures& features, const OwnPlace& place, std::size_t stream, WorkstreamProfile& profile) {
  const auto own = static_cast<std::size_t>(place.own);
  const PlaceFeature& feature = features.places[own * counts.streams + stream];
  const Period before = YearsEarlier(query.period, 1);
  profile.workstream = planned.workstream;
  profile.incidents = counts.incidents_at(own, stream);
  profile.before = counts.before_at(own, stream);
  profile.weight = counts.weight_of[0][own * counts.streams + stream];
  profile.per_km2 = RateOf(profile.incidents, kGroundMeasure, place.area_km2, 0, query.period);
  for (const std::string& measure : MeasuresOf(data, planned.workstream)) {
    if (auto rate = RateBy(data, query, measure, profile.incidents)) profile.rates.push_back(std::move(*rate));
  }
  profile.change = ChangeOf(profile.before, std::max(1, before.end - before.begin), profile.incidents, query.period.end - query.period.begin);
  profile.change.widened_p_value = feature.widened_p_value;
  profile.change.q_value = feature.q_value;
  profile.change.verdict = feature.trend;
  profile.years_covered = place.ranked ? features.years_covered[stream] : 0;
  profile.years_hot = place.ranked ? feature.years_hot : 0;
  TellRank(counts, place, stream, profile);
  profile.breaks = BreaksCrossed(data, planned.filter, query.period);
  if (before.end > before.begin) AddUnknownBreaks(BreaksBetween(data, planned.filter, before, query.period), profile.breaks);
}

void TellWhatCannotBeSaid(const DatasetSnapshot& data, const ProfileQuery& query, const WorkstreamPlan& plan, const OwnPlace& place, PlaceProfile& profile) {
  for (const LeftOut& out : plan.left_out) profile.cannot_say.push_back({out.workstream, "anything", out.reason, out.message});
  for (const WorkstreamProfile& told : profile.workstreams) {
    const auto add = [&](const char* what, const char* reason, std::string message) {
      profile.cannot_say.push_back({told.workstream, what, reason, std::move(message)});
    };
    if (told.incidents > 0 && told.hours_known == 0) add("hours", "HOUR_UNKNOWN", "none of its incidents here has a known hour");
    if (!place.ranked) add("rank", "PLACE_HAS_NO_PEERS", "a drawn shape, or several areas or cells together, has no peers; ask of one area or one cell");
    if (!place.ranked) add("persistence", "PLACE_HAS_NO_PEERS", "hot is told among peers; ask of one area or one cell");
    if (place.ranked && told.years_covered == 0) add("persistence", "NO_DATA", "none of the three years before is covered whole by its sources");
    for (const std::string& measure : MeasuresOf(data, told.workstream)) {
      if (std::any_of(told.rates.begin(), told.rates.end(), [&](const Rate& rate) { return rate.denominator == measure; })) continue;
      add(("rate per " + measure).c_str(), "NO_DENOMINATOR", fmt::format("{} are known of areas that have an estimate, not of cells and shapes", measure));
    }
    if (told.change.verdict == Verdict::kTooFewToSay) {
      add("trend", "TOO_FEW", fmt::format("{} and {} incidents; a verdict needs {} together", told.before, told.incidents, kFewestToJudge));
    }
    if (told.change.verdict == Verdict::kNotComparable) {
      add("trend", "NOT_COMPARABLE", told.breaks.empty() ? "the year before is not comparable" : told.breaks.back().note);
    }
    if (!query.weight_table) {
      add("harm", "NO_WEIGHT_TABLE", data.record.weight_tables.empty() ? "the dataset has no table of weights" : "no table of weights was named");
    } else if (told.incidents > 0 && told.unweighted == told.incidents) {
      add("harm", "NO_WEIGHT", "the table has no weight for any of its incidents here");
    }
  }
}

}  // namespace

Result<PlaceProfile> ProfilePlace(const DatasetSnapshot& data, const ProfileQuery& query, const StopSignal& stop) {
  if (query.period.end <= query.period.begin || YearsEarlier(query.period, 1).end > query.period.begin) {
    return Fail(InvalidArgument("period", fmt::format("is {}; a profile is of at most a year", FormatPeriod(query.period))));
  }
  const PriorityQuery as = AsPriorities(query);
  const auto plan = PlanWorkstreams(data, as);
  if (!plan) return Fail(plan.error());
  const auto place = LayPlace(data, query, stop);
  if (!place) return Fail(place.error());
  if (auto few = CheckSlots(query, place->places.size(), plan->streams.size()); !few) return Fail(few.error());
  std::array<bool, kPersistenceYears + 1> years{true, true};
  if (place->ranked) years.fill(true);  // what was hot is told among peers
  YearCounts counts{place->places.size(), plan->streams.size(), {}, {}};
  PlaceCounts now;
  const auto counted = RunParts(years.size(), query.threads, [&](std::size_t year) -> Result<void> {
    if (!years[year]) {
      counts.incidents_of[year].resize(counts.places * counts.streams);
      counts.weight_of[year].resize(counts.places * counts.streams);
      return {};
    }
    auto one = CountByPlace(data, *plan, place->places, YearsEarlier(query.period, static_cast<int>(year)), stop);
    if (!one) return Fail(one.error());
    counts.incidents_of[year] = std::move(one->incidents);
    counts.weight_of[year] = std::move(one->weight);
    if (year == 0) now = std::move(*one);
    return {};
  });
  if (!counted) return Fail(counted.error());
  const auto features = FindPlaceFeatures(data, as, *plan, counts, place->ranked, stop);
  if (!features) return Fail(features.error());
  PlaceProfile profile;
  profile.workstreams.resize(plan->streams.size());
  profile.area_km2 = place->area_km2;
  profile.ranked = place->ranked;
  profile.tests_made = features->tests_made;
  profile.dispersion = features->dispersion;
  for (std::size_t stream = 0; stream < plan->streams.size(); ++stream) {
    TellStream(data, query, plan->streams[stream], counts, *features, *place, stream, profile.workstreams[stream]);
    profile.workstreams[stream].incidents_everywhere = now.everywhere[stream];
    AddUnknownBreaks(profile.workstreams[stream].breaks, profile.breaks);
  }
  Details details(data, query, *plan, profile);
  const std::vector<AreaIndex>& area_of = data.vintages[query.vintage].area_of;
  const std::size_t begin = data.incidents.first_on_or_after(query.period.begin), end = data.incidents.first_on_or_after(query.period.end);
  for (std::size_t row = begin; row < end; ++row) {
    if ((row - begin) % kRowsBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
    // Mostly it lies elsewhere, which its box tells sooner.
    if (place->bounds.contains(data.incidents.at[row]) && place->places.place_of(data.incidents.at[row], area_of[row]) == place->own) details.add(row);
  }
  details.finish();
  TellWhatCannotBeSaid(data, query, *plan, *place, profile);
  profile.incidents = now.any;
  profile.located = now.located;
  profile.hour_unknown = now.without_hour;
  profile.unknown_hour = now.unknown_hour;
  return profile;
}

}  // namespace geo
