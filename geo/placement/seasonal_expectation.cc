#include "geo/placement/seasonal_expectation.h"

#include <cmath>
#include <limits>

#include "geo/rates/empirical_bayes.h"
#include "geo/types/check.h"

namespace geo {

double NegativeBinomialQuantile(double mean, double shape, double lower_tail) {
  WARDWATCH_CHECK(mean >= 0 && std::isfinite(mean) && shape > 0 && lower_tail > 0 && lower_tail < 1, "mean {} shape {} tail {}", mean, shape, lower_tail);
  if (mean == 0) return 0;
  const bool poisson = std::isinf(shape);
  const double odds = poisson ? 0 : mean / (mean + shape);
  // Chances relative to that of 0, in logarithms: e^-mean alone is 0 from a mean of 745 on.
  double log_chance = poisson ? -mean : -shape * std::log1p(mean / shape), below = std::exp(log_chance);
  double k = 0;
  while (below < lower_tail) {
    ++k;
    log_chance += poisson ? std::log(mean / k) : std::log(odds * (shape + k - 1) / k);
    below += std::exp(log_chance);
    // Rounding may leave the sum a whisker under a tail close to 1.
    if (k > mean + 60 * std::sqrt(mean + (poisson ? 0 : mean * mean / shape)) + 60) break;
  }
  return k;
}

SeasonalExpectation ExpectSeasons(const SeasonalHistory& history) {
  WARDWATCH_CHECK(!history.counts.empty(), "no sites");
  SeasonalExpectation out;
  double days = 0, count = 0;
  for (std::size_t season = 0; season < kSeasons; ++season) {
    days += history.season_days[season];
    count += history.season_counts[season];
  }
  WARDWATCH_CHECK(days > 0, "a history without days");
  for (std::size_t season = 0; season < kSeasons; ++season) {
    if (count > 0 && history.season_days[season] > 0) out.season_factor[season] = history.season_counts[season] / history.season_days[season] / (count / days);
  }
  const std::vector<double> exposures(history.counts.size(), days);
  const SmoothedRates smoothed = SmoothRates(history.counts, exposures);
  out.between = smoothed.between;
  out.rate = smoothed.rate;
  for (const double seen : history.counts) {
    out.shape.push_back(smoothed.between > 0 ? smoothed.mean * smoothed.mean / smoothed.between + seen : std::numeric_limits<double>::infinity());
  }
  return out;
}

double SeasonalExpectation::expected(std::size_t site, std::size_t season, double days) const { return rate[site] * season_factor[season] * days; }

CountInterval SeasonalExpectation::interval(std::size_t site, std::size_t season, double days) const {
  const double mean = expected(site, season, days);
  return {NegativeBinomialQuantile(mean, shape[site], 0.025), NegativeBinomialQuantile(mean, shape[site], 0.975)};
}

}  // namespace geo
