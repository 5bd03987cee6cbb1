// How many incidents a quarter will bring in view of each site: what was counted there, drawn towards all sites, by season.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/rates/poisson_interval.h"

namespace geo {

inline constexpr std::size_t kSeasons = 4;

struct SeasonalHistory {
  std::vector<double> counts;           // of each site, over all of the history
  double season_counts[kSeasons] = {};  // of everything in view of any site, each incident once
  double season_days[kSeasons] = {};    // of the history that lie in each season; sum over 0
};

struct SeasonalExpectation {
  double season_factor[kSeasons] = {1, 1, 1, 1};  // daily rate of the season over that of all; 1 without incidents, and where a season has no days
  double between = 0;                             // variance between sites' daily rates, 0: all sites are given the same
  std::vector<double> rate;                       // expected a day, over all seasons
  std::vector<double> shape;                      // of the site's posterior (gamma); infinite where `between` is 0
  // Of one site in `days` of a season: the expectation, and the interval within which the count will be with chance 0.95, counts being Poisson about the
  // posterior rate.
  double expected(std::size_t site, std::size_t season, double days) const;
  CountInterval interval(std::size_t site, std::size_t season, double days) const;
};

// Gamma-Poisson with moments after Marshall (geo/rates/empirical_bayes.h): prior of mean m and variance a, posterior of shape m^2 / a + count and rate m / a +
// days. Requires at least one site, counts 0 or more. Without any incident every expectation is 0. Accuracy: quantiles by summing chances from 0 upwards in
// doubles. Source: Marshall 1991; the negative binomial as a gamma mixture: Greenwood and Yule 1920.
SeasonalExpectation ExpectSeasons(const SeasonalHistory& history);

// The least k with P(X <= k) >= lower_tail, X negative binomial of this mean and shape (infinite: Poisson).
double NegativeBinomialQuantile(double mean, double shape, double lower_tail);

}  // namespace geo
