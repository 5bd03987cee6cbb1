#include "geo/hotspots/radix_order.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <random>

namespace geo {
namespace {

constexpr unsigned kSeed = 4711;

TEST(RadixOrder, IsTheStableOrderOfKeys) {
  std::mt19937_64 random(kSeed);
  for (const std::uint64_t mask : {std::uint64_t{3}, std::uint64_t{0xFFFF}, std::uint64_t{0xFFF0000F00000FFF}, std::numeric_limits<std::uint64_t>::max()}) {
    std::vector<std::uint64_t> keys(5000);
    for (auto& key : keys) key = random() & mask;
    std::vector<std::uint32_t> expected(keys.size());
    std::iota(expected.begin(), expected.end(), 0U);
    std::stable_sort(expected.begin(), expected.end(), [&](std::uint32_t a, std::uint32_t b) { return keys[a] < keys[b]; });
    EXPECT_EQ(RadixOrder(keys, NeverStop()).value(), expected) << "seed " << kSeed << " mask " << mask;
  }
}

TEST(RadixOrder, LeavesNoneOneAndEqualKeysInPlace) {
  EXPECT_TRUE(RadixOrder({}, NeverStop())->empty());
  EXPECT_THAT(RadixOrder(std::vector<std::uint64_t>{7}, NeverStop()).value(), ::testing::ElementsAre(0));
  EXPECT_THAT(RadixOrder(std::vector<std::uint64_t>{7, 7, 7}, NeverStop()).value(), ::testing::ElementsAre(0, 1, 2));
}

}  // namespace
}  // namespace geo
