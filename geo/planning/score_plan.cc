#include "geo/planning/score_plan.h"

#include <algorithm>

#include "geo/change/judge_changes.h"
#include "geo/planning/percentile_ranks.h"
#include "geo/rates/rate_ratio_test.h"
#include "geo/types/parallel_parts.h"

namespace geo {
namespace {

// Sums of fractions are not quite the same in every order: a cumulative weight so little under the share has reached it.
constexpr double kSlack = 1e-9;

// The greatest value such that those at least as great sum to `wanted` or more; 0 for none. Reorders `weights`. Cost: linear on average: what is looked for is
// in the heavier part of each split, or beyond it.
double LeastOfTheHeaviest(std::vector<double>& weights, double wanted) {
  auto begin = weights.begin(), end = weights.end();
  double sum = 0, least = 0;
  while (begin != end) {
    const double pivot = *(begin + (end - begin) / 2);
    const auto heavier = std::partition(begin, end, [pivot](double weight) { return weight > pivot; });
    double above = sum;
    for (auto at = begin; at != heavier; ++at) above += *at;
    if (heavier != begin && above >= wanted) {
      end = heavier;
      continue;
    }
    const auto equal = std::partition(heavier, end, [pivot](double weight) { return weight == pivot; });
    sum = above + pivot * static_cast<double>(equal - heavier);
    least = pivot;
    if (sum >= wanted) return least;
    begin = equal;
  }
  return least;
}

// Counts the year for places that are in its k-set, with all that tie with its last.
void AddHotYear(const YearCounts& counts, std::size_t stream, std::size_t year, double share, std::vector<PlaceFeature>& places) {
  const std::vector<double>& weight_of = counts.weight_of[year];
  std::vector<double> weights;
  double total = 0;
  for (std::size_t at = stream; at < weight_of.size(); at += counts.streams) {
    if (weight_of[at] > 0) weights.push_back(weight_of[at]);
    total += weight_of[at];
  }
  const double least = LeastOfTheHeaviest(weights, (share - kSlack) * total);
  for (std::size_t at = stream; at < weight_of.size(); at += counts.streams) places[at].years_hot += weight_of[at] > 0 && weight_of[at] >= least ? 1 : 0;
}

Result<void> FindPersistence(const DatasetSnapshot& data, const PriorityQuery& query, const WorkstreamPlan& plan, const YearCounts& counts, PlaceFeatures& out,
                             const StopSignal& stop) {
  out.years_covered.resize(counts.streams);
  return RunParts(counts.streams, query.threads, [&](std::size_t stream) -> Result<void> {
    const auto covered = YearsCovered(data, plan.streams[stream].filter, query.period);
    out.years_covered[stream] = static_cast<int>(std::count(covered.begin(), covered.end(), true));
    for (std::size_t year = 1; year <= covered.size(); ++year) {
      if (stop.stop_requested()) return Fail(stop.reason());
      if (covered[year - 1]) AddHotYear(counts, stream, year, query.share, out.places);
    }
    return {};
  });
}

Result<void> FindTrends(const DatasetSnapshot& data, const PriorityQuery& query, const WorkstreamPlan& plan, const YearCounts& counts, PlaceFeatures& out,
                        const StopSignal& stop) {
  const Period before = YearsEarlier(query.period, 1);
  std::vector<TestedChange> changes;
  std::vector<std::size_t> where;
  for (std::size_t stream = 0; stream < counts.streams; ++stream) {
    const bool comparable = before.end > before.begin && BreaksBetween(data, plan.streams[stream].filter, before, query.period).empty();
    for (std::size_t place = 0; place < counts.places; ++place) {
      if (place % 1024 == 0 && stop.stop_requested()) return Fail(stop.reason());
      TestedChange change;
      change.before = counts.before_at(place, stream);
      change.after = counts.incidents_at(place, stream);
      if (change.before + change.after < kFewestToJudge) continue;
      change.before_days = std::max(1, before.end - before.begin);
      change.after_days = query.period.end - query.period.begin;
      change.p_value = ConditionalPValue(change.before, change.before_days, change.after, change.after_days);
      change.group = stream;
      change.comparable = comparable;
      changes.push_back(change);
      where.push_back(place * counts.streams + stream);
    }
  }
  const JudgedChanges judged = JudgeChanges(changes, query.false_discovery_rate, Spread::kWidened);
  for (std::size_t i = 0; i < changes.size(); ++i) {
    out.places[where[i]].trend = changes[i].verdict;
    out.places[where[i]].widened_p_value = changes[i].widened_p_value;
    out.places[where[i]].q_value = changes[i].q_value;
  }
  out.tests_made = judged.tests_made;
  out.dispersion = judged.dispersion;
  return {};
}

// One workstream's candidates with anything in it.
struct StreamSlots {
  std::vector<std::uint32_t> candidate;  // ascending
  std::vector<double> weight, harm;      // then their percentiles
};

// Candidates, and what each workstream has in them, in one pass over the slots.
std::vector<StreamSlots> FindCandidates(const WorkstreamPlan& plan, const PlanCounts& counts, PlanFeatures& out) {
  std::vector<StreamSlots> slots(counts.streams);
  out.taking_part.assign(counts.streams, 0);
  for (std::size_t candidate = 0; candidate < counts.places * counts.blocks; ++candidate) {
    const PlaceFeature* const of_place = &out.places[candidate / counts.blocks * counts.streams];
    bool here = false;
    for (std::size_t stream = 0; stream < counts.streams; ++stream) {
      const PlanSlot& slot = counts.slot(candidate, stream);
      if (slot.incidents <= 0) continue;
      here = true;
      if (slot.weight <= 0 || plan.streams[stream].weight <= 0) continue;
      out.taking_part[stream] = 1;
      if (of_place[stream].under_minimum) continue;
      slots[stream].candidate.push_back(static_cast<std::uint32_t>(out.candidates.size()));
      slots[stream].weight.push_back(slot.weight);
      slots[stream].harm.push_back(slot.harm);
    }
    if (here) out.candidates.push_back(candidate);
  }
  return slots;
}

double TrendPart(Verdict verdict) { return verdict == Verdict::kHigher ? 1 : verdict == Verdict::kLower ? 0 : 0.5; }

}  // namespace

std::array<bool, kPersistenceYears> YearsCovered(const DatasetSnapshot& data, const IncidentFilter& filter, Period period) {
  std::array<bool, kPersistenceYears> covered{};
  for (int year = 1; year <= kPersistenceYears; ++year) {
    const Period earlier = YearsEarlier(period, year);
    covered[static_cast<std::size_t>(year - 1)] = earlier.end > earlier.begin && IncompleteMonths(data, filter, earlier).empty();
  }
  return covered;
}

Result<PlaceFeatures> FindPlaceFeatures(const DatasetSnapshot& data, const PriorityQuery& query, const WorkstreamPlan& plan, const YearCounts& counts,
                                        bool persistence, const StopSignal& stop) {
  PlaceFeatures out;
  out.places.resize(counts.places * counts.streams);
  out.years_covered.resize(counts.streams);
  for (std::size_t i = 0; i < out.places.size(); ++i) {
    out.places[i].under_minimum = counts.incidents_of[0][i] < plan.streams[i % counts.streams].minimum_count;
  }
  if (persistence) {
    if (auto found = FindPersistence(data, query, plan, counts, out, stop); !found) return Fail(found.error());
  }
  if (auto found = FindTrends(data, query, plan, counts, out, stop); !found) return Fail(found.error());
  return out;
}

Result<PlanFeatures> FindFeatures(const DatasetSnapshot& data, const PriorityQuery& query, const WorkstreamPlan& plan, const PlanCounts& counts,
                                  const StopSignal& stop) {
  auto of_places = FindPlaceFeatures(data, query, plan, counts, true, stop);
  if (!of_places) return Fail(of_places.error());
  PlanFeatures out{std::move(*of_places), {}, {}, {}, {}};
  std::vector<StreamSlots> slots = FindCandidates(plan, counts, out);
  const auto ranked = RunParts(counts.streams, query.threads, [&](std::size_t stream) -> Result<void> {
    if (stop.stop_requested()) return Fail(stop.reason());
    slots[stream].weight = PercentileRanks(slots[stream].weight);
    if (query.weight_table) slots[stream].harm = PercentileRanks(slots[stream].harm);
    return {};
  });
  if (!ranked) return Fail(ranked.error());
  std::vector<std::size_t> next(counts.streams, 0);
  for (std::size_t i = 0; i < out.candidates.size(); ++i) {
    out.begin.push_back(out.features.size());
    const std::size_t place = out.candidates[i] / counts.blocks;
    for (std::size_t stream = 0; stream < counts.streams; ++stream) {
      const StreamSlots& of_stream = slots[stream];
      if (next[stream] == of_stream.candidate.size() || of_stream.candidate[next[stream]] != i) continue;
      const std::size_t at = next[stream]++;
      const PlaceFeature& of_place = out.places[place * counts.streams + stream];
      const int covered = out.years_covered[stream];
      const double v = of_stream.weight[at];
      out.features.push_back({static_cast<std::uint32_t>(stream), v, query.weight_table ? of_stream.harm[at] : 0,
                              covered > 0 ? v * of_place.years_hot / covered : 0, v * TrendPart(of_place.trend)});
    }
  }
  out.begin.push_back(out.features.size());
  return out;
}

}  // namespace geo
