// Two counts compared: is the rate per day of one higher than the rate of the other, and by how much?
#pragma once

#include <cstdint>
#include <optional>

namespace geo {

struct RateRatio {
  std::optional<double> ratio;  // (after / exposure_after) / (before / exposure_before); absent when before is 0
  double low = 0;               // of the ratio, Clopper-Pearson; 0 when after is 0
  double high = 0;              // infinity when before is 0
  double p_value = 1;           // two-sided; 1 when both counts are 0
};

// Given their sum, the later count is binomial with chance exposure_after / (exposure_before + exposure_after) when the rates are equal. p_value is the chance
// of all outcomes that are no more likely than the one observed (as R's binom.test, whose relative tolerance of 1e-7 for ties is kept).
// Counts from 0, their sum to 10^9; exposures positive and finite. Swapping the two periods gives the same bits for p_value, and 1/ratio.
// Accuracy: 1e-9 relative while p_value is over 1e-250; below that it is small but may be 0. Cost: O(log n) evaluations of an incomplete beta function
// and its derivative, under 1 ms at 10^7.
// Source: Przyborowski and Wilenski 1940, Homogeneity of results in testing samples from Poisson series; Clopper and Pearson 1934.
// See also tests/oracle/geo/rates/rate_ratio_test_test.cc: every outcome summed one by one.
RateRatio CompareRates(std::int64_t before, double exposure_before, std::int64_t after, double exposure_after, double level = 0.95);

// The p_value alone, the same bits. Cost: up to a sum of 20,000 one pass over some 17 standard deviations of outcomes (about a microsecond at a few thousand);
// above that as CompareRates.
double ConditionalPValue(std::int64_t before, double exposure_before, std::int64_t after, double exposure_after);

}  // namespace geo
