#include "geo/trends/autocorrelation.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

namespace geo {

std::vector<double> RanksOf(std::span<const double> values) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!std::isnan(values[i])) order.push_back(i);
  }
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> ranks(values.begin(), values.end());
  for (std::size_t run = 0; run < order.size();) {
    std::size_t end = run + 1;
    while (end < order.size() && values[order[end]] == values[order[run]]) ++end;
    for (std::size_t i = run; i < end; ++i) ranks[order[i]] = static_cast<double>(run + 1 + end) / 2;
    run = end;
  }
  return ranks;
}

double Autocorrelation(std::span<const double> values, int lag) {
  double sum = 0;
  int n = 0;
  for (const double value : values) {
    if (std::isnan(value)) continue;
    sum += value;
    ++n;
  }
  const double mean = sum / n;
  double squares = 0, products = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::isnan(values[i])) continue;
    squares += (values[i] - mean) * (values[i] - mean);
    const std::size_t later = i + static_cast<std::size_t>(lag);
    if (later < values.size() && !std::isnan(values[later])) products += (values[i] - mean) * (values[later] - mean);
  }
  return squares > 0 ? products / squares : 0;
}

double VarianceFactor(int n, std::span<const double> correlations) {
  if (n < 3) return 1;
  const double size = n;
  double sum = 0;
  for (std::size_t k = 1; k < correlations.size(); ++k) {
    const double left = size - static_cast<double>(k);
    sum += left * (left - 1) * (left - 2) * correlations[k];
  }
  return 1 + 2 / (size * (size - 1) * (size - 2)) * sum;
}

}  // namespace geo
