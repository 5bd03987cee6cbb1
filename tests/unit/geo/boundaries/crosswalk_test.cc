#include "geo/boundaries/crosswalk.h"

#include <gtest/gtest.h>

#include <numeric>
#include <optional>

#include "tests/support/square_areas.h"

namespace geo {
namespace {

using support::DrawAreas;
using support::MustBuild;
using Pairs = std::vector<CrosswalkShare>;

std::vector<double> Values(const Pairs& pairs) {
  std::vector<double> values;
  for (const CrosswalkShare& pair : pairs) values.push_back(pair.share);
  return values;
}

Pairs Ground(const AreaSet& from, const AreaSet& to) { return GroundOf(*LayOver(from, to, NeverStop())); }

TEST(GroundOf, ListsOutsideLast) {
  const Pairs ground = Ground(MustBuild("old", DrawAreas("AAAABB", 10)), MustBuild("new", DrawAreas("CDD..E", 10)));
  ASSERT_EQ(ground.size(), 5u);
  EXPECT_EQ(ground[2].from, 0);
  EXPECT_EQ(ground[2].to, kOutside);
  EXPECT_EQ(Values(ground), (std::vector<double>{100, 200, 100, 100, 100}));
}

TEST(SharesOf, FollowTheMass) {
  const Pairs ground{{0, 0, 300}, {0, 1, 100}};
  EXPECT_EQ(Values(SharesOf(ground, ground, 0)), (std::vector<double>{0.75, 0.25}));
  EXPECT_EQ(Values(SharesOf(Pairs{{0, 0, 1}, {0, 1, 3}}, ground, 0)), (std::vector<double>{0.25, 0.75}));
}

TEST(SharesOf, WithoutMassFallBackToGround) {
  const Pairs ground{{0, 0, 300}, {0, 1, 100}, {1, 0, 10}, {1, kOutside, 10}};
  EXPECT_EQ(Values(SharesOf(Pairs{{0, 0, 0}, {0, 1, 0}, {1, 0, 0}, {1, kOutside, 7}}, ground, 0)), (std::vector<double>{0.75, 0.25, 0, 1}));
}

TEST(SharesOf, SliversGiveTheirMassToTheOthers) {
  const Pairs ground{{0, 0, 600}, {0, 1, 4}, {0, 2, 396}};
  const Pairs shares = SharesOf(Pairs{{0, 0, 3}, {0, 1, 50}, {0, 2, 1}}, ground, 0.005);
  EXPECT_EQ(Values(shares), (std::vector<double>{0.75, 0.25}));
  EXPECT_EQ(shares[1].to, 2);
  EXPECT_EQ(SharesOf(ground, ground, 0.004).size(), 3u) << "a share of exactly the least is kept";
  // All mass in the sliver: ground decides.
  EXPECT_EQ(Values(SharesOf(Pairs{{0, 0, 0}, {0, 1, 50}, {0, 2, 0}}, ground, 0.3)), (std::vector<double>{1 - 396.0 / 996, 396.0 / 996}));
}

TEST(SharesOf, AllUnderTheLeastKeepTheLargest) {
  Pairs ground;
  for (AreaIndex to = 0; to < 20; ++to) ground.push_back({0, to, to == 7 ? 6.0 : 5.0});
  const Pairs shares = SharesOf(ground, ground, 0.2);
  ASSERT_EQ(shares.size(), 1u);
  EXPECT_EQ(shares[0].to, 7);
  EXPECT_EQ(shares[0].share, 1);
}

TEST(MoveCounts, MovesAndBounds) {
  // Old 0 lies whole in new 0; old 1 is halved; old 2 is a quarter outside.
  const Pairs shares{{0, 0, 1}, {1, 0, 0.5}, {1, 1, 0.5}, {2, 1, 0.75}, {2, kOutside, 0.25}};
  const std::vector<std::optional<double>> counts{10, 20, 40};
  const auto moved = MoveCounts(shares, counts, 2);
  ASSERT_EQ(moved.size(), 3u);
  EXPECT_EQ(moved[0].estimate, 20);
  EXPECT_EQ(moved[0].low, 10);
  EXPECT_EQ(moved[0].high, 30);
  EXPECT_EQ(moved[1].estimate, 40);
  EXPECT_EQ(moved[1].low, 0);
  EXPECT_EQ(moved[1].high, 60);
  EXPECT_EQ(moved[2].estimate, 10);
  EXPECT_EQ(moved[2].low, 0);
  EXPECT_EQ(moved[2].high, 40);
}

TEST(MoveCounts, SaysWhereTheTableHasNoCount) {
  const Pairs shares{{0, 0, 1}, {1, 0, 0.5}, {1, 1, 0.5}};
  const auto moved = MoveCounts(shares, std::vector<std::optional<double>>{10, std::nullopt}, 2);
  EXPECT_EQ(moved[0].estimate, 10);
  EXPECT_EQ(moved[0].not_published, 1);
  EXPECT_EQ(moved[1].estimate, 0);
  EXPECT_EQ(moved[1].not_published, 1);
  EXPECT_EQ(moved[2].not_published, 0);
}

// Where incidents were found only in one part, the other part may still hold counts of another year: it stays in the bounds.
TEST(MoveCounts, APartWithoutMassStaysInTheBounds) {
  const Pairs shares = SharesOf(Pairs{{0, 0, 9}, {0, 1, 0}}, Pairs{{0, 0, 1}, {0, 1, 1}}, 0.005);
  const auto moved = MoveCounts(shares, std::vector<std::optional<double>>{10}, 2);
  EXPECT_EQ(moved[0].estimate, 10);
  EXPECT_EQ(moved[0].low, 0);
  EXPECT_EQ(moved[1].estimate, 0);
  EXPECT_EQ(moved[1].high, 10);
}

TEST(SpreadOver, CutsBlocksAlongBothBorders) {
  // Block x: a third in A and C, two thirds in A and D; block y: half in A and D, half in B and D; z: half in B and D, half in B and nowhere; w: outside.
  const AreaSet from = MustBuild("old", DrawAreas("AAAABBB.", 10)), to = MustBuild("new", DrawAreas("CDDDDD..", 10));
  const AreaSet blocks = MustBuild("blocks", DrawAreas("xxxyyzzw", 10));
  const Pairs ground = Ground(from, to);
  const std::vector<double> held{1000, 30, 10, 8};  // w, x, y, z
  const auto mass = SpreadOver(from, to, blocks, held, ground, NeverStop());
  ASSERT_TRUE(mass) << mass.error().message;
  ASSERT_EQ(mass->size(), 4u);
  EXPECT_DOUBLE_EQ((*mass)[0].share, 10);      // A, C
  EXPECT_DOUBLE_EQ((*mass)[1].share, 20 + 5);  // A, D
  EXPECT_DOUBLE_EQ((*mass)[2].share, 5 + 4);   // B, D
  EXPECT_DOUBLE_EQ((*mass)[3].share, 4);       // B, outside
}

}  // namespace
}  // namespace geo
