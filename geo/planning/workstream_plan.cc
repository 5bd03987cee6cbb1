#include "geo/planning/workstream_plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "geo/incidents/workstream_filter.h"
#include "geo/snapshot/meets_data.h"

namespace geo {
namespace {

bool AnyKnows(const DatasetRecord& record, const IncidentFilter& filter, TimeKnowledge least) {
  return std::any_of(filter.sources.begin(), filter.sources.end(), [&](std::uint16_t source) { return record.sources[source].time >= least; });
}

std::string SourcesOf(const DatasetRecord& record, const IncidentFilter& filter) {
  std::string names;
  for (const std::uint16_t source : filter.sources) names += (names.empty() ? "" : ", ") + record.sources[source].id;
  return names;
}

// Errors: those of FilterOf.
Result<PlannedWorkstream> PlanOne(const DatasetSnapshot& data, const PriorityQuery::Chosen& chosen) {
  const DatasetRecord& record = data.record;
  const Workstream& of = record.workstreams[chosen.workstream];
  auto filter = FilterOf(record, chosen.workstream);
  if (!filter) return Fail(filter.error());
  PlannedWorkstream planned;
  planned.workstream = chosen.workstream;
  planned.filter = std::move(*filter);
  planned.filter.daylight = data.daylight.get();
  planned.weight = chosen.weight;
  for (const CategoryIndex category : planned.filter.categories) {
    const auto entry = std::find_if(of.entries.begin(), of.entries.end(), [&](const auto& e) { return e.category == record.categories[category].id; });
    planned.entry_weight.push_back(entry->weight);
  }
  planned.minimum_count = of.minimum_count;
  planned.concern = of.concern ? of.concern->share : 0;
  return planned;
}

// Why a workstream cannot take part, whatever the others can.
std::optional<LeftOut> Hindrance(const DatasetSnapshot& data, const PriorityQuery& query, const PlannedWorkstream& planned) {
  const Workstream& of = data.record.workstreams[planned.workstream];
  const Workstream* told = query.unit == PlaceUnit::kAreas ? nullptr : ToldByAreaOnly(data.record, planned.filter);
  if (told != nullptr) {
    return LeftOut{planned.workstream, "TIER_NEEDS_AREAS",
                   fmt::format("{} sensitivity is very high: it is told by area only; ask by area", told == &of ? "its" : "its flags tell " + told->id + ", whose")};
  }
  const TimeKnowledge needed = of.window.all_hours() ? TimeKnowledge::kDay : TimeKnowledge::kClock;
  if (!of.window.always() && !AnyKnows(data.record, planned.filter, needed)) {
    return LeftOut{planned.workstream, "HOUR_UNKNOWN", fmt::format("it names hours that {} cannot tell", SourcesOf(data.record, planned.filter))};
  }
  if (!of.window.knows(query.period)) {
    return LeftOut{planned.workstream, "DATES_UNKNOWN",
                   fmt::format("the dates of its time window are known for {} alone", FormatPeriod(of.window.dates_known))};
  }
  IncidentFilter filter = planned.filter;
  filter.period = query.period;
  if (const auto meets = CheckMeetsData(data, filter, "period"); !meets) return LeftOut{planned.workstream, "NO_DATA", meets.error().message};
  return std::nullopt;
}

// Blocks where any of them can be told by the hour; then those that cannot are left out. Else places alone, and each says so.
void DecideHours(const DatasetSnapshot& data, const PriorityQuery& query, WorkstreamPlan& plan) {
  if (!query.blocks) return;
  const auto by_hour = [&](const PlannedWorkstream& planned) { return AnyKnows(data.record, planned.filter, TimeKnowledge::kClock); };
  plan.by_hour = std::any_of(plan.streams.begin(), plan.streams.end(), [&](const auto& planned) { return planned.weight > 0 && by_hour(planned); });
  for (const PlannedWorkstream& planned : plan.streams) {
    if (by_hour(planned)) continue;
    plan.left_out.push_back({planned.workstream, "HOUR_UNKNOWN",
                             fmt::format("{} {} the hour: {}", SourcesOf(data.record, planned.filter),
                                         planned.filter.sources.size() == 1 ? "does not know" : "do not know",
                                         plan.by_hour ? "it takes no part in an answer by hour block; ask for the whole week to rank it"
                                                      : "its places are told for the whole week")});
  }
  if (plan.by_hour) std::erase_if(plan.streams, [&](const PlannedWorkstream& planned) { return !by_hour(planned); });
}

}  // namespace

Result<WorkstreamPlan> PlanWorkstreams(const DatasetSnapshot& data, const PriorityQuery& query) {
  WorkstreamPlan plan;
  bool weighted = false;
  for (const PriorityQuery::Chosen& chosen : query.workstreams) {
    weighted = weighted || chosen.weight > 0;
    auto one = PlanOne(data, chosen);
    if (!one) {
      plan.left_out.push_back({chosen.workstream, one.error().reason, one.error().message});
      continue;
    }
    PlannedWorkstream planned = std::move(*one);
    IncidentFilter answerable = planned.filter;
    answerable.period = query.period;
    answerable.window = {};
    if (const auto can = CheckAnswerable(data.record, answerable); !can) return Fail(can.error());
    if (auto hindrance = Hindrance(data, query, planned)) {
      plan.left_out.push_back(std::move(*hindrance));
    } else {
      plan.streams.push_back(std::move(planned));
    }
  }
  if (!weighted) {
    return Fail({ErrorCode::kInvalidArgument, "workstreams", "WEIGHTS_ARE_ZERO", "all weights are 0, so nothing would be ranked; give one workstream a weight"});
  }
  DecideHours(data, query, plan);
  if (std::none_of(plan.streams.begin(), plan.streams.end(), [](const auto& planned) { return planned.weight > 0; })) {
    std::string why;
    for (const LeftOut& out : plan.left_out) why += fmt::format("; {}: {}", data.record.workstreams[out.workstream].id, out.message);
    return Fail({ErrorCode::kFailedPrecondition, "workstreams", plan.left_out.empty() ? "NOTHING_LEFT" : plan.left_out.front().reason,
                 "none of the workstreams with a weight can be ranked" + why});
  }
  return plan;
}

}  // namespace geo
