// Which places and hours come first, for each priority and across them all.
#pragma once

#include "geo/planning/priority_query.h"
#include "geo/snapshot/dataset_snapshot.h"
#include "geo/types/stop_signal.h"

namespace geo {

// Every place and hour block with an incident of a chosen workstream is a candidate. Its score, of 100, is the sum over workstreams of weight x
//   (volume weight x volume percentile + harm weight x harm percentile + volume percentile x (persistence weight x share of years hot
//    + trend weight x (1 higher, 0 lower, a half otherwise) + concern weight x concern))
// over what all weights together could give (score_plan.h, percentile_ranks.h). Ranked, ranges by RanksUnderWeights, then AssignVisits by score.
// Deterministic at any thread count. Laws, each with a test: a candidate that another equals or passes in every part never scores more; all weights of
// workstreams, or all of parts, times one number change nothing; a workstream without incidents changes nothing; points add up to the score; covered,
// elsewhere, outside, unlocated and hour unknown add up to targeted.
// Errors: kInvalidArgument period (over a year), vintage, WEIGHTS_ARE_ZERO; those of PlanWorkstreams, LayPlaces, CountPlan, RanksUnderWeights.
// Source: additive scores of percentiles after MoRiLE (National Police Chiefs' Council); ranges: plan_scores.h.
Result<PriorityAnswer> RankPriorities(const DatasetSnapshot& data, const PriorityQuery& query, const StopSignal& stop);

}  // namespace geo
