// The kernels, each with mass 1 over the plane.
#pragma once

#include <cstdint>
#include <string_view>

#include "geo/types/result.h"

namespace geo {

enum class KernelShape : std::uint8_t { kQuartic, kGaussian, kEpanechnikov, kTriangular, kUniform, kTriweight, kNegativeExponential };

// k(d), per square metre, with u = d / r:
//   quartic       3 / (pi r^2) (1 - u^2)^2      u < 1        Epanechnikov  2 / (pi r^2) (1 - u^2)      u < 1
//   triweight     4 / (pi r^2) (1 - u^2)^3      u < 1        uniform       1 / (pi r^2)                u <= 1
//   triangular    3 / ((1 + 2q) pi r^2) (1 - (1 - q) u)  u <= 1 (u < 1 when q is 0), decay q: 0 falls to nothing at the rim, 1 is uniform
//   Gaussian      1 / (2 pi s^2) exp(-d^2 / (2 s^2)),  r is the standard deviation s; 0 beyond 9 s, where the mass left out is 3e-18
//   negative exponential  k^2 / (2 pi) exp(-k d),      r is 1 / k, half the mean distance; 0 beyond 40 r, where the mass left out is 2e-16
// The two cut-offs are part of the definition. Source: Silverman 1986, Density Estimation, ch. 4; Levine 2015, CrimeStat, ch. 10.
struct Kernel {
  KernelShape shape = KernelShape::kQuartic;
  std::int64_t bandwidth_mm = 500'000;  // r above, whole millimetres: distances compare exactly with it
  double triangular_decay = 0;          // q, 0..1; triangular only

  // Squared distances are whole square millimetres (or quarters: cell centres of odd cells) below 2^53, so that d < r is decided exactly.
  double per_m2(double distance_squared_mm2) const;
  double peak_per_m2() const { return per_m2(0); }
  // Beyond which the kernel is zero.
  std::int64_t reach_mm() const;
  // Standard deviation along one axis; the bandwidth of a kernel of another shape with the same one is sd_to_bandwidth.
  double sd_m() const;
  friend bool operator==(const Kernel&, const Kernel&) = default;
};

// The bandwidth, metres, at which a kernel of this shape has the per-axis standard deviation `sd_m` (canonical rescaling: uniform 2 sd, triangular
// sqrt(20/3) sd at decay 0, Epanechnikov sqrt(6) sd, quartic sqrt(8) sd, triweight sqrt(10) sd, Gaussian sd, negative exponential sd / sqrt(3)).
double BandwidthOfSd(KernelShape shape, double triangular_decay, double sd_m);

// "quartic", "gaussian", "epanechnikov", "triangular", "uniform", "triweight", "negative-exponential".
std::string_view NameOf(KernelShape shape);

// Errors: kInvalidArgument bandwidth_m outside 1 m .. 50 km, triangular_decay outside 0..1 or set for another shape.
Result<void> CheckKernel(const Kernel& kernel);

}  // namespace geo
