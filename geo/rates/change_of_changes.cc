#include "geo/rates/change_of_changes.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "geo/rates/distributions.h"
#include "geo/rates/outcome_walk.h"
#include "geo/types/check.h"

namespace geo {
namespace {

constexpr double kLevel = 0.95;
constexpr double kTailChance = (1 - kLevel) / 2;
constexpr double kMostForExactP = 100'000;       // of the lesser place's sum
constexpr double kMostForExactInterval = 2'000;  // of all four counts
// A count under this makes the normal form too rough whatever the others are.
constexpr double kFewestForNormal = 100;

// Two places' counts, before and after. Given all margins the place's later count is hypergeometric: outcomes as outcome_walk.h takes them.
struct FourCounts {
  double place_before, place_after, other_before, other_after;

  double place() const { return place_before + place_after; }
  double other() const { return other_before + other_after; }
  double after() const { return place_after + other_after; }
  double all() const { return place() + other(); }
  double least() const { return std::min({place_before, place_after, other_before, other_after}); }
};

struct HypergeometricSteps {
  double place, other, after;
  double first, last;
  double odds;  // 1: equal change

  HypergeometricSteps(const FourCounts& counts, double odds_ratio)
      : place(counts.place()),
        other(counts.other()),
        after(counts.after()),
        first(std::max(0.0, counts.after() - counts.other())),
        last(std::min(counts.place(), counts.after())),
        odds(odds_ratio) {}
  double up(double k) const { return (place - k) * (after - k) * odds / ((k + 1) * (other - after + k + 1)); }
  double down(double k) const { return k * (other - after + k) / ((place - k + 1) * (after - k + 1) * odds); }
  double central_mode() const { return std::clamp(std::floor((place + 1) * (after + 1) / (place + other + 2)), first, last); }
};

// Sums of weights relative to that of `observed`, and of weights times the distance from it, over the outcomes beyond it on one side.
struct Side {
  double weight = 0;
  double moment = 0;
};

template <bool kUp>
Side BeyondObserved(const HypergeometricSteps& law, double observed) {
  Side side;
  double weight = 1;
  for (double k = observed; kUp ? k < law.last : k > law.first;) {
    const double step = kUp ? law.up(k) : law.down(k);
    weight *= step;
    k += kUp ? 1 : -1;
    side.weight += weight;
    side.moment += weight * (k - observed);
    if ((step < 1 && weight < OutcomeWalk::kNegligible * side.weight) || side.weight > 1e290) break;
  }
  return side;
}

// The log odds ratio at which outcomes from `observed` on (kUp) or up to it have the tail chance. The logarithm of that chance is concave in the log odds
// ratio, so that Newton's steps from outside the interval never overshoot. Source of the law: Fisher 1935; Cornfield 1956, A statistical problem.
template <bool kUp>
double LimitOf(const FourCounts& counts, double log_ratio, double spread) {
  double theta = log_ratio + (kUp ? -3 : 3) * spread;
  for (int step = 0; step < 100; ++step) {
    const HypergeometricSteps law(counts, std::exp(theta));
    const Side above = BeyondObserved<true>(law, counts.place_after), below = BeyondObserved<false>(law, counts.place_after);
    const Side& tail = kUp ? above : below;
    const double all = 1 + above.weight + below.weight;
    const double excess = std::log((1 + tail.weight) / all) - std::log(kTailChance);
    const double slope = tail.moment / (1 + tail.weight) - (above.moment + below.moment) / all;
    const double move = std::clamp(-excess / slope, -2 * spread, 2 * spread);
    theta += move;
    if (std::abs(move) < 1e-12 * (1 + std::abs(theta))) break;
  }
  return theta;
}

void FillExactInterval(const FourCounts& counts, RatioOfRatios& result) {
  const HypergeometricSteps law(counts, 1);
  // Halves keep both finite beside a zero: they are where the search starts, no more.
  const double a = counts.place_before + 0.5, b = counts.place_after + 0.5, c = counts.other_before + 0.5, d = counts.other_after + 0.5;
  const double log_ratio = std::log(b * c / (a * d)), spread = std::sqrt(1 / a + 1 / b + 1 / c + 1 / d);
  if (counts.place_after > law.first) result.low = std::exp(LimitOf<true>(counts, log_ratio, spread));
  if (counts.place_after < law.last) result.high = std::exp(LimitOf<false>(counts, log_ratio, spread));
}

}  // namespace

RatioOfRatios CompareChanges(std::int64_t place_before, std::int64_t place_after, std::int64_t other_before, std::int64_t other_after) {
  WARDWATCH_CHECK(place_before >= 0 && place_after >= 0 && other_before >= 0 && other_after >= 0, "{} to {} beside {} to {}", place_before, place_after,
                  other_before, other_after);
  const FourCounts counts{static_cast<double>(place_before), static_cast<double>(place_after), static_cast<double>(other_before),
                          static_cast<double>(other_after)};
  RatioOfRatios result;
  result.high = std::numeric_limits<double>::infinity();
  if (place_before > 0 && other_before > 0 && other_after > 0) {
    result.ratio = (counts.place_after / counts.place_before) / (counts.other_after / counts.other_before);
  }
  const bool normal_holds = counts.least() >= kFewestForNormal;
  const double spread = normal_holds ? std::sqrt(1 / counts.place_before + 1 / counts.place_after + 1 / counts.other_before + 1 / counts.other_after) : 0;
  const double log_ratio = normal_holds ? std::log(*result.ratio) : 0;

  if (normal_holds && counts.all() >= kMostForExactInterval) {
    const double reach = TwoSidedNormalQuantile(kLevel) * spread;
    result.low = std::exp(log_ratio - reach);
    result.high = std::exp(log_ratio + reach);
  } else {
    FillExactInterval(counts, result);
  }
  if (normal_holds && std::min(counts.place(), counts.other()) >= kMostForExactP) {
    result.p_value = TwoSidedNormalPValue(std::abs(log_ratio) / spread);
  } else {
    const HypergeometricSteps law(counts, 1);
    result.p_value = TwoSidedByWalk(law, law.central_mode(), counts.place_after);
  }
  return result;
}

}  // namespace geo
