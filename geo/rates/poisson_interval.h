// How uncertain a count is: intervals for the mean of a Poisson count.
#pragma once

#include <cstdint>

namespace geo {

// On the scale of the count. Divide both ends by the exposure for a rate.
struct CountInterval {
  double low = 0;
  double high = 0;
};

// Counts from 0 to 10^12; 0 < level < 1. low is 0 at a count of 0; both ends are always finite.
// Accuracy: exact to 1e-10 relative; Byar to the rounding of a few operations. Cost: under 10 us at any count.
// Source: exact: Garwood 1936, Fiducial limits for the Poisson distribution, through quantiles of chi-square. Byar: Breslow and Day 1987, Statistical
// Methods in Cancer Research II, p. 69.
CountInterval ExactPoissonInterval(std::int64_t count, double level = 0.95);
CountInterval ByarInterval(std::int64_t count, double level = 0.95);

// The practice of Public Health England since 2018: exact below 10, Byar from 10.
CountInterval PoissonInterval(std::int64_t count, double level = 0.95);

}  // namespace geo
