// Laws of boundaries laid over each other and of tables moved between them, on ragged tessellations.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include "geo/boundaries/crosswalk.h"
#include "tests/support/fixed_seed.h"
#include "tests/support/ragged_areas.h"
#include "tests/support/square_areas.h"

namespace geo {
namespace {

using support::MustBuild;
using support::RaggedAreas;

std::vector<Area> AnyAreas(int least, int most) {
  return RaggedAreas(*rc::gen::inRange(least, most), *rc::gen::inRange(least, most), 8, *rc::gen::inRange<std::uint64_t>(1, 1'000'000));
}
GroundOverlap Lay(const AreaSet& from, const AreaSet& to) {
  auto laid = LayOver(from, to, NeverStop());
  if (!laid) RC_FAIL(laid.error().message);
  return std::move(*laid);
}
std::vector<std::optional<double>> AnyCounts(std::size_t n) {
  std::vector<std::optional<double>> counts;
  for (std::size_t i = 0; i < n; ++i) {
    const int count = *rc::gen::inRange(-3, 1000);
    counts.push_back(count < 0 ? std::nullopt : std::optional<double>(count));
  }
  return counts;
}
std::vector<CrosswalkShare> AnyMass(std::vector<CrosswalkShare> ground) {
  for (CrosswalkShare& pair : ground) pair.share = *rc::gen::inRange(-5, 50);
  for (CrosswalkShare& pair : ground) pair.share = std::max(0.0, pair.share);
  return ground;
}

RC_GTEST_PROP(LayOverProperty, GroundAddsUp, ()) {
  auto to_areas = AnyAreas(1, 5);
  // A draft: some areas gone, some there twice.
  if (*rc::gen::arbitrary<bool>()) {
    std::erase_if(to_areas, [&](const Area&) { return *rc::gen::inRange(0, 4) == 0; });
    if (auto again = RaggedAreas(2, 2, 8, 7)[1]; true) {
      again.code = "Q";
      to_areas.push_back(again);
    }
  }
  const AreaSet from = MustBuild("old", AnyAreas(1, 5)), to = MustBuild("new", to_areas);
  const GroundOverlap laid = Lay(from, to), back = Lay(to, from);
  std::vector<double> sums = laid.from_outside_m2;
  for (const SharedGround& pair : laid.pairs) {
    RC_ASSERT(pair.area_m2 > 0 && pair.share_of_from > 0 && pair.share_of_from <= 1 && pair.share_of_to > 0 && pair.share_of_to <= 1);
    sums[pair.from] += pair.area_m2;
  }
  for (std::size_t i = 0; i < sums.size(); ++i) {
    RC_ASSERT(std::abs(sums[i] - laid.from_area_m2[i]) <= 1e-6 * laid.from_area_m2[i]);
    RC_ASSERT(laid.from_outside_m2[i] >= 0);
  }
  // The other way round it is the same ground.
  RC_ASSERT(back.pairs.size() == laid.pairs.size());
  for (const SharedGround& pair : back.pairs) {
    const auto same = std::find_if(laid.pairs.begin(), laid.pairs.end(), [&](const SharedGround& p) { return p.from == pair.to && p.to == pair.from; });
    RC_ASSERT(same != laid.pairs.end());
    RC_ASSERT(std::abs(same->area_m2 - pair.area_m2) <= 1e-6 * pair.area_m2 + 1e-3);
  }
}

RC_GTEST_PROP(LayOverProperty, OnItselfEveryAreaIsWhole, ()) {
  const AreaSet areas = MustBuild("old", AnyAreas(1, 6));
  const GroundOverlap laid = Lay(areas, areas);
  RC_ASSERT(laid.pairs.size() == areas.areas().size());
  for (const SharedGround& pair : laid.pairs) RC_ASSERT(pair.from == pair.to && pair.share_of_from == 1 && pair.share_of_to == 1);
  for (const double outside : laid.from_outside_m2) RC_ASSERT(outside == 0);
  const auto predecessors = PredecessorsOf(laid);
  for (std::size_t i = 0; i < predecessors.size(); ++i) RC_ASSERT(predecessors[i] == i);
}

RC_GTEST_PROP(CrosswalkProperty, TotalsAreKeptAndBoundsHold, ()) {
  auto to_areas = AnyAreas(1, 5);
  if (to_areas.size() > 1 && *rc::gen::arbitrary<bool>()) to_areas.pop_back();
  const AreaSet from = MustBuild("old", AnyAreas(1, 5)), to = MustBuild("new", to_areas);
  const auto ground = GroundOf(Lay(from, to));
  const auto mass = AnyMass(ground);
  const double least_share = 0.01 * *rc::gen::inRange(0, 20);
  const auto shares = SharesOf(mass, ground, least_share);
  std::vector<double> of_old(from.areas().size(), 0);
  for (const CrosswalkShare& share : shares) {
    RC_ASSERT(share.share >= 0 && share.share <= 1);
    of_old[share.from] += share.share;
  }
  for (const double sum : of_old) RC_ASSERT(std::abs(sum - 1) < 1e-12);
  RC_ASSERT(std::is_sorted(shares.begin(), shares.end(),
                           [](const CrosswalkShare& a, const CrosswalkShare& b) { return std::pair(a.from, a.to) < std::pair(b.from, b.to); }));
  const auto counts = AnyCounts(from.areas().size());
  const auto moved = MoveCounts(shares, counts, to.areas().size());
  double total = 0, published = 0;
  for (const auto& count : counts) published += count.value_or(0);
  for (const CrosswalkEstimate& estimate : moved) {
    RC_ASSERT(estimate.low <= estimate.estimate && estimate.estimate <= estimate.high);
    total += estimate.estimate;
  }
  RC_ASSERT(std::abs(total - published) <= 1e-9 * (1 + published));
}

RC_GTEST_PROP(CrosswalkProperty, OnItselfTheTableStays, ()) {
  const AreaSet areas = MustBuild("old", AnyAreas(1, 6));
  const auto ground = GroundOf(Lay(areas, areas));
  const auto counts = AnyCounts(areas.areas().size());
  const auto moved = MoveCounts(SharesOf(AnyMass(ground), ground, 0), counts, counts.size());
  for (std::size_t i = 0; i < counts.size(); ++i) {
    RC_ASSERT(moved[i].estimate == counts[i].value_or(0) && moved[i].low == moved[i].estimate && moved[i].high == moved[i].estimate);
    RC_ASSERT(moved[i].not_published == (counts[i] ? 0 : 1));
  }
  RC_ASSERT(moved.back().estimate == 0 && moved.back().high == 0);
}

// Whatever whole-or-nothing allocation of known points made the table, the recount lies in the bounds, as long as nothing is taken for drawing error.
RC_GTEST_PROP(CrosswalkProperty, BoundsHoldTheRecountOfKnownPoints, ()) {
  const AreaSet from = MustBuild("old", AnyAreas(1, 5)), to = MustBuild("new", AnyAreas(1, 5));
  const auto points = support::ClusteredPoints(300, *rc::gen::inRange<std::uint64_t>(1, 1'000'000));
  std::vector<std::optional<double>> table(from.areas().size(), 0.0);
  std::vector<double> truth(to.areas().size() + 1, 0);
  for (const GridPoint point : points) {
    const AreaIndex old_area = from.locate(point), new_area = to.locate(point);
    if (old_area == kOutside) continue;
    *table[old_area] += 1;
    truth[new_area == kOutside ? truth.size() - 1 : new_area] += 1;
  }
  const auto ground = GroundOf(Lay(from, to));
  const auto moved = MoveCounts(SharesOf(ground, ground, 0), table, to.areas().size());
  for (std::size_t i = 0; i < truth.size(); ++i) RC_ASSERT(moved[i].low <= truth[i] && truth[i] <= moved[i].high);
}

// Blocks that are the old areas themselves, each with as much as it has ground, weigh as ground does.
RC_GTEST_PROP(SpreadOverProperty, EvenResidentsWeighAsGround, ()) {
  const AreaSet from = MustBuild("old", AnyAreas(1, 4)), to = MustBuild("new", AnyAreas(1, 4)), blocks = MustBuild("blocks", AnyAreas(1, 6));
  const auto ground = GroundOf(Lay(from, to));
  std::vector<double> held;
  for (const Area& block : blocks.areas()) held.push_back(AreaM2(block.shape));
  const auto mass = SpreadOver(from, to, blocks, held, ground, NeverStop());
  RC_ASSERT(mass.has_value());
  RC_ASSERT(mass->size() == ground.size());
  for (std::size_t i = 0; i < ground.size(); ++i) RC_ASSERT(std::abs((*mass)[i].share - ground[i].share) <= 1e-9 * ground[i].share + 1);
}

}  // namespace
}  // namespace geo
