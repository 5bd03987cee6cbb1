#include "geo/density/frequency_statistics.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "geo/types/check.h"

namespace geo {
namespace {

struct Moments {
  double total = 0, mean = 0, squares = 0;
};

Moments MomentsOf(std::span<const double> value, std::span<const double> frequency) {
  WARDWATCH_CHECK(!value.empty() && value.size() == frequency.size(), "{} values, {} frequencies", value.size(), frequency.size());
  Moments m;
  double sum = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    m.total += frequency[i];
    sum += frequency[i] * (value[i] - value[0]);
  }
  // Relative to the first value, so that neither the mean nor its rounding carries an offset.
  double mean = sum / m.total, rest = 0;
  for (std::size_t i = 0; i < value.size(); ++i) rest += frequency[i] * (value[i] - value[0] - mean);
  mean += rest / m.total;
  for (std::size_t i = 0; i < value.size(); ++i) m.squares += frequency[i] * (value[i] - value[0] - mean) * (value[i] - value[0] - mean);
  m.mean = value[0] + mean;
  return m;
}

// Value at rank `rank` (0 the first) of the expanded data, where every value fills its whole run of ranks.
double AtWholeRanks(std::span<const double> value, std::span<const double> frequency, const std::vector<std::size_t>& order, double rank) {
  double behind = 0;
  for (std::size_t k = 0; k < order.size(); ++k) {
    const double end = behind + frequency[order[k]];  // first rank of the next value
    if (rank <= end - 1 || k + 1 == order.size()) return value[order[k]];
    if (rank < end) return std::lerp(value[order[k]], value[order[k + 1]], rank - (end - 1));
    behind = end;
  }
  return value[order.back()];
}

double BetweenMiddles(std::span<const double> value, std::span<const double> frequency, const std::vector<std::size_t>& order, double rank) {
  double behind = 0, last_middle = 0;
  for (std::size_t k = 0; k < order.size(); ++k) {
    const double middle = behind + (frequency[order[k]] - 1) / 2;
    if (rank <= middle) {
      return k == 0 ? value[order[0]] : std::lerp(value[order[k - 1]], value[order[k]], (rank - last_middle) / (middle - last_middle));
    }
    behind += frequency[order[k]];
    last_middle = middle;
  }
  return value[order.back()];
}

}  // namespace

double FrequencyMean(std::span<const double> value, std::span<const double> frequency) { return MomentsOf(value, frequency).mean; }

double FrequencyVariance(std::span<const double> value, std::span<const double> frequency) {
  const Moments m = MomentsOf(value, frequency);
  WARDWATCH_CHECK(m.total > 1, "frequencies sum to {}", m.total);
  return m.squares / (m.total - 1);
}

double FrequencyQuantile(std::span<const double> value, std::span<const double> frequency, double p) {
  WARDWATCH_CHECK(!value.empty() && value.size() == frequency.size() && p >= 0 && p <= 1, "{} values, {} frequencies, p {}", value.size(), frequency.size(), p);
  std::vector<std::size_t> order(value.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return value[a] != value[b] ? value[a] < value[b] : a < b; });
  const double total = std::accumulate(frequency.begin(), frequency.end(), 0.0);
  const double rank = std::max(0.0, total - 1) * p;
  const bool whole = std::all_of(frequency.begin(), frequency.end(), [](double f) { return f == std::floor(f); });
  return whole ? AtWholeRanks(value, frequency, order, rank) : BetweenMiddles(value, frequency, order, rank);
}

}  // namespace geo
