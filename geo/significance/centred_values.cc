#include "geo/significance/centred_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "geo/significance/compensated_sum.h"
#include "geo/types/check.h"

namespace geo {
namespace {

constexpr std::size_t kBetweenStopChecks = 262'144;
// Beyond these even a shift or a square could overflow or vanish.
constexpr double kLargest = 1e100, kSmallest = 1e-100;

struct Range {
  double low = 0, high = 0;
  double mean = 0;  // nearly: by plain sums of differences from one of the values
  bool whole = true;
  std::int64_t n = 0;
};

template <class Visit>
Result<void> EachTaken(std::size_t size, std::span<const std::uint8_t> taken, const StopSignal& stop, Visit&& visit) {
  for (std::size_t begin = 0; begin < size; begin += kBetweenStopChecks) {
    if (stop.stop_requested()) return Fail(stop.reason());
    const std::size_t end = std::min(size, begin + kBetweenStopChecks);
    if (taken.empty()) {
      for (std::size_t i = begin; i < end; ++i) visit(i);
    } else {
      for (std::size_t i = begin; i < end; ++i) {
        if (taken[i]) visit(i);
      }
    }
  }
  return {};
}

// Whole values so small that no partial sum of their differences from a whole number between them, nor of the squares of these, can round.
bool SumsAreExact(const Range& range) {
  const double spread = range.high - range.low + 1;
  return range.whole && std::max(std::abs(range.low), std::abs(range.high)) < 0x1p52 && spread * spread * static_cast<double>(range.n) < 0x1p52;
}

// The value of which there is one while all others are equal. For n >= 3.
std::optional<std::size_t> LoneValue(std::span<const double> d, std::span<const std::uint8_t> taken, const Range& range, double low, double high) {
  if (range.n < 3 || range.low == range.high) return std::nullopt;
  std::int64_t at_low = 0, at_high = 0;
  std::size_t last_low = 0, last_high = 0;
  for (std::size_t i = 0; i < d.size(); ++i) {
    if (!taken.empty() && !taken[i]) continue;
    if (d[i] == low) ++at_low, last_low = i;
    else if (d[i] == high) ++at_high, last_high = i;
    else return std::nullopt;
    if (at_low > 1 && at_high > 1) return std::nullopt;
  }
  return at_low == 1 ? last_low : last_high;
}

Result<Range> RangeOf(std::span<const double> values, std::span<const std::uint8_t> taken, double scale, const StopSignal& stop) {
  Range range{.low = HUGE_VAL, .high = -HUGE_VAL};
  std::size_t first = 0;
  while (!taken.empty() && first < taken.size() && !taken[first]) ++first;
  const double one = first < values.size() ? values[first] * scale : 0;
  double sum = 0;
  bool finite = true;
  auto done = EachTaken(values.size(), taken, stop, [&](std::size_t i) {
    const double value = values[i] * scale;
    finite &= std::isfinite(value);
    range.low = std::min(range.low, value);
    range.high = std::max(range.high, value);
    range.whole &= std::abs(value) < 0x1p52 && value == static_cast<double>(static_cast<std::int64_t>(value));
    sum += value - one;
    ++range.n;
  });
  if (!done) return Fail(std::move(done.error()));
  if (!finite) {
    return Fail({ErrorCode::kInvalidArgument, "significance.values", "NOT_FINITE",
                 "a value is not a number or is infinite; every cell needs a finite count or weight"});
  }
  if (range.n > 0) range.mean = one + sum / static_cast<double>(range.n);
  return range;
}

// In pairs of doubles, and squares about the mean itself.
Result<void> CentreFractions(CentredValues& centred, double shift, double after, const StopSignal& stop) {
  CompensatedSum sum, squares;
  auto done = EachTaken(centred.d.size(), centred.taken, stop, [&](std::size_t i) {
    centred.d[i] = (centred.x(i) - shift) * after;
    sum.add(centred.d[i]);
  });
  if (!done) return done;
  centred.sum = sum.value();
  centred.mean = centred.sum / static_cast<double>(centred.n);
  done = EachTaken(centred.d.size(), centred.taken, stop, [&](std::size_t i) { squares.add((centred.d[i] - centred.mean) * (centred.d[i] - centred.mean)); });
  if (!done) return done;
  centred.sum_squares = squares.value();
  return {};
}

}  // namespace

CentredValues::Others CentredValues::without(std::size_t i) const {
  const double off = d[i] - mean, others = static_cast<double>(n - 1);
  // The square of one value out of the sum of all cancels; while at least half is left it costs one bit. At most two values take more than that.
  const double cut = off * off * (static_cast<double>(n) / others);
  if (cut <= 0.5 * sum_squares) return {.mean = mean - off / others, .sum_squares = sum_squares - cut};
  const auto each = [&](auto&& visit) {
    for (std::size_t j = 0; j < d.size(); ++j) {
      if (j != i && (taken.empty() || taken[j])) visit(x(j));
    }
  };
  CompensatedSum total, residue, squares;
  each([&](double value) { total.add(value); });
  const double near = total.value() / others;
  each([&](double value) { residue.add(value - near); });
  const double left = residue.value() / others;
  each([&](double value) { squares.add((value - near - left) * (value - near - left)); });
  return {.mean = near, .sum_squares = squares.value(), .more_mean = left, .afresh = true};
}

Result<CentredValues> Centre(std::span<const double> values, std::span<const std::uint8_t> taken, const StopSignal& stop) {
  WARDWATCH_CHECK(taken.empty() || taken.size() == values.size(), "{} values, {} marks", values.size(), taken.size());
  CentredValues centred;
  centred.values = values;
  centred.taken = taken;
  centred.d.resize(values.size());
  auto range = RangeOf(values, taken, 1, stop);
  if (!range) return Fail(std::move(range.error()));
  centred.n = range->n;
  if (range->n == 0) return centred;
  double& before = centred.before;
  const double largest = std::max(std::abs(range->low), std::abs(range->high));
  if (largest > kLargest || (largest > 0 && largest < kSmallest)) {
    before = largest > kLargest ? 0x1p-600 : 0x1p600;
    range = RangeOf(values, taken, before, stop);
    if (!range) return Fail(std::move(range.error()));
  }
  centred.all_equal = range->low == range->high;
  if (centred.all_equal) return centred;
  centred.exact_sums = SumsAreExact(*range);
  double shift = range->mean;
  if (centred.exact_sums) shift = std::nearbyint(shift);
  const int exponent = std::ilogb(std::max(range->high - shift, shift - range->low)) + 1;
  const double after = std::ldexp(1.0, -exponent);
  if (centred.exact_sums) {
    // Nothing rounds here, and the shift is within half a step of the mean: the squares about it are at most twice those about the mean.
    double sum = 0, squares = 0;
    auto done = EachTaken(values.size(), taken, stop, [&](std::size_t i) {
      const double d = (centred.x(i) - shift) * after;
      centred.d[i] = d;
      sum += d;
      squares += d * d;
    });
    if (!done) return Fail(std::move(done.error()));
    centred.sum = sum;
    centred.mean = sum / static_cast<double>(range->n);
    centred.sum_squares = squares - centred.mean * sum;
  } else {
    auto done = CentreFractions(centred, shift, after, stop);
    if (!done) return Fail(std::move(done.error()));
  }
  centred.lone = LoneValue(centred.d, taken, *range, (range->low - shift) * after, (range->high - shift) * after);
  return centred;
}

}  // namespace geo
