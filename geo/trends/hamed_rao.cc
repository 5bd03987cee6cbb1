#include <algorithm>
#include <cmath>

#include "geo/trends/autocorrelation.h"
#include "geo/trends/mann_kendall.h"

namespace geo {

TrendStatistic HamedRao(std::span<const double> values, std::optional<int> lags) {
  TrendStatistic statistic = MannKendall(values);
  statistic.method = TrendMethod::kNormal;
  const double slope = SenSlopeOf(values).slope;
  std::vector<double> rest;
  for (const double value : values) {
    if (!std::isnan(value)) rest.push_back(value - static_cast<double>(rest.size() + 1) * slope);
  }
  const auto n = static_cast<int>(rest.size());
  if (n < 3) return statistic;
  const std::vector<double> ranks = RanksOf(rest);
  const double significant = kNormal95 / std::sqrt(static_cast<double>(n));
  const int last = std::min(lags.value_or(n - 1), n - 1);
  std::vector<double> correlations(static_cast<std::size_t>(std::max(last, 0)) + 1, 0.0);
  for (int k = 1; k <= last; ++k) {
    const double rho = Autocorrelation(ranks, k);
    if (std::fabs(rho) > significant) correlations[static_cast<std::size_t>(k)] = rho;
  }
  const double factor = VarianceFactor(n, correlations);
  TrendStatistic corrected = WithVarianceTimes(statistic, factor > 0 ? factor : 1);
  if (!(factor > 0)) corrected.method = TrendMethod::kNormal;
  return corrected;
}

}  // namespace geo
