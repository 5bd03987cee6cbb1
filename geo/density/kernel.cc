#include "geo/density/kernel.h"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

namespace geo {
namespace {

constexpr std::int64_t kMinBandwidthMm = 1'000;
constexpr std::int64_t kMaxBandwidthMm = 50'000'000;
constexpr std::int64_t kGaussianReach = 9;
constexpr std::int64_t kExponentialReach = 40;

// Variance along one axis over r^2: half the mean of u^2 under the kernel.
double AxisVariance(KernelShape shape, double q) {
  switch (shape) {
    case KernelShape::kQuartic: return 1.0 / 8;
    case KernelShape::kGaussian: return 1;
    case KernelShape::kEpanechnikov: return 1.0 / 6;
    // Integral of 3 / (1 + 2q) (1 - (1 - q) u) u^3 du from 0 to 1.
    case KernelShape::kTriangular: return 3 * (1 + 4 * q) / (20 * (1 + 2 * q));
    case KernelShape::kUniform: return 1.0 / 4;
    case KernelShape::kTriweight: return 1.0 / 10;
    case KernelShape::kNegativeExponential: return 3;
  }
  return 1;
}

}  // namespace

double Kernel::per_m2(double distance_squared_mm2) const {
  const double r = static_cast<double>(bandwidth_mm) / 1000.0;
  const double r2_mm2 = static_cast<double>(bandwidth_mm) * static_cast<double>(bandwidth_mm);
  const double disc = std::numbers::pi * r * r;
  // Exact, so that nothing is lost at the rim: 1 - u^2 = inside / r^2.
  const double inside = r2_mm2 - distance_squared_mm2;
  const double rest = inside / r2_mm2;
  switch (shape) {
    case KernelShape::kQuartic: return inside > 0 ? 3 / disc * (rest * rest) : 0;
    case KernelShape::kEpanechnikov: return inside > 0 ? 2 / disc * rest : 0;
    case KernelShape::kTriweight: return inside > 0 ? 4 / disc * (rest * rest * rest) : 0;
    case KernelShape::kUniform: return inside >= 0 ? 1 / disc : 0;
    case KernelShape::kTriangular: {
      if (inside < 0) return 0;
      const double u = std::sqrt(distance_squared_mm2 / r2_mm2);
      // 1 - u = (1 - u^2) / (1 + u).
      return 3 / ((1 + 2 * triangular_decay) * disc) * (rest / (1 + u) + triangular_decay * u);
    }
    case KernelShape::kGaussian: {
      const double reach = static_cast<double>(reach_mm());
      return distance_squared_mm2 <= reach * reach ? std::exp(-distance_squared_mm2 / (2 * r2_mm2)) / (2 * disc) : 0;
    }
    case KernelShape::kNegativeExponential: {
      const double reach = static_cast<double>(reach_mm());
      return distance_squared_mm2 <= reach * reach ? std::exp(-std::sqrt(distance_squared_mm2 / r2_mm2)) / (2 * disc) : 0;
    }
  }
  return 0;
}

std::int64_t Kernel::reach_mm() const {
  if (shape == KernelShape::kGaussian) return kGaussianReach * bandwidth_mm;
  if (shape == KernelShape::kNegativeExponential) return kExponentialReach * bandwidth_mm;
  return bandwidth_mm;
}

double Kernel::sd_m() const { return static_cast<double>(bandwidth_mm) / 1000.0 * std::sqrt(AxisVariance(shape, triangular_decay)); }

double BandwidthOfSd(KernelShape shape, double triangular_decay, double sd_m) { return sd_m / std::sqrt(AxisVariance(shape, triangular_decay)); }

std::string_view NameOf(KernelShape shape) {
  switch (shape) {
    case KernelShape::kQuartic: return "quartic";
    case KernelShape::kGaussian: return "gaussian";
    case KernelShape::kEpanechnikov: return "epanechnikov";
    case KernelShape::kTriangular: return "triangular";
    case KernelShape::kUniform: return "uniform";
    case KernelShape::kTriweight: return "triweight";
    case KernelShape::kNegativeExponential: return "negative-exponential";
  }
  return "";
}

Result<void> CheckKernel(const Kernel& kernel) {
  if (kernel.bandwidth_mm < kMinBandwidthMm || kernel.bandwidth_mm > kMaxBandwidthMm) {
    return Fail(InvalidArgument("density.bandwidth_m", fmt::format("bandwidth_m {} is outside 1 to 50,000 m; give a bandwidth in that range",
                                                                   static_cast<double>(kernel.bandwidth_mm) / 1000.0)));
  }
  if (!(kernel.triangular_decay >= 0 && kernel.triangular_decay <= 1)) {
    return Fail(InvalidArgument("density.triangular_decay", fmt::format("triangular_decay {} is outside 0 to 1", kernel.triangular_decay)));
  }
  if (kernel.triangular_decay != 0 && kernel.shape != KernelShape::kTriangular) {
    return Fail(InvalidArgument("density.triangular_decay", fmt::format("triangular_decay {} was set for the {} kernel; only the triangular kernel has one",
                                                                        kernel.triangular_decay, NameOf(kernel.shape))));
  }
  return {};
}

}  // namespace geo
