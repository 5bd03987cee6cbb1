// Kernel density written out over every pair, in long double: the slow obvious implementation.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>
#include <vector>

#include "geo/density/density_surface.h"

namespace support {

struct PointSet {
  std::vector<geo::GridPoint> at;
  std::vector<double> weight;
  geo::WeightedPoints view() const { return {at, weight}; }
};

// k(d), per km2, from four times the squared distance, which is whole: cell centres lie on half millimetres.
inline long double SlowKernel(const geo::Kernel& kernel, std::int64_t four_d2_mm2) {
  using L = long double;
  const L pi = std::numbers::pi_v<L>, r = static_cast<L>(kernel.bandwidth_mm) / 1e6L, q = kernel.triangular_decay;
  const std::int64_t four_r2 = 4 * kernel.bandwidth_mm * kernel.bandwidth_mm;
  const L d = std::sqrt(static_cast<L>(four_d2_mm2)) / 2e6L, rest = static_cast<L>(four_r2 - four_d2_mm2) / static_cast<L>(four_r2), u = d / r;
  switch (kernel.shape) {
    case geo::KernelShape::kQuartic:
      return rest > 0 ? 3 / (pi * r * r) * rest * rest : 0;
    case geo::KernelShape::kEpanechnikov:
      return rest > 0 ? 2 / (pi * r * r) * rest : 0;
    case geo::KernelShape::kTriweight:
      return rest > 0 ? 4 / (pi * r * r) * rest * rest * rest : 0;
    case geo::KernelShape::kUniform:
      return rest >= 0 ? 1 / (pi * r * r) : 0;
    case geo::KernelShape::kTriangular:
      return rest >= 0 ? 3 / ((1 + 2 * q) * pi * r * r) * (rest / (1 + u) + q * u) : 0;
    case geo::KernelShape::kGaussian:
      return four_d2_mm2 <= 81 * four_r2 ? std::exp(-u * u / 2) / (2 * pi * r * r) : 0;
    case geo::KernelShape::kNegativeExponential:
      return static_cast<std::uint64_t>(four_d2_mm2) <= 1600 * static_cast<std::uint64_t>(four_r2) ? std::exp(-u) / (2 * pi * r * r) : 0;
  }
  return 0;
}

// At a place given in half millimetres.
inline double SlowDensity(const PointSet& points, const geo::Kernel& kernel, std::int64_t half_easting_mm, std::int64_t half_northing_mm) {
  long double sum = 0;
  for (std::size_t i = 0; i < points.at.size(); ++i) {
    const std::int64_t de = 2 * std::int64_t{points.at[i].easting_mm} - half_easting_mm, dn = 2 * std::int64_t{points.at[i].northing_mm} - half_northing_mm;
    sum += static_cast<long double>(points.weight[i]) * SlowKernel(kernel, de * de + dn * dn);
  }
  return static_cast<double>(sum);
}
inline double SlowDensityAt(const PointSet& points, const geo::Kernel& kernel, geo::GridPoint place) {
  return SlowDensity(points, kernel, 2 * std::int64_t{place.easting_mm}, 2 * std::int64_t{place.northing_mm});
}
inline double SlowDensityOfCell(const PointSet& points, const geo::Kernel& kernel, const geo::RasterFrame& frame, std::size_t index) {
  const geo::CellId cell = frame.cell_at(index);
  return SlowDensity(points, kernel, (2 * std::int64_t{cell.column} + 1) * frame.cell_mm, (2 * std::int64_t{cell.row} + 1) * frame.cell_mm);
}

// Towns of different sizes on a plain of `extent_m`: crowded cells, empty ones, lone points. South-west corner about (300 km, 100 km).
inline PointSet Towns(std::mt19937_64& random, std::size_t n, double extent_m, bool weighted) {
  PointSet points;
  std::uniform_real_distribution<double> anywhere(0, extent_m);
  std::normal_distribution<double> near(0, extent_m / 40);
  double town_e = 0, town_n = 0;
  for (std::size_t i = 0; i < n; ++i) {
    if (i % 200 == 0) town_e = anywhere(random), town_n = anywhere(random);
    const bool lone = i % 10 == 0;
    const double east = lone ? anywhere(random) : town_e + near(random), north = lone ? anywhere(random) : town_n + near(random);
    points.at.push_back(geo::GridPoint::FromMeters(300'000 + east, 100'000 + north));
    points.weight.push_back(weighted ? static_cast<double>(1 + random() % 1440) / 1440 : 1.0);
  }
  return points;
}

}  // namespace support
