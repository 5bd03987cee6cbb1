#include "geo/places/descending_order.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <utility>

#include "geo/types/check.h"

namespace geo {
namespace {

// Eleven bits at a time: the counts of a pass stay in the first cache, and six passes take all 64 bits.
constexpr int kDigitBits = 11, kPasses = 6;
constexpr std::uint64_t kDigits = std::uint64_t{1} << kDigitBits;

// Of doubles over 0, those with the larger bits are the larger.
std::size_t DigitOf(const ValueAt& one, int pass) {
  return static_cast<std::size_t>(~std::bit_cast<std::uint64_t>(one.value) >> (pass * kDigitBits) & (kDigits - 1));
}

}  // namespace

std::vector<ValueAt> DescendingOrder(std::span<const double> values) {
  WARDWATCH_CHECK(values.size() < std::numeric_limits<std::uint32_t>::max(), "{} values", values.size());
  std::vector<ValueAt> order;
  order.reserve(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] > 0 && std::isfinite(values[i])) order.push_back({values[i], static_cast<std::uint32_t>(i)});
  }
  // Below this the counts cost more than the comparisons.
  if (order.size() < kDigits) {
    std::sort(order.begin(), order.end(), [](const ValueAt& a, const ValueAt& b) { return a.value != b.value ? a.value > b.value : a.index < b.index; });
    return order;
  }
  std::vector<std::array<std::uint32_t, kDigits>> counts(kPasses);
  for (const ValueAt& one : order) {
    for (int pass = 0; pass < kPasses; ++pass) ++counts[static_cast<std::size_t>(pass)][DigitOf(one, pass)];
  }
  std::vector<ValueAt> sorted(order.size());
  for (int pass = 0; pass < kPasses; ++pass) {
    auto& next = counts[static_cast<std::size_t>(pass)];
    // All alike in this digit: the pass would move nothing.
    if (next[DigitOf(order.front(), pass)] == order.size()) continue;
    std::uint32_t before = 0;
    for (std::uint32_t& one : next) before += std::exchange(one, before);
    for (const ValueAt& one : order) sorted[next[DigitOf(one, pass)]++] = one;
    order.swap(sorted);
  }
  return order;
}

}  // namespace geo
