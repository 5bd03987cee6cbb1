// What is told of the candidates that are listed or assigned: their parts by workstream, and what lies in them, each incident once.
#pragma once

#include <vector>

#include "geo/planning/plan_scores.h"

namespace geo {

// `which`: indices into features.candidates. Ranks are left to the caller. Errors: of `stop`. Cost: one pass over the rows of the period.
Result<std::vector<Candidate>> TellCandidates(const DatasetSnapshot& data, const PriorityQuery& query, const WorkstreamPlan& plan, const PlanPlaces& places,
                                              const PlanCounts& counts, const PlanFeatures& features, std::span<const std::size_t> which,
                                              const StopSignal& stop);

}  // namespace geo
