#include "geo/trends/seasonal_index.h"

#include <algorithm>
#include <numeric>

#include "geo/trends/month_spread.h"
#include "geo/trends/yearly_wave.h"

namespace geo {
namespace {

constexpr double kLeastIndex = 0.05;

using Index = std::array<double, 12>;
using Ratios = std::array<std::vector<double>, 12>;  // by month of the year

// Centred on the month: the twelve months around it, half of the first and half of the thirteenth. 0 where one of them is not used.
std::vector<double> MovingAverage(const MonthlySeries& series) {
  const std::vector<double> values = PerEqualMonth(series);
  std::vector<double> average(values.size(), 0.0);
  for (int i = 6; i + 6 < series.size(); ++i) {
    double sum = 0;
    bool all_used = true;
    for (int j = i - 6; j <= i + 6; ++j) {
      const auto at = static_cast<std::size_t>(j);
      all_used &= series.used[at] != 0;
      sum += values[at] * (j == i - 6 || j == i + 6 ? 0.5 : 1.0);
    }
    if (all_used) average[static_cast<std::size_t>(i)] = sum / 12;
  }
  return average;
}

bool IsPositive(const std::vector<double>& average, int i) {
  return i >= 0 && i < static_cast<int>(average.size()) && average[static_cast<std::size_t>(i)] > 0;
}

Ratios RatiosToMovingAverage(const MonthlySeries& series) {
  const std::vector<double> average = MovingAverage(series);
  const std::vector<double> values = PerEqualMonth(series);
  Ratios ratios;
  for (int i = 0; i < series.size(); ++i) {
    const auto at = static_cast<std::size_t>(i);
    if (average[at] > 0) ratios[static_cast<std::size_t>(SeasonOf(series, i))].push_back(values[at] / average[at]);
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

// All used months over the moving average of the nearest month that has one, at most half a year away: the first and the last half year take part too.
Ratios RatiosOfAllMonths(const MonthlySeries& series) {
  const std::vector<double> average = MovingAverage(series);
  const std::vector<double> values = PerEqualMonth(series);
  Ratios ratios;
  for (int i = 0; i < series.size(); ++i) {
    if (series.used[static_cast<std::size_t>(i)] == 0) continue;
    for (int away = 0; away <= 6; ++away) {
      const int nearest = IsPositive(average, i - away) ? i - away : i + away;
      if (!IsPositive(average, nearest)) continue;
      ratios[static_cast<std::size_t>(SeasonOf(series, i))].push_back(values[static_cast<std::size_t>(i)] / average[static_cast<std::size_t>(nearest)]);
      break;
    }
  }
  return ratios;
}

double MeanUsedCount(const MonthlySeries& series) {
  double counted = 0;
  int months = 0;
  for (std::size_t i = 0; i < series.counts.size(); ++i) {
    if (series.used[i] == 0) continue;
    counted += series.counts[i];
    ++months;
  }
  return counted / months;
}

// How much of what is seen is more than chance: the positive part of James and Stein.
double KeptShare(double seen, double by_chance) { return seen > by_chance ? 1 - by_chance / seen : 0; }

}  // namespace

std::optional<Index> SeasonalIndex(const MonthlySeries& series) { return IndexOf(series, RatiosToMovingAverage(series)); }

std::optional<Index> SteadyIndex(const MonthlySeries& series) {
  if (!SeasonalIndex(series)) return std::nullopt;
  const Ratios ratios = RatiosOfAllMonths(series);
  Index index{};
  double years = 0;
  for (std::size_t month = 0; month < 12; ++month) {
    index[month] = Mean(ratios[month]);
    years += static_cast<double>(ratios[month].size()) / 12;
  }
  ScaleToMeanOne(index);
  const double chance = SpreadOfMonths(series) / MeanUsedCount(series) / years;
  const YearlyWave wave = WaveOf(index);
  // Two numbers were fitted to the twelve, each with a sixth of a month's variance; nine degrees of freedom are left beside them and the mean.
  const double kept_wave = KeptShare(wave.amplitude_squared(), chance / 3);
  double rest = 0;
  for (std::size_t month = 0; month < 12; ++month) rest += (index[month] - 1 - wave.at(month)) * (index[month] - 1 - wave.at(month)) / 9;
  const double kept_rest = KeptShare(rest, chance);
  for (std::size_t month = 0; month < 12; ++month) {
    const double of_wave = wave.at(month);
    index[month] = std::max(kLeastIndex, 1 + kept_wave * of_wave + kept_rest * (index[month] - 1 - of_wave));
  }
  ScaleToMeanOne(index);
  return index;
}

}  // namespace geo
