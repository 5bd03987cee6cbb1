// Laws of the significance room: what may be done to the map without changing the answer.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>

#include "geo/significance/benjamini_hochberg.h"
#include "geo/significance/getis_ord.h"
#include "geo/significance/moran.h"
#include "tests/support/fixed_seed.h"
#include "tests/support/ragged_areas.h"

namespace geo {
namespace {

const NeverStop kNever;

// A raster with holes, counts or fractions on it, and the same cells as a list.
struct Map {
  RasterFrame frame;
  std::vector<std::uint8_t> analysed;
  std::vector<double> values;  // of the frame
  std::vector<CellId> cells;   // analysed
  std::vector<std::size_t> place;
  std::vector<double> listed() const {
    std::vector<double> out;
    for (const std::size_t i : place) out.push_back(values[i]);
    return out;
  }
};

Map DrawMap() {
  support::SplitMix random(static_cast<std::uint64_t>(*rc::gen::inRange(0, 1'000'000)));
  Map map{.frame = {100'000, {*rc::gen::inRange(-50, 50), *rc::gen::inRange(-50, 50)}, *rc::gen::inRange(1, 25), *rc::gen::inRange(1, 25)}};
  const double share = *rc::gen::inRange(1, 11) / 10.0;
  const bool whole = *rc::gen::arbitrary<bool>();
  for (std::size_t i = 0; i < map.frame.size(); ++i) {
    map.analysed.push_back(share == 1 || random.unit() < share);
    const auto count = static_cast<double>(random.next() % 5 * (random.next() % 3));
    map.values.push_back(whole ? count : count + random.unit());
    if (!map.analysed[i]) continue;
    map.cells.push_back(map.frame.cell_at(i));
    map.place.push_back(i);
  }
  return map;
}

Neighbours Rings(const Map& map, int rings) {
  return CellsWithinRings(map.cells, CellGrid(CellShape::kSquare, map.frame.cell_mm), rings, Adjacency::kQueen, 10'000'000, kNever).value();
}

// Errors are measured against the largest z.
void AssertSame(const std::vector<LocalZ>& a, const std::vector<LocalZ>& b, double sign = 1) {
  RC_ASSERT(a.size() == b.size());
  double largest = 0;
  for (const LocalZ& score : a) largest = std::max(largest, std::abs(score.z));
  for (std::size_t i = 0; i < a.size(); ++i) {
    RC_ASSERT(a[i].status == b[i].status);
    RC_ASSERT(std::isfinite(a[i].z));
    RC_ASSERT(std::abs(a[i].z - sign * b[i].z) <= 1e-12 * largest);
  }
}

RC_GTEST_PROP(GetisOrdLaws, TheRasterFormIsTheListForm, ()) {
  const Map map = DrawMap();
  const bool self = *rc::gen::arbitrary<bool>();
  const int radius = *rc::gen::inRange(1, 6);
  const CellGrid grid(CellShape::kSquare, map.frame.cell_mm);
  for (const bool box : {true, false}) {
    const Neighbours neighbours =
        box ? Rings(map, radius) : CellsWithinDistance(map.cells, grid, std::int64_t{radius} * map.frame.cell_mm, 10'000'000, kNever).value();
    const std::vector<LocalZ> list = GetisOrd(map.listed(), neighbours, {.self = self}, kNever).value();
    const GetisOrdRaster how{.neighbourhood = box ? RasterNeighbourhood::kBox : RasterNeighbourhood::kDisc, .radius_cells = double(radius), .self = self};
    const std::vector<LocalZ> raster = GetisOrdOnRaster(map.values, map.analysed, map.frame, how, kNever).value();
    std::vector<LocalZ> taken;
    for (const std::size_t i : map.place) taken.push_back(raster[i]);
    AssertSame(list, taken);
    for (std::size_t i = 0; i < raster.size(); ++i) RC_ASSERT(map.analysed[i] || (raster[i].z == 0 && raster[i].status == LocalStatus::kNoNeighbours));
  }
}

RC_GTEST_PROP(GetisOrdLaws, UnitsAndOriginOfTheValuesDoNotMatter, ()) {
  const Map map = DrawMap();
  const bool self = *rc::gen::arbitrary<bool>();
  const Neighbours neighbours = Rings(map, 1);
  const auto scores = [&](double factor, double offset) {
    std::vector<double> values = map.listed();
    for (double& value : values) value = std::floor(value * 1024) * factor + offset;  // in steps that no factor or offset below rounds
    return GetisOrd(values, neighbours, {.self = self}, kNever).value();
  };
  const std::vector<LocalZ> plain = scores(1, 0);
  AssertSame(plain, scores(1, 1e9));
  AssertSame(plain, scores(3, -1e9));
  AssertSame(plain, scores(0x1p-300, 0));
  AssertSame(plain, scores(0x1p+900, 0));
  AssertSame(plain, scores(-1, 0), -1);  // the mirror: hot is cold
  AssertSame(plain, scores(-7, 12345), -1);
}

// For whole values not a bit moves: sums do not round, so that no order of adding is better.
RC_GTEST_PROP(GetisOrdLaws, RelabellingPermutesTheAnswer, ()) {
  const Map map = DrawMap();
  const std::vector<double> values = map.listed();
  std::vector<std::uint32_t> to(values.size());
  std::iota(to.begin(), to.end(), 0U);
  support::SplitMix random(values.size());
  for (std::size_t i = to.size(); i > 1; --i) std::swap(to[i - 1], to[random.next() % i]);
  const Neighbours neighbours = Rings(map, 2);
  std::vector<std::vector<std::uint32_t>> lists(values.size());
  std::vector<double> moved(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    moved[to[i]] = values[i];
    for (const std::uint32_t j : neighbours[i]) lists[to[i]].push_back(to[j]);
  }
  const Neighbours relabelled = NeighboursFromLists(lists);
  const bool whole = std::all_of(values.begin(), values.end(), [](double value) { return value == std::floor(value); });
  for (const bool self : {true, false}) {
    const std::vector<LocalZ> before = GetisOrd(values, neighbours, {.self = self}, kNever).value(),
                              after = GetisOrd(moved, relabelled, {.self = self}, kNever).value();
    std::vector<LocalZ> back;
    for (const std::uint32_t i : to) back.push_back(after[i]);
    AssertSame(before, back);
    for (std::size_t i = 0; whole && self && i < back.size(); ++i) RC_ASSERT(std::abs(before[i].z - back[i].z) <= 4e-16 * std::abs(before[i].z));
  }
  const GlobalMoran before = MoransI(values, neighbours, true, kNever).value(), after = MoransI(moved, relabelled, true, kNever).value();
  RC_ASSERT(before.status == after.status);
  RC_ASSERT(std::abs(before.i - after.i) <= 1e-12);
  RC_ASSERT(std::abs(before.z - after.z) <= 1e-9 * std::max(1.0, std::abs(before.z)));
}

template <class T>
bool SameBytes(const std::vector<T>& a, const std::vector<T>& b, bool (*same)(const T&, const T&)) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), same);
}

TEST(Threads, ChangeNoByte) {
  support::SplitMix random(20240502);
  const RasterFrame frame{1'000, {0, 0}, 211, 333};
  std::vector<double> values(frame.size());
  std::vector<std::uint8_t> analysed(frame.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = random.unit() * random.unit() + 1e6;
    analysed[i] = random.unit() < 0.9;
  }
  for (const RasterNeighbourhood shape : {RasterNeighbourhood::kBox, RasterNeighbourhood::kDisc}) {
    for (const bool self : {true, false}) {
      const auto scores = [&](int threads) {
        return GetisOrdOnRaster(values, analysed, frame, {.neighbourhood = shape, .radius_cells = 4, .self = self, .threads = threads}, kNever).value();
      };
      const std::vector<LocalZ> one = scores(1);
      for (const int threads : {2, 8})
        EXPECT_TRUE(SameBytes<LocalZ>(one, scores(threads), [](const LocalZ& a, const LocalZ& b) { return a.z == b.z && a.status == b.status; }));
    }
  }
  std::vector<CellId> cells;
  for (std::size_t i = 0; i < 2'000; ++i) cells.push_back(frame.cell_at(i));
  const Neighbours neighbours = CellsWithinRings(cells, CellGrid(CellShape::kSquare, 1'000), 2, Adjacency::kQueen, 1'000'000, kNever).value();
  const std::span<const double> some(values.data(), cells.size());
  const auto local = [&](int threads) { return LocalMoran(some, neighbours, {.permutations = 199, .threads = threads}, kNever).value(); };
  const std::vector<LocalMoranValue> one = local(1);
  for (const int threads : {2, 8}) {
    EXPECT_TRUE(SameBytes<LocalMoranValue>(
        one, local(threads), [](const LocalMoranValue& a, const LocalMoranValue& b) { return a.i == b.i && a.p == b.p && a.quadrant == b.quadrant; }));
  }
}

// p and quadrant keep to the values' order only; the sign of I is unmoved when hot and cold change places.
RC_GTEST_PROP(LocalMoranLaws, MirrorAndUnitsDoNotMatter, ()) {
  const Map map = DrawMap();
  std::vector<double> values = map.listed();
  for (double& value : values) value = std::floor(value * 1024);
  const Neighbours neighbours = Rings(map, 1);
  const LocalMoranHow how{.permutations = 99, .seed = 7};
  const std::vector<LocalMoranValue> plain = LocalMoran(values, neighbours, how, kNever).value();
  std::vector<double> mirrored = values, scaled = values;
  for (double& value : mirrored) value = -value;
  for (double& value : scaled) value = value * 8 + 1'000'000;
  const std::vector<LocalMoranValue> mirror = LocalMoran(mirrored, neighbours, how, kNever).value(),
                                     scale = LocalMoran(scaled, neighbours, how, kNever).value();
  for (std::size_t i = 0; i < plain.size(); ++i) {
    RC_ASSERT(plain[i].status == mirror[i].status && plain[i].status == scale[i].status);
    RC_ASSERT(plain[i].p == mirror[i].p);
    RC_ASSERT(plain[i].p == scale[i].p);
    RC_ASSERT(plain[i].quadrant == scale[i].quadrant);
    RC_ASSERT(std::abs(plain[i].i - mirror[i].i) <= 1e-11 * std::max(1.0, std::abs(plain[i].i)));
    RC_ASSERT(plain[i].p >= 0.02 && plain[i].p <= 1);
  }
}

// The sorted form, as the paper has it.
RC_GTEST_PROP(FalseDiscoveryLaws, AgreesWithTheSortedFormula, ()) {
  support::SplitMix random(static_cast<std::uint64_t>(*rc::gen::inRange(0, 1'000'000)));
  std::vector<double> p(static_cast<std::size_t>(*rc::gen::inRange(0, 300)));
  for (double& value : p)
    value = random.next() % 4 == 0 ? static_cast<double>(random.next() % 5) / 4 : std::pow(random.unit(), static_cast<double>(1 + random.next() % 60));
  const std::vector<double> q = AdjustForFalseDiscovery(p, kNever).value();
  RC_ASSERT(q == AdjustForFalseDiscovery(p));
  std::vector<double> sorted = p;
  std::sort(sorted.begin(), sorted.end());
  for (std::size_t i = 0; i < p.size(); ++i) {
    double lowest = 1;
    for (std::size_t rank = p.size(); rank > 0 && sorted[rank - 1] >= p[i]; --rank)
      lowest = std::min(lowest, sorted[rank - 1] * (double(p.size()) / double(rank)));
    RC_ASSERT(q[i] == lowest);
  }
}

}  // namespace
}  // namespace geo
