// The exact distribution of the sum of k values drawn without replacement, for every k up to a limit at once.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/types/stop_signal.h"

namespace geo {

// `times` equal values.
struct ValueGroup {
  std::int64_t value = 0, times = 0;
};

class SumDistribution {
 public:
  // How many multiplications Build will need.
  static double CostOf(std::span<const ValueGroup> groups, std::int64_t most_drawn, std::int64_t largest_sum);
  // groups: distinct values >= 0, ascending. Sums over largest_sum are told apart no further. Memory: (most_drawn + 1) * (largest_sum + 2) doubles.
  // Accuracy: relative error under 1e-10, in the tails too: only products and sums of positive numbers. Errors: of `stop`.
  static Result<SumDistribution> Build(std::span<const ValueGroup> groups, std::int64_t most_drawn, std::int64_t largest_sum, const StopSignal& stop);

  // P(sum <= s) and P(sum >= s) for k drawn. k <= most_drawn, 0 <= s <= largest_sum.
  double at_most(std::int64_t k, std::int64_t s) const { return low_[at(k, s)]; }
  double at_least(std::int64_t k, std::int64_t s) const { return high_[at(k, s)]; }
  // Are both known? Not for a k so far from most_drawn that its numbers vanish in a double.
  bool covers(std::int64_t k) const { return total_[static_cast<std::size_t>(k)] > 1e-250; }

 private:
  std::size_t at(std::int64_t k, std::int64_t s) const { return static_cast<std::size_t>(k * width_ + s); }
  void tally();

  std::int64_t width_ = 0;  // largest_sum + 2: the last column holds all larger sums
  std::vector<double> low_, high_;
  std::vector<double> total_;
};

}  // namespace geo
