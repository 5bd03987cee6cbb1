#include "geo/rates/funnel.h"

#include <algorithm>
#include <cmath>

#include "geo/rates/distributions.h"
#include "geo/types/check.h"

namespace geo {
namespace {

constexpr double kTail95 = 0.025, kTail998 = 0.001;
constexpr double kMostExact = 1e6;

// Cornish and Fisher's expansion about the normal quantile `z`, less the half that the interpolation between whole counts takes off.
double NormalForm(double expected, double z) {
  const double root = std::sqrt(expected);
  return expected + z * root + (z * z - 1) / 6 - 0.5 + (z - z * z * z) / (72 * root);
}

// The distribution function made continuous: straight between whole counts, where it takes the Poisson's own values.
double InterpolatedQuantile(double expected, double lower_tail, double z) {
  const double near = NormalForm(expected, z);
  if (expected > kMostExact) return near;
  const Poisson law{expected};
  auto count = static_cast<std::int64_t>(std::max(0.0, std::ceil(near)));
  while (law.at_most(count) < lower_tail) ++count;
  while (count > 0 && law.at_most(count - 1) >= lower_tail) --count;
  return static_cast<double>(count) - (law.at_most(count) - lower_tail) / law.at(count);
}

}  // namespace

FunnelLimits FunnelLimitsAt(double expected, double widening) {
  WARDWATCH_CHECK(expected > 0 && std::isfinite(expected) && widening >= 1 && std::isfinite(widening), "expected {} widening {}", expected, widening);
  const double z_95 = TwoSidedNormalQuantile(1 - 2 * kTail95), z_998 = TwoSidedNormalQuantile(1 - 2 * kTail998);
  const double root = std::sqrt(widening);
  // Where a tiny expectation puts an upper limit under itself there is no distance to grow.
  const auto limit = [&](double tail, double z) {
    const double apart = InterpolatedQuantile(expected, tail, z) - expected;
    return std::max(0.0, expected + (apart * z > 0 ? apart * root : apart));
  };
  return {limit(kTail998, -z_998), limit(kTail95, -z_95), limit(1 - kTail95, z_95), limit(1 - kTail998, z_998)};
}

FunnelLimits ChiSquareFunnelRatiosAt(double expected) {
  WARDWATCH_CHECK(expected > 0 && std::isfinite(expected), "expected {}", expected);
  return {GammaQuantile(expected, kTail998) / expected, GammaQuantile(expected, kTail95) / expected, GammaUpperQuantile(expected + 1, kTail95) / expected,
          GammaUpperQuantile(expected + 1, kTail998) / expected};
}

FunnelClass ClassOf(double count, const FunnelLimits& limits) {
  if (count > limits.high_998) return FunnelClass::kAbove998;
  if (count > limits.high_95) return FunnelClass::kAbove95;
  if (count < limits.low_998) return FunnelClass::kBelow998;
  if (count < limits.low_95) return FunnelClass::kBelow95;
  return FunnelClass::kWithin;
}

}  // namespace geo
