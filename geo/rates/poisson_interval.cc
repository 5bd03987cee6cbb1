#include "geo/rates/poisson_interval.h"

#include <cmath>

#include "geo/rates/distributions.h"
#include "geo/types/check.h"

namespace geo {
namespace {

void CheckArguments(std::int64_t count, double level) { WARDWATCH_CHECK(count >= 0 && level > 0 && level < 1, "count {} level {}", count, level); }

}  // namespace

CountInterval ExactPoissonInterval(std::int64_t count, double level) {
  CheckArguments(count, level);
  const double tail = (1 - level) / 2;
  const double observed = static_cast<double>(count);
  // chi2(p; 2a) / 2 is the quantile of a gamma variable of shape a.
  return {count == 0 ? 0.0 : GammaQuantile(observed, tail), GammaUpperQuantile(observed + 1, tail)};
}

CountInterval ByarInterval(std::int64_t count, double level) {
  CheckArguments(count, level);
  const double z = TwoSidedNormalQuantile(level);
  const auto cube = [](double x) { return x * x * x; };
  const double observed = static_cast<double>(count);
  const double above = observed + 1;
  const double low = count == 0 ? 0.0 : observed * cube(1 - 1 / (9 * observed) - z / (3 * std::sqrt(observed)));
  // The approximation passes below 0 at small counts and high levels; a mean cannot.
  return {low < 0 ? 0.0 : low, above * cube(1 - 1 / (9 * above) + z / (3 * std::sqrt(above)))};
}

CountInterval PoissonInterval(std::int64_t count, double level) { return count < 10 ? ExactPoissonInterval(count, level) : ByarInterval(count, level); }

}  // namespace geo
