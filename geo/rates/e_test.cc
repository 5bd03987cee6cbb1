#include "geo/rates/e_test.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>
#include <vector>

#include "geo/types/check.h"

namespace geo {
namespace {

// Chances under this share of the mode's are left out: all of them together are below 1e-14.
constexpr double kLeastShare = 1e-17;
// Pairs whose statistic differs by less are as far apart: (6, 2) and (2, 6) tie whatever their last bits.
constexpr double kTieShare = 1e-12;

// The chances of counts first, first + 1, ...; and of all up to each, 0 in front.
struct PoissonTable {
  std::int64_t first = 0;
  std::vector<double> chance;
  std::vector<double> up_to;
};

// By recurrence from the mode outwards, then made to add up to 1.
PoissonTable TableOf(double mean) {
  const auto mode = static_cast<std::int64_t>(std::floor(mean));
  std::vector<double> below, above{1};
  const auto reach = static_cast<std::size_t>(10 * std::sqrt(mean) + 24);
  below.reserve(reach);
  above.reserve(reach);
  const double per_mean = 1 / mean;
  for (double k = static_cast<double>(mode), weight = 1; k > 0 && (weight *= k * per_mean) > kLeastShare; --k) below.push_back(weight);
  for (double k = static_cast<double>(mode), weight = 1; (weight *= mean / (k + 1)) > kLeastShare; ++k) above.push_back(weight);
  PoissonTable table;
  table.first = mode - static_cast<std::int64_t>(below.size());
  table.chance.assign(below.rbegin(), below.rend());
  table.chance.insert(table.chance.end(), above.begin(), above.end());
  double sum = 0;
  for (const double weight : table.chance) sum += weight;
  table.up_to.push_back(0);
  table.up_to.reserve(table.chance.size() + 1);
  const double scale = 1 / sum;
  for (double& weight : table.chance) {
    weight *= scale;
    table.up_to.push_back(table.up_to.back() + weight);
  }
  return table;
}

// Is the first rate so far above the second (side 1), or below it (side -1)? The statistic squared on both sides of the comparison: no root, no division. For
// one first count it falls in the second, and it rises in the first.
struct Statistic {
  double exposure_1, exposure_2;
  double bar = 0;  // squared

  double distance(double k1, double k2) const { return k1 * exposure_2 - k2 * exposure_1; }
  double spread(double k1, double k2) const { return k1 * (exposure_2 * exposure_2) + k2 * (exposure_1 * exposure_1); }
  bool far(double k1, double k2, double side) const {
    const double distance_on_side = distance(k1, k2) * side;
    return distance_on_side > 0 && distance_on_side * distance_on_side >= bar * spread(k1, k2);
  }
};

}  // namespace

std::optional<double> ETest(std::int64_t before, double exposure_before, std::int64_t after, double exposure_after) {
  WARDWATCH_CHECK(before >= 0 && after >= 0 && exposure_before > 0 && exposure_after > 0 && std::isfinite(exposure_before) && std::isfinite(exposure_after),
                  "before {} / {}, after {} / {}", before, exposure_before, after, exposure_after);
  const std::int64_t sum = before + after;
  if (sum == 0 || sum > kMostForETest) return std::nullopt;
  // One orientation for both directions, and exposures as shares, so that neither a swap nor the unit moves a bit that matters.
  if (std::tie(after, exposure_after) < std::tie(before, exposure_before)) {
    std::swap(before, after);
    std::swap(exposure_before, exposure_after);
  }
  const double greatest = std::max(exposure_before, exposure_after);
  Statistic statistic{exposure_before / greatest, exposure_after / greatest};
  const double one = static_cast<double>(before), two = static_cast<double>(after), apart = statistic.distance(one, two);
  // With equal rates every pair is at least as far apart.
  if (std::abs(apart) <= kTieShare * (one * statistic.exposure_2 + two * statistic.exposure_1)) return 1;
  statistic.bar = apart * apart / statistic.spread(one, two) * (1 - 2 * kTieShare);

  const double pooled = static_cast<double>(sum) / (statistic.exposure_1 + statistic.exposure_2);
  const PoissonTable first = TableOf(statistic.exposure_1 * pooled), second = TableOf(statistic.exposure_2 * pooled);
  const std::size_t end = second.chance.size();
  double p = 0;
  std::size_t low = 0;   // second counts under it are so low that the first rate is clearly the higher
  std::size_t high = 0;  // from it on, the second rate is
  for (std::size_t i = 0; i < first.chance.size(); ++i) {
    const double k = static_cast<double>(first.first) + static_cast<double>(i);
    const auto second_count = [&](std::size_t index) { return static_cast<double>(second.first) + static_cast<double>(index); };
    while (low < end && statistic.far(k, second_count(low), 1)) ++low;
    while (high < end && !statistic.far(k, second_count(high), -1)) ++high;
    p += first.chance[i] * (second.up_to[low] + (second.up_to[end] - second.up_to[high]));
  }
  return std::min(1.0, p);
}

}  // namespace geo
