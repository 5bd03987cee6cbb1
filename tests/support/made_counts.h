// Random counts that are the same on every machine: the engine of the standard library is defined to the bit, its distributions are not.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>

namespace support {

class MadeCounts {
 public:
  explicit MadeCounts(std::uint64_t seed) : engine_(seed) {}

  // [0, 1)
  double even() { return static_cast<double>(engine_() >> 11) * 0x1p-53; }

  double normal() { return std::sqrt(-2 * std::log(1 - even())) * std::cos(2 * std::numbers::pi * even()); }

  // By the products of Knuth, in parts of at most 30 so that nothing underflows.
  int poisson(double mean) {
    int count = 0;
    for (; mean > 30; mean -= 30) count += small_poisson(30);
    return count + small_poisson(mean);
  }

  // Gamma of shape >= 1 by Marsaglia and Tsang 2000; less than 1 by its power of an even number.
  double gamma(double shape) {
    if (shape < 1) return gamma(shape + 1) * std::pow(1 - even(), 1 / shape);
    const double d = shape - 1.0 / 3, c = 1 / std::sqrt(9 * d);
    while (true) {
      const double z = normal(), v = std::pow(1 + c * z, 3);
      if (v > 0 && std::log(1 - even()) < z * z / 2 + d - d * v + d * std::log(v)) return d * v;
    }
  }

  // Mean and variance dispersion x mean: a Poisson count of a gamma mean. dispersion 1 is Poisson.
  int spread(double mean, double dispersion) {
    if (dispersion <= 1) return poisson(mean);
    return poisson(gamma(mean / (dispersion - 1)) * (dispersion - 1));
  }

 private:
  int small_poisson(double mean) {
    const double limit = std::exp(-mean);
    int count = 0;
    for (double product = 1 - even(); product > limit; product *= 1 - even()) ++count;
    return count;
  }

  std::mt19937_64 engine_;
};

}  // namespace support
