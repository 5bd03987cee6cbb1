// Many tests at once: p-values adjusted so that among the rows called changed, at most a given share are false alarms.
#pragma once

#include <span>
#include <vector>

namespace geo {

// q[i]: the lowest false discovery rate at which test i is called a discovery, in the order of p. Reject exactly those with q <= rate: that is every test up to
// the largest rank k with p(k) <= k * rate / n, also past ranks that fail on their own. Equal p get equal q; q >= p; q <= 1.
// Requires 0 <= p <= 1 (checked). Cost: O(n log n).
// Source: Benjamini and Hochberg 1995, Controlling the false discovery rate.
std::vector<double> AdjustForFalseDiscovery(std::span<const double> p_values);

}  // namespace geo
