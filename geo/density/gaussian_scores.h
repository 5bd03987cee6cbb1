// How well a Gaussian bandwidth suits a set of positions, by three published criteria.
#pragma once

#include <functional>

#include "geo/density/distinct_positions.h"
#include "geo/density/gaussian_window.h"

namespace geo {

// What scoring may use. `budget` is the pairs that are left to look at; every score takes its own from it.
struct ScoringWork {
  int threads = 1;
  std::int64_t budget = 0;
};

// Score of a standard deviation, higher is better, finite. Each position weighs 1. The Gaussian is cut where a term is under 3e-18 of the largest of its sum.
// Determinism: the same bits at any number of threads. Errors: kResourceExhausted WORK_BUDGET; of `stop`.
using BandwidthScore = std::function<Result<double>(double sd_mm)>;

// Minus the least-squares criterion, per square metre: (2 / (n (n - 1))) sum over i != j of phi_h(d) - (1 / n^2) sum over i, j of phi_(h sqrt 2)(d). No window.
// Source: Rudemo 1982, Scand. J. Statist. 9; Bowman 1984, Biometrika 71.
BandwidthScore LeastSquaresScore(const DistinctPositions& positions, ScoringWork& work, const StopSignal& stop);

// sum of log lambda_-i(x_i) - integral of lambda over the window, lambda per square metre with the uniform edge correction, as spatstat's bw.ppl.
// `nearest_mm2` is positions.nearest_mm2(). Source: Loader 1999, Local Regression and Likelihood, sect. 5.3.
BandwidthScore LikelihoodScore(const DistinctPositions& positions, const std::vector<double>& nearest_mm2, const GaussianWindow& window, ScoringWork& work,
                               const StopSignal& stop);

// Minus (sum of 1 / lambda(x_i) / window area - 1)^2, lambda with the position itself and without edge correction.
// Source: Cronie and van Lieshout 2018, A non-model-based approach to bandwidth selection for kernel estimators of spatial intensity functions, Biometrika 105.
BandwidthScore CronieVanLieshoutScore(const DistinctPositions& positions, double window_m2, ScoringWork& work, const StopSignal& stop);

}  // namespace geo
