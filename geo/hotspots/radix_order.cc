#include "geo/hotspots/radix_order.h"

#include <array>
#include <numeric>

#include "geo/types/check.h"

namespace geo {
namespace {

constexpr int kDigitBits = 11;
constexpr std::size_t kDigits = std::size_t{1} << kDigitBits;
constexpr std::size_t kKeysBetweenStopChecks = 262'144;  // about a millisecond

}  // namespace

Result<std::vector<std::uint32_t>> RadixOrder(std::span<const std::uint64_t> keys, const StopSignal& stop) {
  WARDWATCH_CHECK(keys.size() < 0xFFFFFFFF, "{} keys", keys.size());
  std::vector<std::uint32_t> order(keys.size());
  std::iota(order.begin(), order.end(), 0U);
  std::uint64_t differ = 0;
  for (const std::uint64_t key : keys) differ |= key ^ keys[0];
  std::vector<std::uint32_t> next(keys.size());
  for (int shift = 0; shift < 64; shift += kDigitBits) {
    const auto digit = [&](std::uint32_t index) { return keys[index] >> shift & (kDigits - 1); };
    if ((differ >> shift & (kDigits - 1)) == 0) continue;
    std::array<std::uint32_t, kDigits> begin{};
    for (std::uint32_t i = 0; i < keys.size(); ++i) {
      if (i % kKeysBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
      ++begin[digit(i)];
    }
    std::exclusive_scan(begin.begin(), begin.end(), begin.begin(), 0U);
    for (std::size_t i = 0; i < order.size(); ++i) {
      if (i % kKeysBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
      next[begin[digit(order[i])]++] = order[i];
    }
    order.swap(next);
  }
  return order;
}

}  // namespace geo
