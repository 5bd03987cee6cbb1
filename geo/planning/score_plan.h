// From counts to the parts of each candidate's score.
#pragma once

#include <cstdint>
#include <vector>

#include "geo/planning/count_plan.h"

namespace geo {

// What one workstream says of one candidate, before any weight, each 0 to 1. Only candidates with an incident of it have one. What is known of the place
// alone counts in proportion to the volume in the block: a quiet hour of a place of long standing is no priority.
struct ScoreFeature {
  std::uint32_t stream = 0;
  double volume = 0;       // percentile
  double harm = 0;         // percentile
  double persistence = 0;  // share of years hot x volume
  double trend = 0;        // 1 higher, 0 lower, a half anything else, x volume
};

// What one workstream says of one place.
struct PlaceFeature {
  int years_hot = 0;
  Verdict trend = Verdict::kTooFewToSay;
  double widened_p_value = 1, q_value = 1;  // of the trend, among all places and workstreams tested
  bool under_minimum = false;
};

struct PlaceFeatures {
  std::vector<PlaceFeature> places;  // place x streams + stream
  std::vector<int> years_covered;    // by stream
  int tests_made = 0;
  DispersionEstimate dispersion;
};

struct PlanFeatures : PlaceFeatures {
  std::vector<std::size_t> candidates;   // place x blocks + block, ascending, of those with any incident of a workstream that takes part
  std::vector<std::size_t> begin;        // of each candidate's features; one more at the end
  std::vector<ScoreFeature> features;    // of workstreams with a weight, and at least their minimum count in the place
  std::vector<std::uint8_t> taking_part; // by stream: has a weight and any incident with weight in a slot
};

// What is known of the places alone. `persistence`: whether years hot are looked up.
Result<PlaceFeatures> FindPlaceFeatures(const DatasetSnapshot& data, const PriorityQuery& query, const WorkstreamPlan& plan, const YearCounts& counts,
                                        bool persistence, const StopSignal& stop);

// volume and harm: PercentileRanks over all candidates of the workstream's weight and harm there; places under its minimum count take no part.
// persistence: of the years before that are covered, the share in which the place was hot, in the fewest places that carry query.share of the weight, those
// that tie with the last of them too (a place may not be left out for its number).
// trend: the place against the days a year before, JudgeChanges over all places and workstreams.
// So that a candidate that another equals or passes in volume, harm, years hot and trend of every workstream never scores more than that other.
Result<PlanFeatures> FindFeatures(const DatasetSnapshot& data, const PriorityQuery& query, const WorkstreamPlan& plan, const PlanCounts& counts,
                                  const StopSignal& stop);

// The years before that a workstream's sources cover whole; [k - 1] is k years earlier.
std::array<bool, kPersistenceYears> YearsCovered(const DatasetSnapshot& data, const IncidentFilter& filter, Period period);

}  // namespace geo
