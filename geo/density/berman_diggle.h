// Berman and Diggle's mean square error of a bandwidth, from the distances between positions.
#pragma once

#include <vector>

#include "geo/density/distinct_positions.h"
#include "geo/density/gaussian_scores.h"
#include "geo/density/window.h"

namespace geo {

struct BermanDiggle {
  std::vector<double> radius_m;  // h, ascending in equal steps
  std::vector<double> error;     // M(h) = (1 / lambda - 2 K(h)) / (pi h^2) + J(h) / (pi h^2)^2; the less the better. A Gaussian sd is h / 2.
};

// K is Ripley's function with the translation correction: |W| / (n (n - 1)) sum over i != j within h of |W| / gamma(x_i - x_j). J(h) is the integral of the
// area that two discs of radius h share, centres d apart, dK(d), up to 2 h. h runs over 255 steps of the 511th part of the widest distance for K, as spatstat
// does: the least of a quarter of the window's shorter side and the radius of 1000 positions. Accuracy: K at the radii is exact but for gamma (SetCovariance).
// Distances are binned for J at a 16th of a step and stand at their bin's mean: the error of J is under 1e-5 of it from the tenth step on. Errors:
// kResourceExhausted WORK_BUDGET; of `stop`. Determinism: the same bits at any number of threads. Source: Berman and Diggle 1989, Estimating weighted integrals
// of the second-order intensity of a spatial point process, J. R. Statist. Soc. B 51; Ohser 1983 for the correction.
Result<BermanDiggle> BermanDiggleErrors(const DistinctPositions& positions, const Window& window, ScoringWork& work, const StopSignal& stop);

}  // namespace geo
