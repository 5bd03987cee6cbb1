// Random numbers from a counter: the same for the same question, whichever thread asks and in whatever order.
#pragma once

#include <array>
#include <cstdint>

namespace geo {

using PhiloxBlock = std::array<std::uint32_t, 4>;

// Philox4x32-10: 128 random bits of a 128-bit counter and a 64-bit key.
// Source: Salmon, Moraes, Dror and Shaw 2011, Parallel random numbers: as easy as 1, 2, 3. Proved by the known answers published with Random123.
inline PhiloxBlock Philox(PhiloxBlock counter, std::array<std::uint32_t, 2> key) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t left = std::uint64_t{0xD2511F53u} * counter[0], right = std::uint64_t{0xCD9E8D57u} * counter[2];
    counter = {static_cast<std::uint32_t>(right >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(right),
               static_cast<std::uint32_t>(left >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(left)};
    key[0] += 0x9E3779B9u;
    key[1] += 0xBB67AE85u;
  }
  return counter;
}

// The numbers of one draw: an endless row of 32-bit words that only (seed, a, b) determine.
class CounterRandom {
 public:
  CounterRandom(std::uint64_t seed, std::uint32_t a, std::uint32_t b)
      : key_{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)}, counter_{0, 0, a, b} {}

  std::uint32_t next() {
    if (used_ == 4) {
      block_ = Philox(counter_, key_);
      used_ = 0;
      if (++counter_[0] == 0) ++counter_[1];
    }
    return block_[used_++];
  }
  // Even over 0 .. bound - 1, without bias. Requires bound > 0. Source: Lemire 2019, Fast random integer generation in an interval.
  std::uint32_t below(std::uint32_t bound) {
    std::uint64_t product = std::uint64_t{next()} * bound;
    if (static_cast<std::uint32_t>(product) < bound) {
      const std::uint32_t least = (0u - bound) % bound;
      while (static_cast<std::uint32_t>(product) < least) product = std::uint64_t{next()} * bound;
    }
    return static_cast<std::uint32_t>(product >> 32);
  }

 private:
  std::array<std::uint32_t, 2> key_;
  PhiloxBlock counter_;
  PhiloxBlock block_{};
  std::uint32_t used_ = 4;
};

}  // namespace geo
