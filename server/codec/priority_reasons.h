// Why a place and hour block stands where it does, in sentences.
#pragma once

#include <string>
#include <vector>

#include "geo/planning/priority_query.h"

namespace server {

// The workstreams that give most points first, at most three; then harm that rests on one incident, then what has no weight.
std::vector<std::string> PriorityReasons(const geo::DatasetRecord& record, const geo::Candidate& candidate, bool harm_told);

}  // namespace server
