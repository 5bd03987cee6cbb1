#include "geo/rates/e_test.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>
#include <vector>

#include "geo/types/check.h"

namespace geo {
namespace {

// Chances under this share of the mode's are left out: all of them together are below 1e-15.
constexpr double kLeastShare = 1e-20;
// Pairs whose statistic differs by less are as far apart: (6, 2) and (2, 6) tie whatever their last bits.
constexpr double kTieShare = 1e-12;

// The chances of counts first, first + 1, ...; and of all up to each, 0 in front.
struct PoissonTable {
  std::int64_t first = 0;
  std::vector<double> chance;
  std::vector<double> up_to;

  std::int64_t end() const { return first + static_cast<std::int64_t>(chance.size()); }
  // P(X < count), P(X >= count); any count.
  double under(std::int64_t count) const { return up_to[index(count)]; }
  double from(std::int64_t count) const { return up_to.back() - up_to[index(count)]; }
  std::size_t index(std::int64_t count) const { return static_cast<std::size_t>(std::clamp(count, first, end()) - first); }
};

// By recurrence from the mode outwards, then made to add up to 1.
PoissonTable TableOf(double mean) {
  const auto mode = static_cast<std::int64_t>(std::floor(mean));
  std::vector<double> below, above{1};
  for (double k = static_cast<double>(mode), weight = 1; k > 0 && (weight *= k / mean) > kLeastShare; --k) below.push_back(weight);
  for (double k = static_cast<double>(mode), weight = 1; (weight *= mean / (k + 1)) > kLeastShare; ++k) above.push_back(weight);
  PoissonTable table;
  table.first = mode - static_cast<std::int64_t>(below.size());
  table.chance.assign(below.rbegin(), below.rend());
  table.chance.insert(table.chance.end(), above.begin(), above.end());
  double sum = 0;
  for (const double weight : table.chance) sum += weight;
  table.up_to.push_back(0);
  for (double& weight : table.chance) {
    weight /= sum;
    table.up_to.push_back(table.up_to.back() + weight);
  }
  return table;
}

// The signed statistic, up to a factor that all pairs share: falls in the second count, rises in the first. 0 for the pair (0, 0).
struct Statistic {
  double exposure_1, exposure_2;
  double at(std::int64_t k1, std::int64_t k2) const {
    if (k1 + k2 == 0) return 0;
    const double one = static_cast<double>(k1), two = static_cast<double>(k2);
    return (one * exposure_2 - two * exposure_1) / std::sqrt(one * exposure_2 * exposure_2 + two * exposure_1 * exposure_1);
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
  const Statistic statistic{exposure_before / greatest, exposure_after / greatest};
  const double pooled = static_cast<double>(sum) / (statistic.exposure_1 + statistic.exposure_2);
  const double seen = std::abs(statistic.at(before, after)) * (1 - kTieShare);
  // With equal rates every pair is at least as far apart.
  const double one = static_cast<double>(before) * statistic.exposure_2, two = static_cast<double>(after) * statistic.exposure_1;
  if (std::abs(one - two) <= kTieShare * (one + two)) return 1;

  const PoissonTable first = TableOf(statistic.exposure_1 * pooled), second = TableOf(statistic.exposure_2 * pooled);
  double p = 0;
  std::int64_t low = second.first;   // second counts under it are so low that the first rate is clearly the higher
  std::int64_t high = second.first;  // from it on, the second rate is
  for (std::int64_t k = first.first; k < first.end(); ++k) {
    while (low < second.end() && statistic.at(k, low) >= seen) ++low;
    while (high < second.end() && statistic.at(k, high) > -seen) ++high;
    p += first.chance[first.index(k)] * (second.under(low) + second.from(high));
  }
  return std::min(1.0, p);
}

}  // namespace geo
