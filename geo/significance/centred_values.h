// Values made safe to add and square: shifted next to their mean and scaled by a power of two.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "geo/types/stop_signal.h"

namespace geo {

// Every statistic of this room stays the same when a constant is added to all values or all are multiplied by a positive number, so it may be computed from
// d[i] = (x[i] - shift) * scale. Whole values are shifted by a whole number: all d then are multiples of one power of two, and sums of them exact.
struct CentredValues {
  std::vector<double> d;   // |d| <= 1; 0 where not taken
  std::int64_t n = 0;      // values taken
  double sum = 0;          // of d, correctly rounded but for one unit in the last place
  double mean = 0;         // of d; next to 0 but not 0
  double sum_squares = 0;  // of (d - mean)
  bool all_equal = true;
  bool exact_sums = false;          // whole values, and no sum of them can round
  std::optional<std::size_t> lone;  // the one value that is unlike all others, which are equal

  // The values other than i. Where i dwarfs them, d has lost their digits: `afresh`, and then mean and sum of squares are of x itself.
  struct Others {
    double mean = 0, sum_squares = 0;
    double more_mean = 0;  // mean + more_mean is the mean, to twice as many digits
    bool afresh = false;
  };
  Others without(std::size_t i) const;
  double x(std::size_t i) const { return values[i] * before; }

  std::span<const double> values;  // as given: the caller keeps them
  std::span<const std::uint8_t> taken;
  double before = 1;  // a power of two, where values are so large or small that their squares are not
};

// `taken` empty: all of them. Errors: kInvalidArgument significance.values NOT_FINITE; of `stop`.
Result<CentredValues> Centre(std::span<const double> values, std::span<const std::uint8_t> taken, const StopSignal& stop);

}  // namespace geo
