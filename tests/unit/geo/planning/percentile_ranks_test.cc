#include "geo/planning/percentile_ranks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace geo {
namespace {

using testing::ElementsAre;

TEST(PercentileRanks, ByHand) {
  // Five over nothing: 1, 2, 2, 2, 7.
  EXPECT_THAT(PercentileRanks(std::vector<double>{2, 0, 7, 2, 1, 0, 2}), ElementsAre(0.5, 0, 0.9, 0.5, 0.1, 0, 0.5));
}

TEST(PercentileRanks, OfOneAndOfNone) {
  EXPECT_THAT(PercentileRanks(std::vector<double>{0, 3}), ElementsAre(0, 0.5));
  EXPECT_THAT(PercentileRanks(std::vector<double>{0, 0}), ElementsAre(0, 0));
  EXPECT_TRUE(PercentileRanks({}).empty());
}

// The median value that the mid-rank definition gives for no ties: scipy.stats.percentileofscore([1, 2, 3, 4], 3, kind="mean") is 62.5.
TEST(PercentileRanks, AsScipyTellsThem) { EXPECT_THAT(PercentileRanks(std::vector<double>{1, 2, 3, 4}), ElementsAre(0.125, 0.375, 0.625, 0.875)); }

}  // namespace
}  // namespace geo
