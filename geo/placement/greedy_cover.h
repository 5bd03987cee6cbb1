// A good choice at once: greedy, then swaps.
#pragma once

#include <optional>

#include "geo/placement/cover_problem.h"
#include "geo/types/stop_signal.h"

namespace geo {

// Requirements first (the option that most lessens what is missing), then the option that adds most, and under a budget also, as a second try, the one that
// adds most per penny; then, while any does, the exchange of one pick for one option that gains most, and whatever fits beside it. The better of the tries.
// Options that add nothing are not chosen. Ties by option. At least 63 % of the best under picks alone, before the swaps (Nemhauser, Wolsey and Fisher 1978);
// with a budget no such promise holds for either try alone. A stopped search gives what it has. nullopt: no choice was found that meets the requirements; there
// may be one. Cost: each addition visits the options that share a demand with it; a round of swaps does so for every pick.
std::optional<CoverChoice> GreedyCover(const CoverProblem& problem, const CoverIncidence& incidence, const StopSignal& stop);

}  // namespace geo
