#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "geo/change/boundary_comparison.h"
#include "geo/change/boundary_flows.h"
#include "geo/change/change_of_counts.h"
#include "geo/change/check_comparison.h"
#include "geo/change/judge_changes.h"
#include "geo/geometry/validity.h"
#include "geo/snapshot/breaks_crossed.h"

namespace geo {
namespace {

constexpr double kLeastGroundShown = 0.001;
constexpr std::size_t kRowsBetweenStopChecks = 64;

struct TwoCounts {
  std::int64_t before = 0;
  std::int64_t after = 0;
};

Result<void> CheckVintages(const DatasetSnapshot& data, const BoundaryQuery& query) {
  const auto missing = [&](const char* field) -> Error {
    return {ErrorCode::kInvalidArgument, field, "NO_SUCH_VINTAGE", fmt::format("the dataset has {} sets of boundaries", data.vintages.size())};
  };
  if (query.from_vintage >= data.vintages.size()) return Fail(missing("from_vintage"));
  if (!query.draft.empty()) return {};
  if (query.to_vintage >= data.vintages.size()) return Fail(missing("to_vintage"));
  if (query.from_vintage == query.to_vintage) {
    return Fail({ErrorCode::kInvalidArgument, "to_vintage", "SAME_VINTAGE",
                 fmt::format("to_vintage and from_vintage are both {}; name two sets of boundaries, or compare wards on this one",
                             data.record.vintages[query.to_vintage].id)});
  }
  return {};
}

Result<void> CheckQuery(const DatasetSnapshot& data, const BoundaryQuery& query) {
  if (auto vintages = CheckVintages(data, query); !vintages) return vintages;
  if (query.filter.areas) return Fail(InvalidArgument("filter.areas", "boundaries are compared over all areas; without some of them sums are not conserved"));
  if (auto checked = CheckComparison(data, query.filter, query.from_vintage, query.false_discovery_rate); !checked) return checked;
  if (auto before = CheckComparedPeriod(data, query.filter, query.before, "before"); !before) return before;
  if (auto after = CheckComparedPeriod(data, query.filter, query.after, "after"); !after) return after;
  return CheckApart(query.before, "before", query.after, "after");
}

// A draft may overlap and leave gaps; what is not a shape at all has no inside to count.
Result<AreaSet> BuildDraft(const BoundaryQuery& query) {
  for (const Area& area : query.draft) {
    if (auto valid = CheckValid(area.shape); !valid) {
      Error error = valid.error();
      error.field = "draft";
      error.message = fmt::format("draft area {}: {}; mend the shape", area.code, error.message);
      return Fail(std::move(error));
    }
  }
  auto set = AreaSet::Build(query.draft_id, query.draft);
  if (set) return set;
  Error error = set.error();
  error.field = "draft";
  return Fail(std::move(error));
}

std::vector<Area> Named(const AreaSet& set) {
  std::vector<Area> named;
  for (const Area& area : set.areas()) named.push_back({area.code, area.name, {}});
  return named;
}

using Pairs = std::map<AreaPair, TwoCounts>;

// One pass for each period: each incident falls into one pair of an old and a new area.
Result<Pairs> CountPairs(const DatasetSnapshot& data, const BoundaryQuery& query, const std::optional<AreaSet>& draft, BoundaryAnswer& answer,
                         const StopSignal& stop) {
  Pairs pairs;
  struct Side {
    Period period;
    std::int64_t TwoCounts::*count;
  };
  for (const Side side : {Side{query.before, &TwoCounts::before}, Side{query.after, &TwoCounts::after}}) {
    IncidentFilter filter = query.filter;
    filter.period = side.period;
    const auto flows =
        draft ? CountFlows(data, filter, query.from_vintage, *draft, stop) : CountFlows(data, filter, query.from_vintage, query.to_vintage, stop);
    if (!flows) return Fail(flows.error());
    for (const PairCount& flow : flows->pairs) pairs[flow.pair].*side.count = flow.incidents;
    answer.incidents += flows->incidents;
    answer.located += flows->located;
    answer.hour_unknown += flows->hour_unknown;
    answer.unknown_hour += flows->unknown_hour;
  }
  return pairs;
}

// Sums over one side of the pairs, by area; outside and unlocated apart.
struct SideCounts {
  explicit SideCounts(std::size_t n) : areas(n) {}
  std::vector<TwoCounts> areas;
  TwoCounts outside, unlocated;
  TwoCounts& of(AreaIndex area) { return area == kOutside ? outside : area == kNowhere ? unlocated : areas[area]; }
};

SideCounts SumBy(const Pairs& pairs, AreaIndex AreaPair::*side, std::size_t areas) {
  SideCounts sums(areas);
  for (const auto& [pair, counts] : pairs) {
    TwoCounts& sum = sums.of(pair.*side);
    sum.before += counts.before;
    sum.after += counts.after;
  }
  return sums;
}

BoundaryRow RowOf(WardRow::Kind kind, std::int64_t before_on_old, TwoCounts on_new) {
  BoundaryRow row;
  row.kind = kind;
  row.before_on_old = before_on_old;
  row.before_on_new = on_new.before;
  row.after_on_new = on_new.after;
  return row;
}

double ShareKept(const GroundOverlap& ground, AreaIndex from, AreaIndex to) {
  const auto pair = std::lower_bound(ground.pairs.begin(), ground.pairs.end(), AreaPair{from, to}, [](const SharedGround& a, const AreaPair& b) {
    return AreaPair{a.from, a.to} < b;
  });
  return pair != ground.pairs.end() && pair->from == from && pair->to == to ? pair->share_of_from : 0;
}

std::vector<BoundaryRow> LayRows(const GroundOverlap& ground, SideCounts& on_old, SideCounts& on_new) {
  std::vector<BoundaryRow> rows;
  const std::vector<AreaIndex> predecessor = PredecessorsOf(ground);
  std::set<AreaIndex> succeeded;
  for (std::size_t to = 0; to < predecessor.size(); ++to) {
    const AreaIndex from = predecessor[to];
    rows.push_back(RowOf(WardRow::Kind::kArea, from == kOutside ? 0 : on_old.areas[from].before, on_new.areas[to]));
    rows.back().to = static_cast<AreaIndex>(to);
    rows.back().from = from;
    rows.back().area_m2 = ground.to_area_m2[to];
    if (from == kOutside) continue;
    rows.back().predecessor_share_kept = ShareKept(ground, from, static_cast<AreaIndex>(to));
    succeeded.insert(from);
  }
  for (std::size_t from = 0; from < on_old.areas.size(); ++from) {
    if (succeeded.contains(static_cast<AreaIndex>(from))) continue;
    rows.push_back(RowOf(WardRow::Kind::kArea, on_old.areas[from].before, {}));
    rows.back().from = static_cast<AreaIndex>(from);
  }
  rows.push_back(RowOf(WardRow::Kind::kOutside, on_old.outside.before, on_new.outside));
  rows.push_back(RowOf(WardRow::Kind::kUnlocated, on_old.unlocated.before, on_new.unlocated));
  BoundaryRow total;
  total.kind = WardRow::Kind::kTotal;
  for (const BoundaryRow& row : rows) {
    total.before_on_old += row.before_on_old;
    total.before_on_new += row.before_on_new;
    total.after_on_new += row.after_on_new;
  }
  rows.push_back(total);
  return rows;
}

// New areas are judged together, the total by itself. An old area that is gone, outside and unlocated have no change of their own.
Result<void> JudgeRows(const BoundaryQuery& query, BoundaryAnswer& answer, const StopSignal& stop) {
  std::vector<TestedChange> tested;
  std::vector<BoundaryRow*> tested_rows;
  for (std::size_t i = 0; i < answer.rows.size(); ++i) {
    if (i % kRowsBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
    BoundaryRow& row = answer.rows[i];
    const bool total = row.kind == WardRow::Kind::kTotal;
    if (!total && (row.kind != WardRow::Kind::kArea || row.to == kOutside)) continue;
    row.change = ChangeOf(row.before_on_new, query.before.days(), row.after_on_new, query.after.days());
    TestedChange change;
    change.before = row.before_on_new;
    change.after = row.after_on_new;
    change.before_days = query.before.days();
    change.after_days = query.after.days();
    change.p_value = row.change->p_value;
    change.alone = total;
    change.comparable = answer.breaks.empty();
    tested.push_back(change);
    tested_rows.push_back(&row);
  }
  const JudgedChanges judged = JudgeChanges(tested, query.false_discovery_rate, Spread::kWidened);
  for (std::size_t i = 0; i < tested.size(); ++i) TakeJudgement(tested[i], *tested_rows[i]->change);
  answer.dispersion = judged.dispersion;
  answer.widened = judged.widened;
  answer.tests_made = judged.tests_made;
  return {};
}

std::vector<BoundaryFlow> LayFlows(const GroundOverlap& ground, const Pairs& pairs) {
  std::map<AreaPair, BoundaryFlow> flows;
  const auto flow_of = [&](AreaIndex from, AreaIndex to) -> BoundaryFlow& {
    BoundaryFlow& flow = flows[{from, to}];
    flow.from = from;
    flow.to = to;
    return flow;
  };
  std::vector<double> share_in_old(ground.to_area_m2.size(), 0);
  for (const SharedGround& pair : ground.pairs) {
    share_in_old[pair.to] += pair.share_of_to;
    BoundaryFlow& flow = flow_of(pair.from, pair.to);
    flow.area_m2 = pair.area_m2;
    flow.share_of_from = pair.share_of_from;
    flow.share_of_to = pair.share_of_to;
  }
  for (std::size_t from = 0; from < ground.from_area_m2.size(); ++from) {
    if (ground.from_outside_m2[from] > 0) {
      flow_of(static_cast<AreaIndex>(from), kOutside).share_of_from = ground.from_outside_m2[from] / ground.from_area_m2[from];
    }
  }
  for (std::size_t to = 0; to < share_in_old.size(); ++to) {
    if (ground.to_area_m2[to] > 0 && share_in_old[to] < 1) flow_of(kOutside, static_cast<AreaIndex>(to)).share_of_to = 1 - share_in_old[to];
  }
  for (const auto& [pair, counts] : pairs) {
    if (pair.from == kNowhere) continue;
    BoundaryFlow& flow = flow_of(pair.from, pair.to);
    flow.before = counts.before;
    flow.after = counts.after;
  }
  std::vector<BoundaryFlow> shown;
  for (const auto& [pair, flow] : flows) {
    if (flow.before + flow.after > 0 || flow.share_of_from >= kLeastGroundShown || flow.share_of_to >= kLeastGroundShown) shown.push_back(flow);
  }
  return shown;
}

}  // namespace

Result<BoundaryAnswer> CompareBoundaries(const DatasetSnapshot& data, const BoundaryQuery& query, const StopSignal& stop) {
  if (auto checked = CheckQuery(data, query); !checked) return Fail(checked.error());
  std::optional<AreaSet> draft;
  if (!query.draft.empty()) {
    auto built = BuildDraft(query);
    if (!built) return Fail(built.error());
    draft = std::move(*built);
  }
  const AreaSet& from = data.vintages[query.from_vintage].areas;
  const AreaSet& to = draft ? *draft : data.vintages[query.to_vintage].areas;
  BoundaryAnswer answer;
  answer.from_areas_named = Named(from);
  answer.to_areas_named = Named(to);
  const auto pairs = CountPairs(data, query, draft, answer, stop);
  if (!pairs) return Fail(pairs.error());
  const auto ground = LayOver(from, to, stop);
  if (!ground) return Fail(ground.error());
  SideCounts on_old = SumBy(*pairs, &AreaPair::from, from.areas().size()), on_new = SumBy(*pairs, &AreaPair::to, to.areas().size());
  answer.rows = LayRows(*ground, on_old, on_new);
  answer.flows = LayFlows(*ground, *pairs);
  answer.breaks = BreaksBetween(data, query.filter, query.before, query.after);
  if (auto judged = JudgeRows(query, answer, stop); !judged) return Fail(judged.error());
  return answer;
}

}  // namespace geo
