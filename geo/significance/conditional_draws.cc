#include "geo/significance/conditional_draws.h"

#include <algorithm>
#include <array>

namespace geo {
namespace {

// Up to here, comparing with all earlier ones of the draw is faster than remembering them in memory.
constexpr std::uint32_t kFew = 16;

}  // namespace

std::int64_t ConditionalDraws::few(CounterRandom& random, std::uint32_t i, std::uint32_t k) {
  const auto others = static_cast<std::uint32_t>(values_.size() - 1);
  std::array<std::uint32_t, kFew> drawn;
  std::int64_t sum = 0;
  for (std::uint32_t taken = 0; taken < k;) {
    const std::uint32_t index = random.below(others);
    bool fresh = true;
    for (std::uint32_t earlier = 0; earlier < taken; ++earlier) fresh &= drawn[earlier] != index;
    if (!fresh) continue;
    drawn[taken++] = index;
    sum += values_[index + (index >= i)];
  }
  return sum;
}

std::int64_t ConditionalDraws::many(CounterRandom& random, std::uint32_t i, std::uint32_t k) {
  const auto others = static_cast<std::uint32_t>(values_.size() - 1);
  stamps_.resize(others);
  if (++stamp_ == 0) {
    std::fill(stamps_.begin(), stamps_.end(), 0);
    stamp_ = 1;
  }
  std::int64_t sum = 0;
  for (std::uint32_t taken = 0; taken < k;) {
    const std::uint32_t index = random.below(others);
    if (stamps_[index] == stamp_) continue;
    stamps_[index] = stamp_;
    ++taken;
    sum += values_[index + (index >= i)];
  }
  return sum;
}

std::int64_t ConditionalDraws::sum(std::uint64_t seed, std::uint32_t i, std::uint32_t permutation, std::uint32_t k) {
  CounterRandom random(seed, i, permutation);
  const auto others = static_cast<std::uint32_t>(values_.size() - 1);
  // Past half of the others it is cheaper to draw who is left out; so a draw misses less than every second time.
  const bool complement = k > others / 2;
  const std::uint32_t draws = complement ? others - k : k;
  const std::int64_t drawn = draws <= kFew ? few(random, i, draws) : many(random, i, draws);
  return complement ? total_ - values_[i] - drawn : drawn;
}

}  // namespace geo
