#include "geo/significance/benjamini_hochberg.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <numeric>
#include <utility>

#include "geo/types/check.h"

namespace geo {
namespace {

constexpr int kDigitBits = 11;
constexpr std::size_t kDigits = std::size_t{1} << kDigitBits;
constexpr int kPasses = (64 + kDigitBits - 1) / kDigitBits;
constexpr std::size_t kBetweenStopChecks = 65'536;

struct Entry {
  std::uint64_t key = 0;  // the bits of p: for p >= 0 they order as p does
  std::uint32_t index = 0;
};

// By p, ascending: digit by digit of the bits, which a comparison sort of millions cannot match.
Result<std::vector<Entry>> InOrder(std::span<const double> p_values, const StopSignal& stop) {
  std::vector<Entry> entries(p_values.size()), next(p_values.size());
  std::array<std::array<std::uint32_t, kDigits>, kPasses> begin{};
  for (std::size_t i = 0; i < p_values.size(); ++i) {
    if (i % kBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
    const double p = p_values[i];
    WARDWATCH_CHECK(p >= 0 && p <= 1, "p {}", p);
    entries[i] = {std::bit_cast<std::uint64_t>(p + 0.0), static_cast<std::uint32_t>(i)};
    for (std::size_t pass = 0; pass < kPasses; ++pass) ++begin[pass][entries[i].key >> (pass * kDigitBits) & (kDigits - 1)];
  }
  for (std::size_t pass = 0; pass < kPasses; ++pass) {
    auto& starts = begin[pass];
    const int shift = static_cast<int>(pass) * kDigitBits;
    if (entries.empty() || starts[entries[0].key >> shift & (kDigits - 1)] == entries.size()) continue;  // all share this digit
    std::exclusive_scan(starts.begin(), starts.end(), starts.begin(), 0U);
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (i % kBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
      next[starts[entries[i].key >> shift & (kDigits - 1)]++] = entries[i];
    }
    entries.swap(next);
  }
  return entries;
}

}  // namespace

Result<std::vector<double>> AdjustForFalseDiscovery(std::span<const double> p_values, const StopSignal& stop) {
  WARDWATCH_CHECK(p_values.size() < 0xFFFF'FFFF, "{} tests", p_values.size());
  const auto order = InOrder(p_values, stop);
  if (!order) return Fail(order.error());
  std::vector<double> q(p_values.size());
  double lowest = 1;
  for (std::size_t rank = order->size(); rank > 0; --rank) {
    if (rank % kBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
    const Entry& entry = (*order)[rank - 1];
    // n/k before the product: at rank n the factor is exactly 1, and q never falls below p.
    lowest = std::min(lowest, std::bit_cast<double>(entry.key) * (static_cast<double>(order->size()) / static_cast<double>(rank)));
    q[entry.index] = lowest;
  }
  return q;
}

std::vector<double> AdjustForFalseDiscovery(std::span<const double> p_values) { return std::move(AdjustForFalseDiscovery(p_values, NeverStop()).value()); }

}  // namespace geo
