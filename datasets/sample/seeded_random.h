// Random numbers that are the same on every machine: integers and exactly rounded arithmetic only, no libm.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace sample {

// splitmix64 (Steele, Lea and Flood 2014, Fast splittable pseudorandom number generators). One stream per purpose, keyed by name and number,
// so that a new draw in one part of the generator leaves every other part as it was.
class SeededRandom {
 public:
  SeededRandom(std::string_view purpose, std::uint64_t number);
  std::uint64_t next();
  double unit();     // [0, 1), multiples of 2^-53
  int below(int n);  // 0..n-1
  double between(double low, double high) { return low + (high - low) * unit(); }
  bool chance(double probability) { return unit() < probability; }
  double normal();             // sum of twelve uniforms less six: mean 0, variance 1, never beyond +-6
  int count(double expected);  // near Poisson for an expectation over about 20: normal with equal mean and variance, rounded, at least 0

 private:
  std::uint64_t state_;
};

// Draws an index in proportion to its weight.
class WeightedTable {
 public:
  explicit WeightedTable(const std::vector<double>& weights);
  std::size_t pick(SeededRandom& random) const;
  double total() const { return cumulative_.empty() ? 0 : cumulative_.back(); }

 private:
  std::vector<double> cumulative_;
};

}  // namespace sample
