#include "geo/rates/dispersion.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "geo/rates/distributions.h"
#include "geo/types/check.h"

namespace geo {

DispersionEstimate EstimateDispersion(std::span<const double> z, double tail) {
  WARDWATCH_CHECK(tail >= 0 && tail < 0.5, "tail {}", tail);
  DispersionEstimate estimate;
  estimate.areas = static_cast<int>(z.size());
  if (z.size() < 2) return estimate;
  std::vector<double> sorted(z.begin(), z.end());
  std::sort(sorted.begin(), sorted.end());
  WARDWATCH_CHECK(std::isfinite(sorted.front()) && std::isfinite(sorted.back()), "z from {} to {}", sorted.front(), sorted.back());
  // A tenth of 30 is 3, whatever the last bit of 0.1 says.
  const auto drawn_in = static_cast<std::size_t>(std::floor(tail * static_cast<double>(sorted.size()) * (1 + 1e-12)));
  const double least = sorted[drawn_in], greatest = sorted[sorted.size() - 1 - drawn_in];
  double sum = 0;
  for (const double value : sorted) {
    const double drawn = std::clamp(value, least, greatest);
    sum += drawn * drawn;
  }
  estimate.factor = sum / static_cast<double>(sorted.size());
  return estimate;
}

double WidenedPValue(double p_value, double widening) {
  WARDWATCH_CHECK(p_value >= 0 && p_value <= 1 && widening >= 1 && std::isfinite(widening), "p {} widening {}", p_value, widening);
  if (widening == 1 || p_value == 0 || p_value == 1) return p_value;
  return TwoSidedNormalPValue(TwoSidedNormalDeviate(p_value) / std::sqrt(widening));
}

}  // namespace geo
