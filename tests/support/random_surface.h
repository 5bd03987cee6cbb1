// Surfaces that are hard on contours and peaks: smooth ones, noise, few distinct values (plateaus at the level), checkerboards, single cells, extreme
// magnitudes.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "geo/density/raster_frame.h"

namespace support {

struct RandomSurface {
  geo::RasterFrame frame;
  std::vector<double> values;
  std::vector<double> levels;  // ascending; among them values of the surface itself
};

// Ten kinds in turn by seed. The same surface for the same seed on every machine with one std::mt19937_64 (no distribution of the library is used).
inline RandomSurface MakeRandomSurface(std::uint64_t seed) {
  std::mt19937_64 random(seed * 0x9E3779B97F4A7C15u + 1);
  const auto below = [&](std::uint64_t n) { return static_cast<std::int32_t>(random() % n); };
  const auto unit = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
  RandomSurface surface;
  constexpr std::int32_t kSizes[] = {1'000, 1'001, 12'500, 99'999, 100'000, 250'000};
  const std::int32_t cell_mm = kSizes[below(6)];
  surface.frame = {cell_mm, {below(4'000) - 1'000, below(4'000) - 1'000}, 1 + below(24), 1 + below(24)};
  const std::uint64_t kind = seed % 10;
  const double sx = 0.2 + unit(), sy = 0.2 + unit();
  for (std::int32_t row = 0; row < surface.frame.rows; ++row) {
    for (std::int32_t column = 0; column < surface.frame.columns; ++column) {
      double value = 0;
      if (kind == 0) value = 2 + std::sin(sx * column) + std::cos(sy * row);
      if (kind == 1) value = unit();
      if (kind == 2) value = below(3);
      if (kind == 3) value = (row + column) % 2 == 0 ? 2 : 1;
      if (kind == 4) value = (row + column) % 2 == 0 ? 4 : 0;
      if (kind == 5) value = below(20) == 0 ? 1 + below(2) : 0;
      if (kind == 6) value = std::pow(10.0, 600 * unit() - 300);
      if (kind == 7) value = below(2) == 0 ? 1 + 0x1p-52 * below(3) : 1;
      if (kind == 8) value = 5 + (below(3) - 1) * 1e-300 - below(8);
      if (kind == 9) value = row == 0 || column == 0 || below(5) == 0 ? 3 : below(4);
      surface.values.push_back(value);
    }
  }
  for (int i = 0; i < 3; ++i) surface.levels.push_back(surface.values[static_cast<std::size_t>(random() % surface.values.size())]);
  surface.levels.push_back(surface.values[0] * 0.5 + surface.values.back() * 0.25);
  surface.levels.push_back(surface.levels[0] * (0.5 + unit()));
  surface.levels.push_back(kind == 7 ? 1 + 0x1p-52 : 1);
  std::erase_if(surface.levels, [](double level) { return !(level > 0) || !std::isfinite(level); });
  std::sort(surface.levels.begin(), surface.levels.end());
  return surface;
}

}  // namespace support
