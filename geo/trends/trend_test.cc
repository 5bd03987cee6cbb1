#include "geo/trends/trend_test.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "geo/trends/autocorrelation.h"

namespace geo {
namespace {

constexpr double kNormal95OneSided = 1.6448536269514722;
constexpr double kStrongest = 0.9;  // a stronger autocorrelation is not told from a series that never returns to a level

// What trend and season leave over; NaN where a month is not used.
std::vector<double> Remainder(const std::vector<double>& values, double slope_per_month, bool seasonal) {
  std::vector<double> rest(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) rest[i] = values[i] - slope_per_month * static_cast<double>(i);
  if (!seasonal) return rest;
  std::array<double, 12> sum{}, months{};
  for (std::size_t i = 0; i < rest.size(); ++i) {
    if (std::isnan(rest[i])) continue;
    sum[i % 12] += rest[i];
    months[i % 12] += 1;
  }
  for (std::size_t i = 0; i < rest.size(); ++i) {
    if (!std::isnan(rest[i])) rest[i] -= sum[i % 12] / months[i % 12];
  }
  return rest;
}

// The factor for S of `used` months, 1 where the first lag is not significant.
double FactorFor(const std::vector<double>& rest, int used, bool seasonal) {
  const double seen = Autocorrelation(RanksOf(rest), 1);
  if (!(seen > kNormal95OneSided / std::sqrt(static_cast<double>(used)))) return 1;
  // Taking out a mean and a slope (and eleven seasons, which lie too far apart to matter) draws the first lag down by about (1 + 4 rho) / n.
  const double n = used;
  const double rho = std::min((n * seen + (seasonal ? 2 : 1)) / (n - 4), kStrongest);
  std::vector<double> correlations(static_cast<std::size_t>(used), 0.0);
  double power = 1;
  for (std::size_t k = 1; k < correlations.size(); ++k) correlations[k] = power *= rho;
  return std::max(1.0, VarianceFactor(used, correlations));
}

}  // namespace

TrendTest TestTrend(const MonthlySeries& series) {
  std::vector<double> values = PerEqualMonth(series);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (series.used[i] == 0) values[i] = std::numeric_limits<double>::quiet_NaN();
  }
  const auto used = static_cast<int>(std::count(series.used.begin(), series.used.end(), std::uint8_t{1}));
  TrendTest test;
  if (used < kFewestForTrend) return test;
  const bool seasonal = used >= kFewestForSeasonalTrend;
  test.statistic = seasonal ? SeasonalMannKendall(values, 12) : MannKendall(values);
  const double slope_per_month = seasonal ? SeasonalSenSlope(values, 12).slope / 12 : SenSlopeOf(values).slope;
  if (test.statistic.variance > 0 && used > kFewestForTrend + 1) {
    const double factor = FactorFor(Remainder(values, slope_per_month, seasonal), used, seasonal);
    if (factor > 1) test.statistic = WithVarianceTimes(test.statistic, factor);
  }
  if (seasonal) {
    test.slope_per_year = SeasonalSenSlope(values, 12, test.statistic.variance);
  } else {
    const SenSlope slope = SenSlopeOf(values, test.statistic.variance);
    test.slope_per_year = {12 * slope.slope, 12 * slope.low, 12 * slope.high};
  }
  return test;
}

}  // namespace geo
