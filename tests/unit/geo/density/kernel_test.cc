#include "geo/density/kernel.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

namespace geo {
namespace {

const std::vector<Kernel>& AllKernels() {
  static const std::vector<Kernel> kernels = {
      {KernelShape::kQuartic, 500'000, 0},    {KernelShape::kGaussian, 500'000, 0},      {KernelShape::kEpanechnikov, 500'000, 0},
      {KernelShape::kTriangular, 500'000, 0}, {KernelShape::kTriangular, 500'000, 0.25}, {KernelShape::kTriangular, 500'000, 1},
      {KernelShape::kUniform, 500'000, 0},    {KernelShape::kTriweight, 500'000, 0},     {KernelShape::kNegativeExponential, 500'000, 0}};
  return kernels;
}

// Integral of k(d) d^power 2 pi d dd over the reach, metres, by Simpson's rule with 40,000 steps: within 1e-9 for these smooth radial functions.
double RadialMoment(const Kernel& kernel, int power) {
  const int steps = 40'000;
  const double reach = static_cast<double>(kernel.reach_mm()) / 1000;
  double sum = 0;
  for (int i = 0; i <= steps; ++i) {
    const double d = reach * i / steps;
    // At the rim itself, just inside: the kernels that end in a cliff are closed there only up to rounding.
    const double inside_mm = std::min(d * 1000, static_cast<double>(kernel.reach_mm()) * (1 - 1e-12));
    const double value = kernel.per_m2(inside_mm * inside_mm) * std::pow(d, power) * 2 * std::numbers::pi * d;
    sum += value * (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2);
  }
  return sum * reach / steps / 3;
}

TEST(Kernel, HasMassOneAndItsStatedSpread) {
  for (const Kernel& kernel : AllKernels()) {
    EXPECT_NEAR(RadialMoment(kernel, 0), 1, 1e-8) << NameOf(kernel.shape) << " " << kernel.triangular_decay;
    EXPECT_NEAR(std::sqrt(RadialMoment(kernel, 2) / 2), kernel.sd_m(), 1e-5 * kernel.sd_m()) << NameOf(kernel.shape) << " " << kernel.triangular_decay;
    EXPECT_NEAR(BandwidthOfSd(kernel.shape, kernel.triangular_decay, kernel.sd_m()), 500, 1e-9);
  }
}

TEST(Kernel, PeaksAsInTheTable) {
  const double disc = std::numbers::pi * 500 * 500;
  const std::vector<double> peaks = {3, 0.5, 2, 3, 3 / 1.5, 1, 1, 4, 0.5};
  for (std::size_t i = 0; i < peaks.size(); ++i) EXPECT_NEAR(AllKernels()[i].peak_per_m2() * disc, peaks[i], 1e-14) << NameOf(AllKernels()[i].shape);
}

TEST(Kernel, RescalesBySpread) {
  EXPECT_NEAR(BandwidthOfSd(KernelShape::kUniform, 0, 1), 2.000, 5e-4);
  EXPECT_NEAR(BandwidthOfSd(KernelShape::kTriangular, 0, 1), 2.582, 5e-4);
  EXPECT_NEAR(BandwidthOfSd(KernelShape::kEpanechnikov, 0, 1), 2.449, 5e-4);
  EXPECT_NEAR(BandwidthOfSd(KernelShape::kQuartic, 0, 1), 2.828, 5e-4);
  EXPECT_NEAR(BandwidthOfSd(KernelShape::kTriweight, 0, 1), 3.162, 5e-4);
  EXPECT_EQ(BandwidthOfSd(KernelShape::kGaussian, 0, 1), 1);
  EXPECT_NEAR(BandwidthOfSd(KernelShape::kNegativeExponential, 0, 1), 1 / std::sqrt(3.0), 1e-15);
}

TEST(Kernel, EndsWhereItSays) {
  const double rim = 500'000.0 * 500'000.0;
  for (const Kernel& kernel : AllKernels()) {
    const double reach = static_cast<double>(kernel.reach_mm());
    EXPECT_EQ(kernel.per_m2(reach * reach + 1024), 0) << NameOf(kernel.shape);
    EXPECT_GE(kernel.per_m2(reach * reach), 0) << NameOf(kernel.shape);
  }
  EXPECT_EQ((Kernel{KernelShape::kQuartic, 500'000, 0}.per_m2(rim)), 0);
  EXPECT_GT((Kernel{KernelShape::kUniform, 500'000, 0}.per_m2(rim)), 0);
  EXPECT_EQ((Kernel{KernelShape::kTriangular, 500'000, 0}.per_m2(rim)), 0);
  EXPECT_GT((Kernel{KernelShape::kTriangular, 500'000, 0.5}.per_m2(rim)), 0);
  // A square millimetre inside, all digits are there: 1 - u^2 = 4e-12.
  EXPECT_NEAR((Kernel{KernelShape::kQuartic, 500'000, 0}.per_m2(rim - 1)), 3 / (std::numbers::pi * 250'000) * 1.6e-23, 1e-12 * 1.6e-23 * 4e-6);
}

TEST(Kernel, RefusesWhatIsOutOfRange) {
  for (const std::int64_t bad : {std::int64_t{999}, std::int64_t{0}, std::int64_t{-5}, std::int64_t{50'000'001}, std::int64_t{1} << 62}) {
    const auto refused = CheckKernel({KernelShape::kQuartic, bad, 0});
    ASSERT_FALSE(refused) << bad;
    EXPECT_EQ(refused.error().code, ErrorCode::kInvalidArgument);
    EXPECT_EQ(refused.error().field, "density.bandwidth_m");
  }
  for (const double bad : {-0.1, 1.1, std::nan("")}) EXPECT_FALSE(CheckKernel({KernelShape::kTriangular, 500'000, bad})) << bad;
  EXPECT_FALSE(CheckKernel({KernelShape::kQuartic, 500'000, 0.5}));
  for (const Kernel& kernel : AllKernels()) EXPECT_TRUE(CheckKernel(kernel)) << NameOf(kernel.shape);
}

}  // namespace
}  // namespace geo
