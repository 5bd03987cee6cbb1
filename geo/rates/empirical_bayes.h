// Rates drawn towards the whole's, the more so the less they rest on.
#pragma once

#include <span>
#include <vector>

namespace geo {

struct SmoothedRates {
  double mean = 0;             // m: rate of the whole
  double variance = 0;         // s2: weighted variance of the rates
  double between = 0;          // a: of it, between areas; 0 when the rates vary no more than Poisson counts would
  std::vector<double> weight;  // w_i: of the area's own rate
  std::vector<double> rate;    // w_i r_i + (1 - w_i) m
};

// m = sum O / sum n; s2 = sum n_i (r_i - m)^2 / sum n; a = max(0, s2 - m / mean(n)); w_i = a / (a + m / n_i). With a = 0 every area takes m.
// Counts 0 or more, exposures positive, equally many and at least one. All zero counts give m = 0 and rates of 0.
// Source: Marshall 1991, Mapping disease and mortality rates using empirical Bayes estimators.
SmoothedRates SmoothRates(std::span<const double> counts, std::span<const double> exposures);

}  // namespace geo
