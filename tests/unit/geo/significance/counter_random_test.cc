#include "geo/significance/counter_random.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <set>

#include "geo/significance/conditional_draws.h"

namespace geo {
namespace {

// The known answers that Random123 publishes for philox4x32, 10 rounds: zeros, ones, and the digits of pi.
TEST(Philox, GivesThePublishedKnownAnswers) {
  EXPECT_EQ(Philox({0, 0, 0, 0}, {0, 0}), (PhiloxBlock{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(Philox({~0u, ~0u, ~0u, ~0u}, {~0u, ~0u}), (PhiloxBlock{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(Philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}), (PhiloxBlock{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(CounterRandom, RunsThroughItsBlocksInTurn) {
  CounterRandom random(0x299f31d0'a4093822u, 5, 7);
  for (std::uint32_t block = 0; block < 3; ++block) {
    for (const std::uint32_t word : Philox({block, 0, 5, 7}, {0xa4093822, 0x299f31d0})) EXPECT_EQ(random.next(), word);
  }
}

// 3 * 2^30 is the bound at which a plain multiply-shift is most uneven: a third of the numbers would come twice as often.
TEST(CounterRandom, IsEvenBelowAnyBound) {
  for (const std::uint32_t bound : {3u, 7u, 3u << 30}) {
    CounterRandom random(20240502, bound, 0);
    std::array<int, 3> thirds{};
    const int draws = 300'000;
    for (int i = 0; i < draws; ++i) ++thirds[std::uint64_t{random.below(bound)} * 3 / bound];
    if (bound == 7) continue;  // sevenths do not fall into thirds
    for (const int count : thirds) EXPECT_NEAR(count, draws / 3, 5 * std::sqrt(draws * 2.0 / 9)) << bound;
  }
}

// Powers of two tell from a sum which values are in it.
void ExpectEverySubset(std::uint32_t size, std::uint32_t k) {
  std::vector<std::int64_t> values(size);
  for (std::uint32_t j = 0; j < size; ++j) values[j] = std::int64_t{1} << j;
  ConditionalDraws draws(values);
  std::vector<int> seen(std::size_t{1} << size);
  const int rounds = 40'000;
  for (std::uint32_t round = 0; round < rounds; ++round) ++seen[static_cast<std::size_t>(draws.sum(20240502, 2, round, k))];
  double subsets = 1;
  for (std::uint32_t j = 0; j < k; ++j) subsets = subsets * (size - 1 - j) / (j + 1);
  for (std::size_t set = 0; set < seen.size(); ++set) {
    const bool allowed = std::popcount(set) == static_cast<int>(k) && (set & 4) == 0;
    const double expected = allowed ? rounds / subsets : 0;
    EXPECT_NEAR(seen[set], expected, 5 * std::sqrt(expected)) << "set " << set << " of " << k << " of " << size;
  }
}

TEST(ConditionalDraws, TakesEverySubsetOfTheOthersAsOften) {
  for (const std::uint32_t k : {1u, 2u, 3u, 4u, 5u, 6u}) ExpectEverySubset(7, k);
}

TEST(ConditionalDraws, TakesEachValueAsOftenWhenThereAreMany) {
  const std::uint32_t size = 100;
  for (const std::uint32_t k : {16u, 17u, 40u, 60u, 98u}) {
    // One value counts, in turn.
    for (const std::uint32_t marked : {0u, 49u, 51u, 99u}) {
      std::vector<std::int64_t> values(size);
      values[marked] = 1;
      ConditionalDraws draws(values);
      int taken = 0;
      const int rounds = 20'000;
      for (std::uint32_t round = 0; round < rounds; ++round) taken += static_cast<int>(draws.sum(7, 50, round, k));
      const double share = k / 99.0;
      EXPECT_NEAR(taken, rounds * share, 5 * std::sqrt(rounds * share * (1 - share))) << k << " " << marked;
    }
  }
}

}  // namespace
}  // namespace geo
