// Many tests at once: p-values adjusted so that among the rows called changed, at most a given share are false alarms.
#pragma once

#include <span>
#include <vector>

#include "geo/types/stop_signal.h"

namespace geo {

// q[i]: the lowest false discovery rate at which test i is called a discovery, in the order of p. Reject exactly those with q <= rate: that is every test up to
// the largest rank k with p(k) <= k * rate / n, also past ranks that fail on their own. Equal p get equal q; q >= p; q <= 1.
// Requires 0 <= p <= 1 (checked). Cost: O(n), 32 bytes a test beside p and q. Errors: of `stop`.
// Source: Benjamini and Hochberg 1995, Controlling the false discovery rate.
Result<std::vector<double>> AdjustForFalseDiscovery(std::span<const double> p_values, const StopSignal& stop);
// For a few thousand tests, which nobody waits for.
std::vector<double> AdjustForFalseDiscovery(std::span<const double> p_values);

}  // namespace geo
