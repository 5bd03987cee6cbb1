// Which cells of a change are told from chance: a corner where incidents rose, an evenly busy rest.
#include "geo/hotspots/changed_cells.h"

#include <gtest/gtest.h>

#include <random>

#include "geo/hotspots/find_surface.h"
#include "geo/rates/rate_ratio_test.h"
#include "geo/significance/benjamini_hochberg.h"
#include "tests/support/drawn_dataset.h"

namespace geo {
namespace {

constexpr double kEast = 575'000, kNorth = 165'000;
const Period kThen = Period::CalendarYear(2021), kNow = Period::CalendarYear(2022);

// `busy` incidents a cell of 250 m in either year over a square of 6 km, drawn at random; in its south-west corner of 1.5 km `factor` times as many in the later.
std::shared_ptr<const Snapshot> Town(unsigned seed, double busy, double factor) {
  DrawnDataset town;
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> within(0, 250);
  for (const Period year : {kThen, kNow}) {
    for (int cell = 0; cell < 24 * 24; ++cell) {
      const double east = cell % 24 * 250.0, north = cell / 24 * 250.0;
      const bool corner = east < 1'500 && north < 1'500;
      std::poisson_distribution<int> draw(corner && year == kNow ? busy * factor : busy);
      for (int left = draw(random); left > 0; --left) {
        const LocalMinute minute = year.begin * kMinutesPerDay + left;
        town.add({GridPoint::FromMeters(kEast + east + within(random), kNorth + north + within(random)), minute, minute + 1});
      }
    }
  }
  const auto wards = town.add_vintage("wards");
  town.add_square(wards, "E01", kEast, kNorth, 6'000);
  return town.build();
}

SurfaceQuery Ask(const DatasetSnapshot& data, Period later, Period before) {
  SurfaceQuery query;
  query.filter = FilterAll(data, later);
  query.density.bandwidth_m = 400;
  query.comparison = SurfaceQuery::Comparison{before, SurfaceComparison::kDifference, 0};
  return query;
}

struct Found {
  SurfaceAnswer surface;
  ChangedCells cells;
};
Found Find(const DatasetSnapshot& data, const SurfaceQuery& query) {
  SurfaceAnswer surface = FindSurface(data, query, {}, NeverStop()).value();
  ChangedCells cells = FindChangedCells(data, query, surface, 0.05, NeverStop()).value();
  return {std::move(surface), std::move(cells)};
}

TEST(ChangedCells, ACornerThatRoseIsFoundAndTheRestIsNot) {
  const auto town = Town(1, 12, 2.5);
  const auto [surface, cells] = Find(town->datasets[0], Ask(town->datasets[0], kNow, kThen));
  int inside = 0, found = 0, away = 0;
  for (std::size_t i = 0; i < surface.frame.size(); ++i) {
    const CellId cell = surface.frame.cell_at(i);
    const double east = cell.column * 100.0 - kEast, north = cell.row * 100.0 - kNorth;
    const bool deep = east < 1'100 && north < 1'100;
    inside += deep;
    found += deep && cells.changed[i] == 1;
    away += (east > 2'000 || north > 2'000) && cells.changed[i] == 1;
  }
  EXPECT_EQ(inside, 121);
  EXPECT_GT(found, 115);
  EXPECT_LE(away, 12) << "of some 3,100; 1 in 20 of those found may be false";
  EXPECT_EQ(cells.tests_made, 3600);
}

TEST(ChangedCells, WithoutAChangeTownsSeldomShowOne) {
  int alarmed = 0;
  for (unsigned seed = 1; seed <= 40; ++seed) {
    const auto town = Town(seed, 3, 1);
    const auto found = Find(town->datasets[0], Ask(town->datasets[0], kNow, kThen));
    alarmed += std::count(found.cells.changed.begin(), found.cells.changed.end(), 1) > 0;
  }
  EXPECT_LE(alarmed, 5) << "of 40; 2 are expected at 5 %";
}

// The obvious way: every incident against every cell.
TEST(ChangedCells, EqualCountsOneByOne) {
  const auto town = Town(7, 5, 3);
  const DatasetSnapshot& data = town->datasets[0];
  const auto [surface, cells] = Find(data, Ask(data, kNow, kThen));
  std::vector<double> p_values;
  std::vector<std::size_t> tested;
  const auto cell_of = [](std::int32_t mm) { return mm / 100'000; };
  for (std::size_t i = 0; i < surface.frame.size(); ++i) {
    if (surface.shown[i] == 0) continue;
    const CellId cell = surface.frame.cell_at(i);
    std::int64_t then = 0, now = 0;
    for (std::size_t row = 0; row < data.incidents.at.size(); ++row) {
      const int dx = cell_of(data.incidents.at[row].easting_mm) - cell.column, dy = cell_of(data.incidents.at[row].northing_mm) - cell.row;
      if (dx * dx + dy * dy > 16) continue;
      (data.incidents.from_minute[row] < kNow.begin * kMinutesPerDay ? then : now) += 1;
    }
    if (then + now < 20) continue;
    tested.push_back(i);
    p_values.push_back(WidenedPValue(ConditionalPValue(then, 365, now, 365), cells.dispersion.widening()));
  }
  EXPECT_EQ(cells.tests_made, static_cast<std::int64_t>(tested.size()));
  const auto q_values = AdjustForFalseDiscovery(p_values);
  std::vector<std::uint8_t> expected(surface.frame.size(), 0);
  for (std::size_t i = 0; i < tested.size(); ++i) expected[tested[i]] = q_values[i] <= 0.05;
  EXPECT_EQ(cells.changed, expected);
  EXPECT_GT(std::count(expected.begin(), expected.end(), 1), 50);
}

TEST(ChangedCells, AsManyAsBeforeIsNoChange) {
  DrawnDataset drawn;
  drawn.add_monthly(kThen, 1, GridPoint::FromMeters(kEast + 50, kNorth + 50));
  drawn.add_monthly(kNow, 1, GridPoint::FromMeters(kEast + 50, kNorth + 50));
  drawn.add_square(drawn.add_vintage("wards"), "E01", kEast, kNorth, 1'000);
  const auto town = drawn.build();
  const auto found = Find(town->datasets[0], Ask(town->datasets[0], kNow, kThen));
  EXPECT_GT(found.cells.tests_made, 0);
  EXPECT_LT(found.cells.tests_made, 30) << "out of reach of it there is nothing to test";
  EXPECT_EQ(std::count(found.cells.changed.begin(), found.cells.changed.end(), 1), 0);
}

}  // namespace
}  // namespace geo
