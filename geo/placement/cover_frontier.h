// Cost against cover: what more cameras, or more money, would add.
#pragma once

#include <vector>

#include "geo/placement/exact_cover.h"
#include "geo/placement/siting_query.h"

namespace geo {

// Under a budget: the best choice for each of `points` budgets evenly from budget / points to the budget. Without one: for 0, 1, .. picks up to the problem's
// limit, at most `points` of them, the last the limit. Value never falls from one to the next. Points that a deadline leaves no time for are left out. Errors:
// kCancelled; a point whose requirements cannot be met is left out.
Result<std::vector<FrontierPoint>> TraceFrontier(const CoverProblem& problem, int points, bool exact, const StopSignal& stop);

}  // namespace geo
