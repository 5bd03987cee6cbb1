// How much any choice could cover at most, and which options no better choice can hold: by Lagrange multipliers, without a solver.
#pragma once

#include <cstdint>
#include <vector>

#include "geo/placement/cover_problem.h"
#include "geo/types/stop_signal.h"

namespace geo {

struct CoverBoundResult {
  CoverUnits bound = 0;                 // no choice that keeps picks and budget covers more; requirements can only lessen it
  std::vector<CoverUnits> with_option;  // nor, for each option that is not locked, any choice with that option
};

// The rule that a demand counts only where an option sees it is priced into the objective (a multiplier for each demand, one for the budget); what remains
// falls apart by site. Multipliers by subgradients with Polyak's step towards `known`, the value of a choice at hand; at most `rounds` of them, fewer when the
// bound stops falling or when asked to stop. The bound holds at every round; it nears that of the linear relaxation. Accuracy: sums of doubles, raised by 1e-9
// of themselves and rounded up, so that it never lies below the truth. Deterministic. Cost: one pass over all that is seen for each round. Source: Fisher 1981,
// The Lagrangian relaxation method for solving integer programming problems; Galvao and ReVelle 1996, for maximal covering.
CoverBoundResult BoundCover(const CoverProblem& problem, CoverUnits known, int rounds, const StopSignal& stop);

}  // namespace geo
