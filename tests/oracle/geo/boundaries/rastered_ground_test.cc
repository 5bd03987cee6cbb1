// Ground measured a second way: a lattice of points, each located in either set, counts for its square. Gaps and overlaps included.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "geo/boundaries/crosswalk.h"
#include "tests/support/ragged_areas.h"
#include "tests/support/square_areas.h"

namespace geo {
namespace {

using support::MustBuild;
using support::RaggedAreas;

constexpr double kStep_m = 20;
using Triple = std::pair<std::pair<AreaIndex, AreaIndex>, AreaIndex>;

// Squares of the lattice by area of each of the three sets.
std::map<Triple, double> Rastered(const AreaSet& one, const AreaSet& two, const AreaSet& three) {
  std::map<Triple, double> squares;
  const int side = static_cast<int>(support::kWindow_m / kStep_m);
  for (int row = 0; row < side; ++row) {
    for (int column = 0; column < side; ++column) {
      // Off the lattice of the corners by odd amounts, so that no straight border runs through the points.
      const GridPoint at = GridPoint::FromMeters(support::kWindowWest_m + column * kStep_m + 9.877, support::kWindowSouth_m + row * kStep_m + 10.123);
      ++squares[{{one.locate(at), two.locate(at)}, three.locate(at)}];
    }
  }
  return squares;
}

// Of a pair whose border is a few times 5 km long: each metre of it errs by a fraction of a square, at random.
constexpr double kTolerance_m2 = 40'000;

struct Sets {
  AreaSet from, to, blocks;
};
Sets AnySets(std::uint64_t seed, bool draft) {
  auto to = RaggedAreas(4, 3, 16, seed + 1);
  if (draft) {
    to.erase(to.begin() + 4);
    Area first = RaggedAreas(3, 2, 16, seed + 2)[1], last = RaggedAreas(2, 3, 16, seed + 3)[4];
    first.code = "A";
    last.code = "Z";
    to.push_back(first);
    to.push_back(last);
  }
  return {MustBuild("old", RaggedAreas(3, 3, 16, seed)), MustBuild("new", to), MustBuild("blocks", RaggedAreas(7, 6, 8, seed + 4))};
}

class RasteredGround : public testing::TestWithParam<std::tuple<int, bool>> {};

TEST_P(RasteredGround, IsTheSharedGround) {
  const auto [seed, draft] = GetParam();
  const Sets sets = AnySets(static_cast<std::uint64_t>(seed), draft);
  const auto laid = LayOver(sets.from, sets.to, NeverStop());
  ASSERT_TRUE(laid) << laid.error().message;
  std::map<std::pair<AreaIndex, AreaIndex>, double> difference;
  for (const CrosswalkShare& pair : GroundOf(*laid)) difference[{pair.from, pair.to}] += pair.share;
  std::vector<double> to_m2(sets.to.areas().size(), 0);
  for (const auto& [where, squares] : Rastered(sets.from, sets.to, sets.blocks)) {
    if (where.first.second != kOutside) to_m2[where.first.second] += squares * kStep_m * kStep_m;
    if (where.first.first != kOutside) difference[where.first] -= squares * kStep_m * kStep_m;
  }
  for (const auto& [pair, m2] : difference) EXPECT_LT(std::abs(m2), kTolerance_m2) << "seed " << seed << ": " << pair.first << " and " << pair.second;
  for (std::size_t to = 0; to < to_m2.size(); ++to) EXPECT_NEAR(laid->to_area_m2[to], to_m2[to], 2 * kTolerance_m2) << "seed " << seed << ": " << to;
}

TEST_P(RasteredGround, CarriesWhatBlocksHold) {
  const auto [seed, draft] = GetParam();
  const Sets sets = AnySets(static_cast<std::uint64_t>(seed), draft);
  const auto ground = GroundOf(*LayOver(sets.from, sets.to, NeverStop()));
  support::SplitMix random(static_cast<std::uint64_t>(seed) + 99);
  std::vector<double> held, block_m2;
  for (const Area& block : sets.blocks.areas()) {
    held.push_back(std::floor(3000 * random.unit()));
    block_m2.push_back(AreaM2(block.shape));
  }
  const auto mass = SpreadOver(sets.from, sets.to, sets.blocks, held, ground, NeverStop());
  ASSERT_TRUE(mass) << mass.error().message;
  std::map<std::pair<AreaIndex, AreaIndex>, double> rastered;
  for (const auto& [where, squares] : Rastered(sets.from, sets.to, sets.blocks)) {
    if (where.second != kOutside) rastered[where.first] += held[where.second] * squares * kStep_m * kStep_m / block_m2[where.second];
  }
  // A block of 3,000 on about 10 km2: the tolerance on ground is one of a dozen.
  for (const CrosswalkShare& pair : *mass) EXPECT_NEAR(pair.share, (rastered[{pair.from, pair.to}]), 15) << "seed " << seed;
}

INSTANTIATE_TEST_SUITE_P(Seeds, RasteredGround, testing::Combine(testing::Values(1, 2, 3), testing::Bool()));

}  // namespace
}  // namespace geo
