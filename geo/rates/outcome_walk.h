// Exact p-values of laws whose chances rise to one mode and fall from it, by the ratio of neighbouring chances alone: no gamma function, no constant in front.
#pragma once

#include <algorithm>
#include <cmath>

namespace geo {

// Two outcomes that differ by less than this count as equally likely: they must tie whatever their last bits (R's binom.test and fisher.test do the same).
inline constexpr double kTie = 1 + 1e-7;

// A law holds: double first, last (its least and greatest outcome); up(k) = P(k + 1) / P(k) for k < last; down(k) = P(k - 1) / P(k) for k > first. Outcomes are
// whole doubles. `mode` is (one of) its most likely outcome. All weights are relative to the mode's.
struct OutcomeWalk {
  static constexpr double kNegligible = 1e-19;    // of a sum of falling terms: below its rounding
  static constexpr double kLeastWeight = 1e-290;  // under which a chance is called 0
  double total = 0;                               // of one side of the mode, to what is negligible
  double tail = 0;                                // of those no more likely than the bar
};

template <bool kUp, class Law>
double WeightOf(const Law& law, double mode, double outcome) {
  double weight = 1;
  for (double k = mode; k != outcome; k += kUp ? 1 : -1) {
    weight *= kUp ? law.up(k) : law.down(k);
    if (weight < OutcomeWalk::kLeastWeight) return 0;
  }
  return weight;
}

template <bool kUp, class Law>
OutcomeWalk WalkFromMode(const Law& law, double mode, double bar) {
  OutcomeWalk walk;
  double weight = 1;
  for (double k = mode; kUp ? k < law.last : k > law.first;) {
    weight *= kUp ? law.up(k) : law.down(k);
    k += kUp ? 1 : -1;
    walk.total += weight;
    if (weight <= bar) walk.tail += weight;
    if (weight < OutcomeWalk::kLeastWeight || (weight <= bar && weight < OutcomeWalk::kNegligible * walk.tail)) break;
  }
  return walk;
}

// The chance of all outcomes that are no more likely than `observed`. Accuracy: 1e-10 relative while the chance is over 1e-250. Cost: some 17 standard
// deviations of outcomes, and the way from the mode to `observed` (at most some 37 of them).
template <class Law>
double TwoSidedByWalk(const Law& law, double mode, double observed) {
  const double bar = kTie * (observed >= mode ? WeightOf<true>(law, mode, observed) : WeightOf<false>(law, mode, observed));
  if (bar >= 1) return 1;
  const OutcomeWalk above = WalkFromMode<true>(law, mode, bar);
  const OutcomeWalk below = WalkFromMode<false>(law, mode, bar);
  return std::min(1.0, (above.tail + below.tail) / (1 + above.total + below.total));
}

}  // namespace geo
