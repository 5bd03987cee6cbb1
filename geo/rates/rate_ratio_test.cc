#include "geo/rates/rate_ratio_test.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "geo/rates/distributions.h"
#include "geo/rates/outcome_walk.h"
#include "geo/types/check.h"

namespace geo {
namespace {

// Up to this sum the recurrence over outcomes is faster than the incomplete beta function: it visits some 17 standard deviations of them.
constexpr std::int64_t kMostForRecurrence = 20'000;
// Odds beyond this lose digits in the recurrence's start; the beta function takes p and q apart.
constexpr double kMostOdds = 1e12;

double TwoSided(const Binomial& law, std::int64_t observed) {
  const double mean = static_cast<double>(law.n) * law.p;
  const double bar = law.at(observed) * kTie;
  const double at_mean = std::abs(static_cast<double>(observed) - mean);
  if (at_mean == 0) return 1;
  if (static_cast<double>(observed) < mean) {
    // From the mean upwards the chances only fall: find the first that is no more likely than what was observed.
    std::int64_t low = static_cast<std::int64_t>(std::ceil(mean));
    std::int64_t high = law.n + 1;
    while (low < high) {
      const std::int64_t middle = low + (high - low) / 2;
      if (law.at(middle) <= bar) high = middle;
      else low = middle + 1;
    }
    return std::min(1.0, law.at_most(observed) + law.at_least(low));
  }
  std::int64_t low = -1;
  std::int64_t high = static_cast<std::int64_t>(std::floor(mean));
  while (low < high) {
    const std::int64_t middle = high - (high - low) / 2;
    if (law.at(middle) <= bar) low = middle;
    else high = middle - 1;
  }
  return std::min(1.0, law.at_least(observed) + law.at_most(low));
}

// Outcomes of `trials` with these odds each, as outcome_walk.h takes them.
struct BinomialSteps {
  double first, last;  // 0 and the number of trials
  double odds;
  double up(double k) const { return (last - k) * odds / (k + 1); }
  double down(double k) const { return k / ((last - k + 1) * odds); }
};

}  // namespace

double ConditionalPValue(std::int64_t before, double exposure_before, std::int64_t after, double exposure_after) {
  WARDWATCH_CHECK(before >= 0 && after >= 0 && exposure_before > 0 && exposure_after > 0 && std::isfinite(exposure_before) && std::isfinite(exposure_after),
                  "before {} / {}, after {} / {}", before, exposure_before, after, exposure_after);
  if (before + after == 0) return 1;
  // One orientation for both directions, so that a swap cannot move a verdict by a last bit.
  const bool swap = std::tie(before, exposure_before) < std::tie(after, exposure_after);
  const double own = swap ? exposure_before : exposure_after, other = swap ? exposure_after : exposure_before;
  const double exposure = exposure_before + exposure_after, odds = own / other;
  const std::int64_t observed = swap ? before : after;
  if (before + after <= kMostForRecurrence && odds < kMostOdds && odds > 1 / kMostOdds) {
    const double trials = static_cast<double>(before + after);
    const double mode = std::min(trials, std::floor((trials + 1) * (own / exposure)));
    return TwoSidedByWalk(BinomialSteps{0, trials, odds}, mode, static_cast<double>(observed));
  }
  return TwoSided({before + after, own / exposure, other / exposure}, observed);
}

RateRatio CompareRates(std::int64_t before, double exposure_before, std::int64_t after, double exposure_after, double level) {
  WARDWATCH_CHECK(before >= 0 && after >= 0 && exposure_before > 0 && exposure_after > 0 && std::isfinite(exposure_before) && std::isfinite(exposure_after),
                  "before {} / {}, after {} / {}", before, exposure_before, after, exposure_after);
  WARDWATCH_CHECK(level > 0 && level < 1, "level {}", level);
  RateRatio result;
  result.high = std::numeric_limits<double>::infinity();
  const double b = static_cast<double>(before);
  const double a = static_cast<double>(after);
  if (before > 0) result.ratio = (a * exposure_before) / (b * exposure_after);
  if (before + after == 0) return result;

  const double tail = (1 - level) / 2;
  const double scale = exposure_before / exposure_after;
  if (after > 0) result.low = BetaQuantileOdds(a, b + 1, tail) * scale;
  // The upper limit of after's odds is the inverse of the lower limit of before's.
  if (before > 0) result.high = scale / BetaQuantileOdds(b, a + 1, tail);

  result.p_value = ConditionalPValue(before, exposure_before, after, exposure_after);
  return result;
}

}  // namespace geo
