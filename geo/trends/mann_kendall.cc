#include "geo/trends/mann_kendall.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numbers>

namespace geo {
namespace {

constexpr std::int64_t kFewestForNormal = 10;

std::vector<double> Known(std::span<const double> values) {
  std::vector<double> known;
  std::copy_if(values.begin(), values.end(), std::back_inserter(known), [](double value) { return !std::isnan(value); });
  return known;
}

std::int64_t Score(const std::vector<double>& x) {
  std::int64_t s = 0;
  for (std::size_t j = 1; j < x.size(); ++j) {
    for (std::size_t i = 0; i < j; ++i) s += (x[j] > x[i]) - (x[j] < x[i]);
  }
  return s;
}

struct Variance {
  double value = 0;
  bool ties = false;
};

Variance VarianceOf(std::vector<double> x) {
  const auto n = static_cast<std::int64_t>(x.size());
  std::int64_t eighteenfold = n * (n - 1) * (2 * n + 5);
  std::sort(x.begin(), x.end());
  bool ties = false;
  for (auto run = x.begin(); run != x.end();) {
    const auto end = std::upper_bound(run, x.end(), *run);
    const std::int64_t t = end - run;
    eighteenfold -= t * (t - 1) * (2 * t + 5);
    ties |= t > 1;
    run = end;
  }
  return {static_cast<double>(eighteenfold) / 18, ties};
}

// Chance of |S| at least this large over all orders of n different values: orders are counted by their inversions, one value put in at a time.
double ExactPValue(int n, std::int64_t s) {
  const int pairs = n * (n - 1) / 2;
  std::vector<double> orders{1};  // by inversions; 9! is exact
  for (int m = 2; m <= n; ++m) {
    std::vector<double> next(orders.size() + static_cast<std::size_t>(m) - 1, 0.0);
    for (std::size_t k = 0; k < orders.size(); ++k) {
      for (std::size_t more = 0; more < static_cast<std::size_t>(m); ++more) next[k + more] += orders[k];
    }
    orders = std::move(next);
  }
  double as_far = 0, all = 0;
  for (int inversions = 0; inversions <= pairs; ++inversions) {
    const double count = orders[static_cast<std::size_t>(inversions)];
    all += count;
    if (std::abs(pairs - 2 * inversions) >= std::llabs(s)) as_far += count;
  }
  return as_far / all;
}

void FillNormal(TrendStatistic& statistic) {
  statistic.z = 0;
  statistic.p_value = 1;
  if (statistic.s == 0 || !(statistic.variance > 0)) return;
  const double towards_zero = static_cast<double>(statistic.s > 0 ? statistic.s - 1 : statistic.s + 1);
  statistic.z = towards_zero / std::sqrt(statistic.variance);
  statistic.p_value = std::erfc(std::fabs(statistic.z) / std::numbers::sqrt2);
}

}  // namespace

TrendStatistic MannKendall(std::span<const double> values) {
  const std::vector<double> x = Known(values);
  const auto n = static_cast<std::int64_t>(x.size());
  TrendStatistic statistic;
  if (n < 2) return statistic;
  const Variance variance = VarianceOf(x);
  statistic.s = Score(x);
  statistic.variance = variance.value;
  statistic.tau = static_cast<double>(statistic.s) / static_cast<double>(n * (n - 1) / 2);
  if (n < kFewestForNormal && !variance.ties) {
    statistic.method = TrendMethod::kExact;
    statistic.p_value = ExactPValue(static_cast<int>(n), statistic.s);
  } else {
    statistic.method = TrendMethod::kNormal;
    FillNormal(statistic);
  }
  return statistic;
}

TrendStatistic SeasonalMannKendall(std::span<const double> values, int seasons) {
  TrendStatistic statistic;
  std::int64_t pairs = 0;
  for (int season = 0; season < seasons; ++season) {
    std::vector<double> x;
    for (auto i = static_cast<std::size_t>(season); i < values.size(); i += static_cast<std::size_t>(seasons)) {
      if (!std::isnan(values[i])) x.push_back(values[i]);
    }
    if (x.size() < 2) continue;
    statistic.s += Score(x);
    statistic.variance += VarianceOf(x).value;
    pairs += static_cast<std::int64_t>(x.size() * (x.size() - 1) / 2);
  }
  if (pairs == 0) return statistic;
  statistic.method = TrendMethod::kSeasonal;
  statistic.tau = static_cast<double>(statistic.s) / static_cast<double>(pairs);
  FillNormal(statistic);
  return statistic;
}

TrendStatistic WithVarianceTimes(TrendStatistic statistic, double factor) {
  statistic.method = TrendMethod::kAutocorrelationCorrected;
  statistic.variance *= factor;
  FillNormal(statistic);
  return statistic;
}

}  // namespace geo
