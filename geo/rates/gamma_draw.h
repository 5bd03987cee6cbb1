// The logarithm of a gamma variable drawn from counted random numbers.
#pragma once

#include <cmath>

#include "geo/significance/counter_random.h"

namespace geo {

// Over 0 and under 1, of 53 bits.
inline double EvenDraw(CounterRandom& random) {
  const std::uint64_t high = random.next(), low = random.next();
  return (static_cast<double>((high << 32 | low) >> 11) + 0.5) * 0x1p-53;
}

// Standard normal. Source: Marsaglia and Bray 1964, A convenient method for generating normal variables.
inline double NormalDraw(CounterRandom& random) {
  for (;;) {
    const double x = 2 * EvenDraw(random) - 1, y = 2 * EvenDraw(random) - 1, square = x * x + y * y;
    if (square < 1 && square > 0) return x * std::sqrt(-2 * std::log(square) / square);
  }
}

// log of a gamma variable of this shape (> 0) and scale 1: a small shape's draws lie below the least double, their logarithms do not.
// Source: Marsaglia and Tsang 2000, A simple method for generating gamma variables.
inline double LogGammaDraw(CounterRandom& random, double shape) {
  const double at_least_one = shape < 1 ? shape + 1 : shape;
  const double d = at_least_one - 1.0 / 3, c = 1 / std::sqrt(9 * d);
  for (;;) {
    const double x = NormalDraw(random), root = 1 + c * x;
    if (root <= 0) continue;
    const double v = root * root * root, u = EvenDraw(random);
    if (u >= 1 - 0.0331 * (x * x) * (x * x) && std::log(u) >= 0.5 * x * x + d * (1 - v + std::log(v))) continue;
    const double log_draw = std::log(d * v);
    return shape < 1 ? log_draw + std::log(EvenDraw(random)) / shape : log_draw;
  }
}

}  // namespace geo
