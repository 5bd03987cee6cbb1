#include "geo/density/adaptive.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/support/ragged_areas.h"

namespace geo {
namespace {

using testing::Each;
using testing::ElementsAre;

const std::vector<GridPoint> kFour = {GridPoint::FromMeters(0, 0), GridPoint::FromMeters(100, 0), GridPoint::FromMeters(0, 100),
                                      GridPoint::FromMeters(5000, 5000)};

TEST(Abramson, AlonePositionsBalanceByTheirWeights) {
  // Out of reach of one another: the pilot at each is its weight times the peak, and the geometric mean by weight is that of 1, 3, 3, 3.
  const std::vector<GridPoint> at = {kFour[0], kFour[3]};
  const std::vector<double> weight = {1, 3};
  const Kernel pilot{.bandwidth_mm = 500'000};
  const auto bandwidth = AbramsonBandwidths({at, weight}, pilot, {}, NeverStop());
  ASSERT_TRUE(bandwidth);
  const double mean = std::exp(3 * std::log(3.0) / 4);
  EXPECT_THAT(*bandwidth, ElementsAre(std::llround(500'000 * std::sqrt(mean)), std::llround(500'000 * std::sqrt(mean / 3))));
}

TEST(Abramson, EqualDensitiesKeepThePilot) {
  const std::vector<GridPoint> at = {kFour[0], kFour[3]};
  const std::vector<double> weight = {2, 2};
  EXPECT_THAT(AbramsonBandwidths({at, weight}, {.bandwidth_mm = 400'000}, {}, NeverStop()).value(), Each(400'000));
}

TEST(Abramson, TrimmedAtFiveTimesAndNoLessThanAMetre) {
  std::vector<GridPoint> at = {kFour[3]};
  std::vector<double> weight = {1e-4};
  at.push_back(kFour[0]);
  weight.push_back(1e4);
  const auto wide = AbramsonBandwidths({at, weight}, {.bandwidth_mm = 200'000}, {}, NeverStop()).value();
  EXPECT_EQ(wide[0], 1'000'000);
  EXPECT_EQ(wide[1], 200'000);
  // A pilot of one metre, and one position eight times as dense as twelve others: the mean is 8^(8/20), and sqrt(8^(8/20) / 8) is under one.
  at.clear();
  for (int i = 0; i < 13; ++i) at.push_back(GridPoint::FromMeters(100 * i, 0));
  weight.assign(13, 1);
  weight[5] = 8;
  const auto narrow = AbramsonBandwidths({at, weight}, {.bandwidth_mm = 1'000}, {}, NeverStop()).value();
  EXPECT_EQ(narrow[5], 1'000);
  EXPECT_EQ(narrow[0], std::llround(1000 * std::pow(8, 0.2)));
  EXPECT_EQ(AbramsonBandwidths({at, weight}, {.bandwidth_mm = 2'000}, {}, NeverStop()).value()[5], std::llround(2000 * std::pow(8, 0.2 - 0.5)));
}

TEST(Abramson, AWeightOfNothingHasNoSayAndADefinedBandwidth) {
  const std::vector<double> weight = {1, 1, 1, 0}, three = {1, 1, 1};
  const std::vector<GridPoint> first(kFour.begin(), kFour.begin() + 3);
  const Kernel pilot{.bandwidth_mm = 300'000};
  const auto with = AbramsonBandwidths({kFour, weight}, pilot, {}, NeverStop()).value();
  const auto without = AbramsonBandwidths({first, three}, pilot, {}, NeverStop()).value();
  EXPECT_THAT(std::vector<std::int64_t>(with.begin(), with.begin() + 3), testing::ElementsAreArray(without));
  EXPECT_EQ(with[3], 1'500'000);
}

TEST(Abramson, NothingToAdaptToIsRefused) {
  const std::vector<double> nothing(4, 0.0);
  const auto refused = AbramsonBandwidths({kFour, nothing}, {}, {}, NeverStop());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kFailedPrecondition);
  EXPECT_EQ(refused.error().reason, "NO_INCIDENTS");
  EXPECT_FALSE(AbramsonBandwidths({}, {}, {}, NeverStop()));
  EXPECT_EQ(AbramsonBandwidths({kFour, std::vector<double>(4, 1.0)}, {.bandwidth_mm = 10}, {}, NeverStop()).error().code, ErrorCode::kInvalidArgument);
}

// The formula, by a loop over pairs, on clusters; and that crowds are narrower than loners.
TEST(Abramson, AgainstALoopOverPairs) {
  const std::vector<GridPoint> at = support::ClusteredPoints(400, 77);
  support::SplitMix random(78);
  std::vector<double> weight;
  for (std::size_t i = 0; i < at.size(); ++i) weight.push_back(1 + static_cast<double>(random.next() % 5));
  const Kernel pilot{.shape = KernelShape::kGaussian, .bandwidth_mm = 350'000};
  const auto bandwidth = AbramsonBandwidths({at, weight}, pilot, {.threads = 2}, NeverStop()).value();
  std::vector<long double> density(at.size(), 0);
  long double log_mean = 0, total = 0;
  for (std::size_t i = 0; i < at.size(); ++i) {
    for (std::size_t j = 0; j < at.size(); ++j) {
      const long double dx = (at[i].easting_mm - at[j].easting_mm) / 350'000.0L, dy = (at[i].northing_mm - at[j].northing_mm) / 350'000.0L;
      density[i] += weight[j] * std::exp(-(dx * dx + dy * dy) / 2);
    }
    log_mean += weight[i] * std::log(density[i]);
    total += weight[i];
  }
  std::int64_t least = bandwidth[0], most = bandwidth[0];
  for (std::size_t i = 0; i < at.size(); ++i) {
    const long double expected = std::min(350'000.0L * 5, 350'000.0L * std::sqrt(std::exp(log_mean / total) / density[i]));
    EXPECT_NEAR(static_cast<double>(bandwidth[i]), static_cast<double>(expected), 0.500001) << i;
    least = std::min(least, bandwidth[i]);
    most = std::max(most, bandwidth[i]);
  }
  EXPECT_LT(least, 350'000);
  EXPECT_GT(most, 700'000);
}

}  // namespace
}  // namespace geo
