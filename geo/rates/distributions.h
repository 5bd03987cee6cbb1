// The distributions that this room takes from Boost.Math, behind plain functions: gamma, normal, binomial and Poisson.
#pragma once

#include <cstdint>

namespace geo {

// Quantiles of a gamma variable of the given shape (> 0) and scale 1 at lower, and upper, tail chance.
double GammaQuantile(double shape, double lower_tail);
double GammaUpperQuantile(double shape, double upper_tail);

// z such that a standard normal variable lies in [-z, z] with chance `level`.
double TwoSidedNormalQuantile(double level);

// The chance that a standard normal variable lies at least `deviate` (>= 0) from 0; and the deviate whose chance that is (0 < p_value <= 1). Digits are kept in
// the far tail.
double TwoSidedNormalPValue(double deviate);
double TwoSidedNormalDeviate(double p_value);

// x / (1 - x) at the quantile x of a beta variable, without the loss of digits of the subtraction.
double BetaQuantileOdds(double a, double b, double lower_tail);

// n trials, each a success with chance p; q = 1 - p is carried beside p because subtracting would lose digits of a small one.
struct Binomial {
  std::int64_t n;
  double p;
  double q;
  double at(std::int64_t k) const;        // P(X = k), 0 <= k <= n
  double at_most(std::int64_t k) const;   // P(X <= k), any k
  double at_least(std::int64_t k) const;  // P(X >= k), any k
};

struct Poisson {
  double mean;  // over 0
  double at(std::int64_t k) const;       // P(X = k), k >= 0
  double at_most(std::int64_t k) const;  // P(X <= k), any k
};

}  // namespace geo
