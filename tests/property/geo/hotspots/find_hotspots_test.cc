// Laws that FindHotspots keeps whatever the data.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <bit>
#include <map>
#include <random>

#include "geo/hotspots/find_hotspots.h"
#include "tests/support/drawn_dataset.h"
#include "tests/support/fixed_seed.h"

namespace geo {
namespace {

constexpr std::int32_t kEastMm = 575'000'000, kNorthMm = 165'000'000;
const Period kYear = Period::CalendarYear(2022);

struct Scene {
  std::vector<DrawnIncident> incidents;
  CellGrid cells{CellShape::kSquare, 250'000};
  double share = 0.25;
};

// Places repeat often and lie within a few cells, some on their edges; times over two years; a few without a place.
Scene AnyScene(bool hexagons) {
  Scene scene;
  const auto n = *rc::gen::inRange(0, 120);
  const auto extent = *rc::gen::element(1'000, 400'000, 2'000'000);
  for (int i = 0; i < n; ++i) {
    DrawnIncident incident;
    incident.at = {kEastMm + *rc::gen::inRange(0, extent) / 500 * 500, kNorthMm + *rc::gen::inRange(0, extent) / 500 * 500};
    if (*rc::gen::inRange(0, 20) == 0) incident.at = kUnlocated;
    incident.from = DayOf(2021, 1, 1) * kMinutesPerDay + *rc::gen::inRange(0, 730 * kMinutesPerDay);
    incident.to = incident.from + *rc::gen::element(1, 60, 611, 1440);
    incident.category = static_cast<CategoryIndex>(*rc::gen::inRange(0, 2));
    scene.incidents.push_back(incident);
  }
  if (hexagons) scene.cells = CellGrid(CellShape::kHexagon, *rc::gen::inRange(10'000, 500'000));
  else scene.cells = CellGrid(CellShape::kSquare, *rc::gen::inRange(10'000, 500'000));
  scene.share = *rc::gen::element(0.01, 0.1, 0.25, 0.5, 0.8, 1.0);
  return scene;
}

DrawnDataset Dataset(const Scene& scene) {
  DrawnDataset drawn;
  drawn.incidents() = scene.incidents;
  // One without a place, so that the year always meets the data: a year of which there is none is refused, and has a test of its own.
  drawn.add({kUnlocated, kYear.begin * kMinutesPerDay, kYear.begin * kMinutesPerDay + 1});
  return drawn;
}

HotspotAnswer Ask(const DatasetSnapshot& data, const Scene& scene, bool evenings = false) {
  HotspotQuery query;
  query.filter = FilterAll(data, kYear);
  if (evenings) query.filter.window = TimeOfWeek{18 * 60, 2 * 60, 0x7F};
  query.cells = scene.cells;
  query.share = scene.share;
  query.previous_years = 1;
  query.selection = CellSelection::kOccupied;
  return FindHotspots(data, query, {}, NeverStop()).value();
}

// Every bit that an answer shows.
std::vector<std::uint64_t> Bits(const HotspotAnswer& answer, CellId shift = {}) {
  std::vector<std::uint64_t> bits{static_cast<std::uint64_t>(answer.incidents), std::bit_cast<std::uint64_t>(answer.located_weight)};
  for (const HotCell& cell : answer.cells) {
    bits.push_back(static_cast<std::uint64_t>(cell.cell.row - shift.row));
    bits.push_back(static_cast<std::uint64_t>(cell.cell.column - shift.column));
    for (const double value : {cell.weight, cell.share, cell.cumulative_share, cell.density_per_km2, cell.density_per_km2_year, cell.top_point_share}) {
      bits.push_back(std::bit_cast<std::uint64_t>(value));
    }
    bits.push_back(static_cast<std::uint64_t>(cell.persistence) << 1 | (cell.hot ? 1U : 0U));
  }
  return bits;
}

RC_GTEST_PROP(FindHotspotsProperty, OrderOfLoadingIsOfNoAccount, ()) {
  const Scene scene = AnyScene(*rc::gen::arbitrary<bool>());
  const DrawnDataset drawn = Dataset(scene);
  const bool evenings = *rc::gen::arbitrary<bool>();
  const auto straight = drawn.build();
  const auto shuffled = drawn.build(*rc::gen::inRange(1U, 1'000'000U));
  RC_ASSERT(Bits(Ask(straight->datasets[0], scene, evenings)) == Bits(Ask(shuffled->datasets[0], scene, evenings)));
}

RC_GTEST_PROP(FindHotspotsProperty, PartsAddUpToTheWhole, ()) {
  const Scene scene = AnyScene(*rc::gen::arbitrary<bool>());
  const auto snapshot = Dataset(scene).build();
  const HotspotAnswer answer = Ask(snapshot->datasets[0], scene);
  std::int64_t in_cells = 0;
  for (const HotCell& cell : answer.cells) in_cells += cell.incidents;
  RC_ASSERT(in_cells + answer.unlocated == answer.incidents);
  RC_ASSERT(answer.located_weight == static_cast<double>(in_cells));
  RC_ASSERT((answer.cells.empty() || answer.cells.back().cumulative_share == 1.0));
}

// The k-set is enough, and one cell fewer is not; and no other set of as few cells carries more.
RC_GTEST_PROP(FindHotspotsProperty, KIsMinimal, ()) {
  const Scene scene = AnyScene(*rc::gen::arbitrary<bool>());
  const auto snapshot = Dataset(scene).build();
  const HotspotAnswer answer = Ask(snapshot->datasets[0], scene);
  const auto k = static_cast<std::size_t>(answer.hot_cells);
  if (answer.cells.empty()) {
    RC_ASSERT(k == 0U);
    return;
  }
  RC_ASSERT(k >= 1U);
  RC_ASSERT(answer.cells[k - 1].cumulative_share >= scene.share);
  RC_ASSERT((k == 1U || answer.cells[k - 2].cumulative_share < scene.share));
  for (std::size_t i = 0; i < answer.cells.size(); ++i) {
    RC_ASSERT(answer.cells[i].hot == (i < k));
    if (i == 0) continue;
    const HotCell& heavier = answer.cells[i - 1];
    RC_ASSERT((heavier.weight > answer.cells[i].weight || (heavier.weight == answer.cells[i].weight && heavier.cell < answer.cells[i].cell)));
  }
}

// Squares shift by any whole number of cells. Counts, shares, ranks and densities keep every bit.
RC_GTEST_PROP(FindHotspotsProperty, ShiftingByWholeCellsMovesTheAnswerAlong, ()) {
  Scene scene = AnyScene(false);
  const CellId shift{*rc::gen::inRange(-500, 500), *rc::gen::inRange(-500, 500)};
  const auto here = Dataset(scene).build();
  const HotspotAnswer before = Ask(here->datasets[0], scene);
  for (DrawnIncident& incident : scene.incidents) {
    if (incident.at == kUnlocated) continue;
    incident.at.easting_mm += shift.column * scene.cells.size_mm();
    incident.at.northing_mm += shift.row * scene.cells.size_mm();
  }
  const auto there = Dataset(scene).build();
  RC_ASSERT(Bits(Ask(there->datasets[0], scene), shift) == Bits(before));
}

RC_GTEST_PROP(FindHotspotsProperty, WideningThePeriodLosesNothing, ()) {
  const Scene scene = AnyScene(*rc::gen::arbitrary<bool>());
  const auto snapshot = Dataset(scene).build();
  HotspotQuery query;
  query.filter = FilterAll(snapshot->datasets[0], kYear);
  query.cells = scene.cells;
  query.previous_years = 0;
  query.selection = CellSelection::kOccupied;
  const auto count = [&](Period period) {
    query.filter.period = period;
    std::map<CellId, std::pair<std::int64_t, double>> cells;
    const HotspotAnswer answer = FindHotspots(snapshot->datasets[0], query, {}, NeverStop()).value();
    for (const HotCell& cell : answer.cells) cells[cell.cell] = {cell.incidents, cell.density_per_km2};
    return cells;
  };
  const int days = *rc::gen::inRange(1, 365);
  const auto narrow = count({kYear.begin, kYear.begin + days});
  const auto wide = count(kYear);
  for (const auto& [cell, values] : narrow) {
    RC_ASSERT(wide.count(cell) == 1U);
    RC_ASSERT(wide.at(cell).first >= values.first);
    RC_ASSERT(wide.at(cell).second >= values.second * (1 - 1e-12));
  }
}

// A night cut in two: what is in the first half and what is in the second half is what is in the whole.
RC_GTEST_PROP(FindHotspotsProperty, HalvesOfTheDayAddUpToTheDay, ()) {
  Scene scene = AnyScene(false);
  // A whole day is in neither half: its hour is not known.
  std::erase_if(scene.incidents, [](const DrawnIncident& incident) { return incident.to - incident.from >= kMinutesPerDay; });
  const auto snapshot = Dataset(scene).build();
  const int cut = *rc::gen::inRange(1, 1440);
  HotspotQuery query;
  query.filter = FilterAll(snapshot->datasets[0], kYear);
  query.cells = scene.cells;
  query.previous_years = 0;
  query.selection = CellSelection::kOccupied;
  std::map<CellId, double> whole, halves;
  const HotspotAnswer day = FindHotspots(snapshot->datasets[0], query, {}, NeverStop()).value();
  for (const HotCell& cell : day.cells) whole[cell.cell] = cell.weight;
  for (const TimeOfWeek window : {TimeOfWeek{0, cut, 0x7F}, TimeOfWeek{cut, 1440, 0x7F}}) {
    query.filter.window = window;
    const HotspotAnswer half = FindHotspots(snapshot->datasets[0], query, {}, NeverStop()).value();
    for (const HotCell& cell : half.cells) halves[cell.cell] += cell.weight;
  }
  RC_ASSERT(whole.size() == halves.size());
  for (const auto& [cell, weight] : whole) RC_ASSERT(std::abs(halves.at(cell) - weight) < 1e-9);
}

}  // namespace
}  // namespace geo
