// The statistics of the significance room straight from their formulas, in 113 bits (long double is too short for values far from zero), without care for
// speed. Undefined values are NaN.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "geo/significance/neighbours.h"

namespace support {

__extension__ typedef __float128 Quad;

inline constexpr long double kUndefined = std::numeric_limits<long double>::quiet_NaN();

// Ord and Getis 1995, with the weights given one by one: `weight(i, j)`.
template <class Weight>
long double SlowGetisOrd(const std::vector<double>& x, std::size_t i, bool self, Weight&& weight) {
  Quad n = 0, sum = 0;
  for (std::size_t j = 0; j < x.size(); ++j) {
    if (!self && j == i) continue;
    ++n;
    sum += x[j];
  }
  const Quad mean = sum / n;
  Quad variance = 0, w = 0, s1 = 0, above = 0;
  for (std::size_t j = 0; j < x.size(); ++j) {
    if (!self && j == i) continue;
    const Quad wij = weight(i, j);
    variance += (x[j] - mean) * (x[j] - mean) / n;
    above += wij * (x[j] - mean);
    w += wij;
    s1 += wij * wij;
  }
  const Quad spread = (n * s1 - w * w) / (n - 1);
  return variance > 0 && spread > 0 && w > 0 ? static_cast<long double>(above) / std::sqrt(static_cast<long double>(variance * spread)) : kUndefined;
}

inline std::vector<long double> SlowGetisOrd(const std::vector<double>& x, const geo::Neighbours& neighbours, bool self, bool row_standardised) {
  std::vector<long double> z;
  std::vector<bool> linked(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    linked.assign(x.size(), false);
    if (self) linked[i] = true;
    for (const std::uint32_t j : neighbours[i]) linked[j] = true;
    const long double each = row_standardised ? 1.0L / static_cast<long double>(neighbours[i].size() + (self ? 1 : 0)) : 1.0L;
    z.push_back(SlowGetisOrd(x, i, self, [&](std::size_t, std::size_t j) { return linked[j] ? each : 0; }));
  }
  return z;
}

// Cliff and Ord 1981 with the full matrix of weights.
struct SlowMoran {
  long double i = 0, expected = 0, variance_randomisation = 0, variance_normality = 0;
};

inline SlowMoran SlowGlobalMoran(const std::vector<double>& x, const geo::Neighbours& neighbours, bool row_standardised) {
  const std::size_t size = x.size();
  std::vector<std::vector<Quad>> w(size, std::vector<Quad>(size));
  for (std::size_t i = 0; i < size; ++i) {
    for (const std::uint32_t j : neighbours[i]) w[i][j] = row_standardised ? 1.0L / static_cast<Quad>(neighbours[i].size()) : 1.0L;
  }
  const Quad n = static_cast<Quad>(size);
  Quad mean = 0, second = 0, fourth = 0, cross = 0, s0 = 0, s1 = 0, s2 = 0;
  for (const double value : x) mean += value / n;
  for (std::size_t i = 0; i < size; ++i) {
    const Quad z = x[i] - mean;
    second += z * z;
    fourth += z * z * z * z;
    Quad row = 0, column = 0;
    for (std::size_t j = 0; j < size; ++j) {
      cross += w[i][j] * z * (x[j] - mean);
      s0 += w[i][j];
      s1 += (w[i][j] + w[j][i]) * (w[i][j] + w[j][i]) / 2;
      row += w[i][j];
      column += w[j][i];
    }
    s2 += (row + column) * (row + column);
  }
  SlowMoran moran{.i = static_cast<long double>(n / s0 * cross / second), .expected = static_cast<long double>(-1 / (n - 1))};
  const Quad kurtosis = n * fourth / (second * second);
  moran.variance_normality = static_cast<long double>((n * n * s1 - n * s2 + 3 * s0 * s0) / ((n * n - 1) * s0 * s0)) - moran.expected * moran.expected;
  moran.variance_randomisation =
      static_cast<long double>((n * ((n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0 * s0) - kurtosis * ((n * n - n) * s1 - 2 * n * s2 + 6 * s0 * s0)) /
                               ((n - 1) * (n - 2) * (n - 3) * s0 * s0)) -
      moran.expected * moran.expected;
  return moran;
}

inline long double SlowLocalMoran(const std::vector<double>& x, const geo::Neighbours& neighbours, std::size_t i, bool less_1) {
  const Quad n = static_cast<Quad>(x.size());
  Quad mean = 0, second = 0, around = 0;
  for (const double value : x) mean += value / n;
  for (const double value : x) second += (value - mean) * (value - mean) / (less_1 ? n - 1 : n);
  for (const std::uint32_t j : neighbours[i]) around += x[j] - mean;
  return static_cast<long double>((x[i] - mean) / second * around / static_cast<Quad>(neighbours[i].size()));
}

}  // namespace support
