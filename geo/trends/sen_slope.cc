#include <algorithm>
#include <cmath>

#include "geo/trends/autocorrelation.h"
#include "geo/trends/mann_kendall.h"

namespace geo {
namespace {

double Median(const std::vector<double>& sorted) {
  const std::size_t middle = sorted.size() / 2;
  return sorted.size() % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

// The value of rank `rank` (1 the least), between two ranks in proportion, at an end where the rank lies beyond it.
double AtRank(const std::vector<double>& sorted, double rank) {
  const double at = std::clamp(rank, 1.0, static_cast<double>(sorted.size())) - 1;
  const auto below = static_cast<std::size_t>(at);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (at - std::floor(at));
}

// Slopes of all pairs that are a whole number of `step` apart, per `step`.
SenSlope SlopeOfPairs(std::span<const double> values, std::size_t step, double variance) {
  std::vector<double> slopes;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::isnan(values[i])) continue;
    for (std::size_t j = i + step; j < values.size(); j += step) {
      if (!std::isnan(values[j])) slopes.push_back((values[j] - values[i]) / static_cast<double>((j - i) / step));
    }
  }
  if (slopes.empty()) return {};
  std::sort(slopes.begin(), slopes.end());
  const double reach = kNormal95 * std::sqrt(variance);
  const auto pairs = static_cast<double>(slopes.size());
  return {Median(slopes), AtRank(slopes, (pairs - reach) / 2), AtRank(slopes, (pairs + reach) / 2 + 1)};
}

}  // namespace

SenSlope SenSlopeOf(std::span<const double> values, std::optional<double> variance) {
  return SlopeOfPairs(values, 1, variance ? *variance : MannKendall(values).variance);
}

SenSlope SeasonalSenSlope(std::span<const double> values, int seasons, std::optional<double> variance) {
  return SlopeOfPairs(values, static_cast<std::size_t>(seasons), variance ? *variance : SeasonalMannKendall(values, seasons).variance);
}

}  // namespace geo
