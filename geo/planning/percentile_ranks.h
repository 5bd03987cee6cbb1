// Where a value stands among those that are over nothing.
#pragma once

#include <span>
#include <vector>

namespace geo {

// For each value over 0, the share of the values over 0 that are lower plus half of those equal to it (itself among them): over 0, under 1; 0 for 0. A single
// value is 0.5. Never lower for a higher value, and the same whatever they are multiplied by. Finite, 0 or more. Cost: one sort of the values over 0.
// Source: Roscoe 1975, Fundamental research statistics, mid-rank percentile.
std::vector<double> PercentileRanks(std::span<const double> values);

}  // namespace geo
