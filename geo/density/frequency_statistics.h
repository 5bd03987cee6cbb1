// Mean, spread and quantiles of values that stand for several observations each.
#pragma once

#include <span>

namespace geo {

// `frequency` says how often each value was observed: with whole frequencies every result is what the expanded data give. All finite, frequencies above 0.
// Requires values and a frequency for each. Values are best given relative to somewhere near them.

// Two passes, the second around the first's mean: no digits are lost to an offset.
double FrequencyMean(std::span<const double> value, std::span<const double> frequency);
// Sum of squares around the mean over (sum of frequencies - 1), as R's var. Requires frequencies that sum to over 1. Never negative.
double FrequencyVariance(std::span<const double> value, std::span<const double> frequency);
// Type 7 of Hyndman and Fan 1996 (R's default). With whole frequencies exactly that of the expanded data. Otherwise the middle of a value's run of frequencies
// stands for it, and ranks between two middles are interpolated; the two agree where every frequency is 1. p in 0..1.
double FrequencyQuantile(std::span<const double> value, std::span<const double> frequency, double p);

}  // namespace geo
