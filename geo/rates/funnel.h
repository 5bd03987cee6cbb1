// Funnel limits: how far may a count lie from its expectation before it is news?
#pragma once

#include <cstdint>

namespace geo {

enum class FunnelClass : std::uint8_t { kNone, kWithin, kAbove95, kAbove998, kBelow95, kBelow998 };

struct FunnelLimits {
  double low_998 = 0;
  double low_95 = 0;
  double high_95 = 0;
  double high_998 = 0;
};

// Limits for a count whose mean is `expected` > 0: Poisson quantiles interpolated so that the tail chances are met on average, floored at 0. Of the three
// conventions in use this is the calibrated one; the chi-square form treats the expectation as if it had been observed and sits too high at both ends.
// With `widening` > 1 the distance of each limit from `expected` grows by its root, still floored at 0 (multiplicative overdispersion).
// Accuracy: 1e-6 of a count to an expected 1e6; over that the normal form, 1e-3. Source: Spiegelhalter 2005, Funnel plots, appendix A.1.1.
FunnelLimits FunnelLimitsAt(double expected, double widening = 1);

// The confidence form lower chi2(p; 2E)/2/E, upper chi2(1-p; 2E+2)/2/E as ratios to E: kept because published charts use it, and to show how it differs.
FunnelLimits ChiSquareFunnelRatiosAt(double expected);

// Strictly outside the limits.
FunnelClass ClassOf(double count, const FunnelLimits& limits);

}  // namespace geo
