// Overdispersion: how much more than Poisson counts do areas vary around what they share?
#pragma once

#include <optional>
#include <span>

namespace geo {

// Fewer areas cannot tell overdispersion from one odd area.
inline constexpr int kFewestForDispersion = 10;

struct DispersionEstimate {
  std::optional<double> factor;  // mean of squared z after winsorising; absent under 2 values
  int areas = 0;
  // The factor that widens: `factor` when it is over 1 and of at least kFewestForDispersion areas; else 1.
  double widening() const { return factor && areas >= kFewestForDispersion && *factor > 1 ? *factor : 1; }
};

// `z` standard normal under a common rate (or change); `tail` of them at either end are drawn in to the quantile there (10 %: of 24 values the 2 least and the
// 2 greatest become the third). Order of z is of no matter. Source: Spiegelhalter 2005, Funnel plots for comparing institutional performance, appendix.
DispersionEstimate EstimateDispersion(std::span<const double> z, double tail = 0.1);

// The two-sided p-value of z / sqrt(widening), where z is the normal deviate that has this two-sided p. `widening` >= 1. p = 0 and p = 1 stay.
// Accuracy: 1e-9 relative for p over 1e-300.
double WidenedPValue(double p_value, double widening);

}  // namespace geo
