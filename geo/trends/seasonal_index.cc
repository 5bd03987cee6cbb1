#include "geo/trends/seasonal_index.h"

#include <algorithm>
#include <numbers>
#include <numeric>

namespace geo {
namespace {

constexpr double kLeastIndex = 0.05;
constexpr int kFewestForOwnSpread = 12;  // degrees of freedom

using Index = std::array<double, 12>;
using Ratios = std::array<std::vector<double>, 12>;  // by month of the year

// The month over the mean of the twelve months around it, half of the first and half of the thirteenth.
Ratios RatiosToMovingAverage(const MonthlySeries& series) {
  const std::vector<double> values = PerEqualMonth(series);
  Ratios ratios;
  for (int i = 6; i + 6 < series.size(); ++i) {
    double sum = 0;
    bool all_used = true;
    for (int j = i - 6; j <= i + 6; ++j) {
      const auto at = static_cast<std::size_t>(j);
      all_used &= series.used[at] != 0;
      sum += values[at] * (j == i - 6 || j == i + 6 ? 0.5 : 1.0);
    }
    if (all_used && sum > 0) ratios[static_cast<std::size_t>(SeasonOf(series, i))].push_back(values[static_cast<std::size_t>(i)] * 12 / sum);
  }
  return ratios;
}

bool HasTwoYearsInARow(const MonthlySeries& series) {
  int in_a_row = 0;
  for (const std::uint8_t used : series.used) {
    in_a_row = used != 0 ? in_a_row + 1 : 0;
    if (in_a_row == 24) return true;
  }
  return false;
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

double Mean(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size()); }

void ScaleToMeanOne(Index& index) {
  const double mean = std::accumulate(index.begin(), index.end(), 0.0) / 12;
  for (double& value : index) value /= mean;
}

std::optional<Index> IndexOf(const MonthlySeries& series, const Ratios& ratios) {
  if (!HasTwoYearsInARow(series)) return std::nullopt;
  Index index{};
  for (std::size_t month = 0; month < 12; ++month) {
    if (ratios[month].empty()) return std::nullopt;
    index[month] = Median(ratios[month]);
  }
  if (!(std::accumulate(index.begin(), index.end(), 0.0) > 0)) return std::nullopt;
  ScaleToMeanOne(index);
  return index;
}

// Variance of one ratio around its month's mean.
double SpreadOfRatios(const MonthlySeries& series, const Ratios& ratios) {
  double counted = 0;
  int months = 0;
  for (std::size_t i = 0; i < series.counts.size(); ++i) {
    if (series.used[i] == 0) continue;
    counted += series.counts[i];
    ++months;
  }
  const double poisson = months / counted;
  double squares = 0;
  int freedom = 0;
  for (const std::vector<double>& month : ratios) {
    const double mean = Mean(month);
    for (const double ratio : month) squares += (ratio - mean) * (ratio - mean);
    freedom += static_cast<int>(month.size()) - 1;
  }
  return freedom < kFewestForOwnSpread ? poisson : std::max(poisson, squares / freedom);
}

}  // namespace

std::optional<Index> SeasonalIndex(const MonthlySeries& series) { return IndexOf(series, RatiosToMovingAverage(series)); }

std::optional<Index> SteadyIndex(const MonthlySeries& series) {
  const Ratios ratios = RatiosToMovingAverage(series);
  std::optional<Index> index = IndexOf(series, ratios);
  if (!index) return index;
  const double spread = SpreadOfRatios(series, ratios);
  Index variance{};
  double between = 0, within = 0;
  for (std::size_t month = 0; month < 12; ++month) {
    const std::size_t n = ratios[month].size();
    // The median of three or more varies more than their mean, by pi / 2 in the limit.
    variance[month] = spread / static_cast<double>(n) * (n > 2 ? std::numbers::pi / 2 : 1);
    between += ((*index)[month] - 1) * ((*index)[month] - 1) / 11;
    within += variance[month] / 12;
  }
  const double season = std::max(0.0, between - within);
  for (std::size_t month = 0; month < 12; ++month) {
    const double weight = season > 0 ? season / (season + variance[month]) : 0;
    (*index)[month] = std::max(kLeastIndex, 1 + weight * ((*index)[month] - 1));
  }
  ScaleToMeanOne(*index);
  return index;
}

}  // namespace geo
