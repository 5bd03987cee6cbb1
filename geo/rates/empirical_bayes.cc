#include "geo/rates/empirical_bayes.h"

#include <algorithm>
#include <cmath>

#include "geo/types/check.h"

namespace geo {

SmoothedRates SmoothRates(std::span<const double> counts, std::span<const double> exposures) {
  WARDWATCH_CHECK(!counts.empty() && counts.size() == exposures.size(), "{} counts, {} exposures", counts.size(), exposures.size());
  double count = 0, exposure = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    WARDWATCH_CHECK(counts[i] >= 0 && exposures[i] > 0 && std::isfinite(counts[i]) && std::isfinite(exposures[i]), "area {}: {} / {}", i, counts[i],
                    exposures[i]);
    count += counts[i];
    exposure += exposures[i];
  }
  SmoothedRates smoothed;
  smoothed.mean = count / exposure;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double apart = counts[i] / exposures[i] - smoothed.mean;
    smoothed.variance += exposures[i] * apart * apart;
  }
  smoothed.variance /= exposure;
  smoothed.between = std::max(0.0, smoothed.variance - smoothed.mean / (exposure / static_cast<double>(counts.size())));
  for (std::size_t i = 0; i < counts.size(); ++i) {
    // Nothing between areas: every area takes the mean, also where that is 0 and the quotient would be 0 / 0.
    const double weight = smoothed.between > 0 ? smoothed.between / (smoothed.between + smoothed.mean / exposures[i]) : 0;
    smoothed.weight.push_back(weight);
    smoothed.rate.push_back(weight * (counts[i] / exposures[i]) + (1 - weight) * smoothed.mean);
  }
  return smoothed;
}

}  // namespace geo
