// How values near in time hang together, and what that does to the variance of Kendall's S.
#pragma once

#include <span>
#include <vector>

namespace geo {

inline constexpr double kNormal95 = 1.959963984540054;  // a standard normal variable lies within it in 95 %

// 1 for the least; ties share the mean of their ranks. NaN stays NaN.
std::vector<double> RanksOf(std::span<const double> values);

// Of values `lag` steps apart: sum of products of deviations from the mean over the sum of their squares. NaN is left out of mean, products and squares.
// 0 where the values do not vary. Cost: O(n).
double Autocorrelation(std::span<const double> values, int lag);

// 1 + 2 / (n(n-1)(n-2)) sum_k (n-k)(n-k-1)(n-k-2) rho_k; correlations[0] is not used. 1 for n < 3. Source: Hamed and Rao 1998, equation 14.
double VarianceFactor(int n, std::span<const double> correlations);

}  // namespace geo
