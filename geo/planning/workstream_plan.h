// Which workstreams take part in a plan, with what, and which cannot and why.
#pragma once

#include <vector>

#include "geo/planning/priority_query.h"
#include "geo/snapshot/dataset_snapshot.h"

namespace geo {

struct PlannedWorkstream {
  std::size_t workstream = 0;
  IncidentFilter filter;
  double weight = 0;                   // 0: a layer
  std::vector<double> entry_weight;    // as filter.categories
  int minimum_count = 1;
  double concern = 0;                  // 0 where nobody was asked
};

struct WorkstreamPlan {
  std::vector<PlannedWorkstream> streams;  // those that take part, in the query's order
  std::vector<LeftOut> left_out;
  bool by_hour = false;
};

// A workstream is left out whole: TIER_NEEDS_AREAS (very high sensitivity, asked by cell or shape), HOUR_UNKNOWN (it names hours, or the answer is by hour block, and
// none of its sources knows them), FLAG_UNKNOWN (none of its sources tells a flag that it needs), DATES_UNKNOWN (the period reaches beyond the known dates of
// its time window), NO_DATA (its sources hold nothing of the period). Where no workstream could be told by block, the answer is by place alone,
// and a LeftOut for each says HOUR_UNKNOWN of its hours. CONCERN_UNKNOWN and NO_WEIGHT_TABLE are no reasons to be left out: those parts give no points.
// Errors: PERIOD_FINER_THAN_DATA of CheckAnswerable; kFailedPrecondition where none that has a weight takes part, with the reason of the first that is left out;
// kInvalidArgument WEIGHTS_ARE_ZERO where the query gives none a weight.
Result<WorkstreamPlan> PlanWorkstreams(const DatasetSnapshot& data, const PriorityQuery& query);

}  // namespace geo
