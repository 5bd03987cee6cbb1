// The part of a season that is one wave a year: high in one half, low in the other.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace geo {

struct YearlyWave {
  double cosine = 0;
  double sine = 0;
  static double Angle(std::size_t month) { return 2 * std::numbers::pi * static_cast<double>(month) / 12; }
  double at(std::size_t month) const { return cosine * std::cos(Angle(month)) + sine * std::sin(Angle(month)); }
  double amplitude_squared() const { return cosine * cosine + sine * sine; }
};

// Least squares over January to December.
inline YearlyWave WaveOf(const std::array<double, 12>& index) {
  YearlyWave wave;
  for (std::size_t month = 0; month < 12; ++month) {
    wave.cosine += index[month] * std::cos(YearlyWave::Angle(month)) / 6;
    wave.sine += index[month] * std::sin(YearlyWave::Angle(month)) / 6;
  }
  return wave;
}

}  // namespace geo
