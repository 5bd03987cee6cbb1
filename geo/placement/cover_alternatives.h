// Other sets of sites that do nearly as well.
#pragma once

#include <cstdint>
#include <vector>

#include "geo/placement/exact_cover.h"

namespace geo {

struct CoverAlternatives {
  std::vector<CoverSolution> sets;  // by value, best first; each leaves out at least one site of every set before it and of the best
  bool complete = false;            // no other set is within the share of the best
};

// After `best`, which must be of this problem: choices that cover at least (1 - within) of it, no two of them, nor best, one inside the other. The same sites
// under other bearings are one set. At most `most`. Each by a search of its own that forbids the sets before it whole; a search that is stopped ends the list.
// Errors: kCancelled.
Result<CoverAlternatives> FindAlternatives(const CoverProblem& problem, const CoverWork& work, const CoverSolution& best, int most, double within,
                                           const StopSignal& stop);

}  // namespace geo
