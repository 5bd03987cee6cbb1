// Two counts and the days behind each: the change between them, told alone, before many changes are judged together.
#pragma once

#include <cstdint>

#include "geo/change/ward_comparison.h"

namespace geo {

// Below this base a percentage is not shown: 1 to 3 is "+200 %" and says nothing.
inline constexpr std::int64_t kFewestForPercent = 20;

// Difference, ratio of daily rates with its interval, percent of the earlier rate, p, E-test and z. widened_p_value is p_value; q_value and verdict keep their
// defaults until JudgeChanges. Counts 0 or more, days over 0. Swapping the two gives the same p and E-test, and -poisson_z.
Change ChangeOf(std::int64_t before, int before_days, std::int64_t after, int after_days);

// 2 (sqrt after - sqrt before), counts scaled to the mean of both exposures: beyond -3 or 3 is a signal, for a quick view.
double PoissonZ(std::int64_t before, int before_days, std::int64_t after, int after_days);

}  // namespace geo
