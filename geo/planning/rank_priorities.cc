#include "geo/planning/rank_priorities.h"

#include <fmt/format.h>

#include <algorithm>

#include "geo/planning/assign_visits.h"
#include "geo/planning/tell_candidates.h"

namespace geo {
namespace {

Result<void> CheckQuery(const DatasetSnapshot& data, const PriorityQuery& query) {
  if (query.period.end <= query.period.begin || YearsEarlier(query.period, 1).end > query.period.begin) {
    return Fail(InvalidArgument("period", fmt::format("is {}; at most a year is ranked, so that the years before it do not overlap it", FormatPeriod(query.period))));
  }
  if (query.vintage >= data.vintages.size()) {
    return Fail({ErrorCode::kFailedPrecondition, "vintage", "NO_AREAS", "the dataset has no areas; load boundaries to rank places inside them"});
  }
  double parts = 0;
  for (std::size_t part = 0; part < kScoreParts; ++part) parts += part == kHarmPart && !query.weight_table ? 0 : query.part_weights[part];
  if (parts > 0) return {};
  return Fail({ErrorCode::kInvalidArgument, "part_weights", "WEIGHTS_ARE_ZERO",
               "all parts that can be told weigh 0 (harm needs a weight table); give volume, persistence, trend or concern a weight"});
}

struct Order {
  std::vector<std::size_t> by_score;  // indices into features.candidates, best first
  std::vector<std::int64_t> score;    // rounded, of by_score
};

Order OrderOf(const PriorityQuery& query, const WorkstreamPlan& plan, const PlanFeatures& features, double points_per_weight) {
  const std::vector<FeatureWeights> weights = WeightsOfPlan(query, plan, points_per_weight);
  std::vector<std::pair<std::int64_t, std::size_t>> order;
  for (std::size_t i = 0; i < features.candidates.size(); ++i) order.emplace_back(-RoundedScore(ScoreOf(features, weights, i)), i);
  std::sort(order.begin(), order.end());
  Order out;
  for (const auto& [score, index] : order) {
    out.by_score.push_back(index);
    out.score.push_back(-score);
  }
  return out;
}

std::vector<std::size_t> Assign(const PriorityQuery& query, const WorkstreamPlan& plan, const PlanCounts& counts, const PlanFeatures& features,
                                const Order& order) {
  if (!query.capacity_hours) return {};
  std::vector<VisitOption> options;
  for (std::size_t i = 0; i < order.by_score.size(); ++i) {
    const std::size_t slot = features.candidates[order.by_score[i]];
    options.push_back({plan.by_hour ? static_cast<int>(slot % counts.blocks) : -1, static_cast<double>(order.score[i])});
  }
  return AssignVisits(options, *query.capacity_hours, query.visit_hours, query.teams, plan.by_hour ? query.blocks : std::nullopt);
}

void TellCoverage(const PriorityQuery& query, const PlanCounts& counts, const PlanFeatures& features, const Order& order,
                  const std::vector<std::size_t>& taken, PriorityAnswer& answer) {
  if (!query.capacity_hours) return;
  CoverageOfPlan coverage;
  coverage.targeted = counts.all_targeted;
  coverage.outside = counts.outside;
  coverage.unlocated = counts.unlocated;
  coverage.hour_unknown = counts.hour_unknown;
  for (const double share : counts.targeted) coverage.elsewhere += share;
  for (const std::size_t at : taken) {
    const std::size_t slot = features.candidates[order.by_score[at]];
    coverage.covered += counts.targeted[slot];
    for (std::size_t stream = 0; stream < counts.streams; ++stream) answer.streams[stream].covered += counts.slot(slot, stream).incidents;
  }
  coverage.elsewhere = std::max(0.0, coverage.elsewhere - coverage.covered);
  answer.coverage = coverage;
  answer.hours_used = static_cast<double>(taken.size()) * query.visit_hours;
}

void TellStreams(const DatasetSnapshot& data, const PriorityQuery& query, const WorkstreamPlan& plan, const PlanCounts& counts, PriorityAnswer& answer) {
  const Period before = YearsEarlier(query.period, 1);
  for (std::size_t stream = 0; stream < plan.streams.size(); ++stream) {
    const StreamTotals& totals = counts.totals[stream];
    answer.streams.push_back({plan.streams[stream].workstream, totals.incidents, totals.located, totals.in_places, totals.hour_unknown, 0});
    AddUnknownBreaks(BreaksCrossed(data, plan.streams[stream].filter, query.period), answer.breaks);
    if (before.end > before.begin) AddUnknownBreaks(BreaksBetween(data, plan.streams[stream].filter, before, query.period), answer.breaks);
  }
}

// The listed, and after them those that are only assigned; and where each assigned one stands among these.
Result<void> TellList(const DatasetSnapshot& data, const PriorityQuery& query, const WorkstreamPlan& plan, const PlanCounts& counts,
                      const PlanFeatures& features, const Order& order, const std::vector<std::size_t>& taken, PriorityAnswer& answer, const StopSignal& stop) {
  std::vector<std::size_t> positions;  // in `order`
  const std::size_t positive = static_cast<std::size_t>(std::find_if(order.score.begin(), order.score.end(), [](auto s) { return s <= 0; }) - order.score.begin());
  answer.listed = std::min(positive, static_cast<std::size_t>(query.listed));
  for (std::size_t i = 0; i < answer.listed; ++i) positions.push_back(i);
  for (const std::size_t at : taken) {
    if (at >= answer.listed) positions.push_back(at);
  }
  std::vector<std::size_t> which;
  for (const std::size_t at : positions) which.push_back(order.by_score[at]);
  auto told = TellCandidates(data, query, plan, answer.places, counts, features, which, stop);
  if (!told) return Fail(told.error());
  const auto ranges = RanksUnderWeights(data, query, plan, features, which, stop);
  if (!ranges) return Fail(ranges.error());
  for (std::size_t i = 0; i < positions.size(); ++i) {
    const auto better = std::lower_bound(order.score.begin(), order.score.end(), order.score[positions[i]], std::greater<>());
    (*told)[i].rank = static_cast<int>(better - order.score.begin()) + 1;
    (*told)[i].rank_low = query.draws > 0 ? (*ranges)[i].low : (*told)[i].rank;
    (*told)[i].rank_high = query.draws > 0 ? (*ranges)[i].high : (*told)[i].rank;
  }
  for (const std::size_t at : taken) {
    const auto where = static_cast<std::size_t>(std::lower_bound(positions.begin(), positions.end(), at) - positions.begin());
    answer.assigned.push_back({where, query.visit_hours, counts.targeted[features.candidates[order.by_score[at]]]});
  }
  answer.candidates = std::move(*told);
  return {};
}

}  // namespace

Result<PriorityAnswer> RankPriorities(const DatasetSnapshot& data, const PriorityQuery& query, const StopSignal& stop) {
  if (auto checked = CheckQuery(data, query); !checked) return Fail(checked.error());
  auto plan = PlanWorkstreams(data, query);
  if (!plan) return Fail(plan.error());
  PriorityAnswer answer;
  auto places = LayPlaces(data.vintages[query.vintage].areas, query.vintage, query.areas, query.unit, query.cells, stop);
  if (!places) return Fail(places.error());
  answer.places = std::move(*places);
  std::array<bool, kPersistenceYears + 1> years{true, true};  // the year before is counted for the trend, covered or not: its verdict says so
  for (const PlannedWorkstream& planned : plan->streams) {
    const auto covered = YearsCovered(data, planned.filter, query.period);
    for (std::size_t i = 0; i < covered.size(); ++i) years[i + 1] = years[i + 1] || covered[i];
  }
  const auto counts = CountPlan(data, query, *plan, answer.places, years, stop);
  if (!counts) return Fail(counts.error());
  const auto features = FindFeatures(data, query, *plan, *counts, stop);
  if (!features) return Fail(features.error());
  answer.points_per_weight = PointsPerWeight(query, *plan, *features);
  answer.scored = static_cast<std::int64_t>(features->candidates.size());
  answer.hours_told = plan->by_hour;
  answer.harm_told = query.weight_table.has_value();
  answer.tests_made = features->tests_made;
  answer.dispersion = features->dispersion;
  TellStreams(data, query, *plan, *counts, answer);
  answer.left_out = std::move(plan->left_out);
  const Order order = OrderOf(query, *plan, *features, answer.points_per_weight);
  const std::vector<std::size_t> taken = Assign(query, *plan, *counts, *features, order);
  TellCoverage(query, *counts, *features, order, taken, answer);
  if (auto told = TellList(data, query, *plan, *counts, *features, order, taken, answer, stop); !told) return Fail(told.error());
  answer.incidents = counts->incidents;
  answer.located = counts->located;
  answer.hour_unknown_incidents = counts->without_hour;
  answer.unknown_hour = counts->unknown_hour;
  return answer;
}

}  // namespace geo
