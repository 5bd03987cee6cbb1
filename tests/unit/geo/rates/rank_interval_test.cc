#include "geo/rates/rank_interval.h"

#include <gtest/gtest.h>

#include <numeric>

namespace geo {
namespace {

const NeverStop kNever;

std::vector<RankRange> Ranges(const std::vector<std::int64_t>& counts, const std::vector<double>& exposures, double widening = 1, int draws = 2000,
                              std::uint64_t seed = 1) {
  return RankRanges(counts, exposures, widening, draws, seed, kNever).value();
}

TEST(RankRanges, TiesShareTheBetterRank) {
  const auto ranges = Ranges({10, 20, 5, 20, 0}, {100, 200, 100, 100, 100});
  const int ranks[] = {2, 2, 4, 1, 5};
  for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(ranges[i].rank, ranks[i]) << i;
}

TEST(RankRanges, IsNarrowWhereRatesAreFarApart) {
  const auto ranges = Ranges({10'000, 1'000, 5'000}, {1, 1, 1});
  const int ranks[] = {1, 3, 2};
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(ranges[i].rank, ranks[i]);
    EXPECT_EQ(ranges[i].low, ranks[i]);
    EXPECT_EQ(ranges[i].high, ranks[i]);
  }
}

TEST(RankRanges, SpansNearlyAllWhereNothingDiffers) {
  const auto ranges = Ranges(std::vector<std::int64_t>(24, 50), std::vector<double>(24, 10));
  for (const RankRange& range : ranges) {
    EXPECT_EQ(range.rank, 1);
    EXPECT_LE(range.low, 3);
    EXPECT_GE(range.high, 22);
  }
}

TEST(RankRanges, WideningWidens) {
  const std::vector<std::int64_t> counts{100, 120, 140, 160, 180, 200, 220, 240};
  const std::vector<double> exposures(8, 1);
  const auto plain = Ranges(counts, exposures), wide = Ranges(counts, exposures, 9);
  int plain_span = 0, wide_span = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    plain_span += plain[i].high - plain[i].low;
    wide_span += wide[i].high - wide[i].low;
  }
  EXPECT_GT(wide_span, plain_span + 8);
}

// With a widening of 50, an area of none has a posterior shape of 0.01: most of its draws are below the least double, and still have an order by chance.
TEST(RankRanges, OrdersByChanceBelowTheLeastDouble) {
  const auto ranges = Ranges({0, 0, 0, 0}, {1, 1, 1, 1}, 50);
  for (const RankRange& range : ranges) {
    EXPECT_EQ(range.low, 1);
    EXPECT_EQ(range.high, 4);
  }
}

TEST(RankRanges, IsTheSameForTheSameSeed) {
  const std::vector<std::int64_t> counts{11, 14, 9, 17};
  const std::vector<double> exposures{3, 4, 2.5, 5};
  const auto one = Ranges(counts, exposures, 1, 200, 7), two = Ranges(counts, exposures, 1, 200, 7);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(one[i].low, two[i].low);
    EXPECT_EQ(one[i].high, two[i].high);
  }
}

class StopAtOnce final : public StopSignal {
 public:
  bool stop_requested() const override { return true; }
  Error reason() const override { return {ErrorCode::kCancelled, "", "CANCELLED", "stopped by the test"}; }
};

TEST(RankRanges, StopsAndRefuses) {
  const std::vector<std::int64_t> counts{1, 2};
  const std::vector<double> exposures{1, 1};
  EXPECT_EQ(RankRanges(counts, exposures, 1, 100, 1, StopAtOnce()).error().code, ErrorCode::kCancelled);
  const std::vector<std::int64_t> many(1001, 1);
  const std::vector<double> their_exposures(1001, 1);
  const Error refused = RankRanges(many, their_exposures, 1, 100'000, 1, kNever).error();
  EXPECT_EQ(refused.code, ErrorCode::kResourceExhausted);
  EXPECT_EQ(refused.reason, "TOO_MANY_DRAWS");
  EXPECT_TRUE(Ranges({}, {}).empty());
}

}  // namespace
}  // namespace geo
