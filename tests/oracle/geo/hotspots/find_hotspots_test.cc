// FindHotspots against the definitions written out with maps and loops over every row.
#include "geo/hotspots/find_hotspots.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <random>

#include "tests/support/drawn_dataset.h"

namespace geo {
namespace {

constexpr unsigned kSeed = 25002;

struct SlowCell {
  std::int64_t incidents = 0;
  double weight = 0;
  std::map<GridPoint, double> places;
};
using SlowCells = std::map<CellId, SlowCell>;

struct SlowYear {
  SlowCells cells;
  std::vector<std::pair<CellId, double>> ranked;  // weight descending, then id
  std::size_t k = 0;
  double total = 0;
};

SlowYear Count(const DatasetSnapshot& data, const HotspotQuery& query, Period period) {
  SlowYear year;
  const IncidentColumns& rows = data.incidents;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows.from_minute[i] < period.begin * kMinutesPerDay || rows.from_minute[i] >= period.end * kMinutesPerDay) continue;
    if (std::find(query.filter.categories.begin(), query.filter.categories.end(), rows.category[i]) == query.filter.categories.end()) continue;
    const double weight = query.filter.window.always() ? 1 : WindowShare(query.filter.window, rows.from_minute[i], rows.to_minute[i]);
    if (weight == 0 || rows.at[i] == kUnlocated) continue;
    SlowCell& cell = year.cells[query.cells.cell_of(rows.at[i])];
    ++cell.incidents;
    cell.weight += weight;
    cell.places[rows.at[i]] += weight;
  }
  for (const auto& [id, cell] : year.cells) year.ranked.emplace_back(id, cell.weight);
  std::stable_sort(year.ranked.begin(), year.ranked.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  for (const auto& [id, weight] : year.ranked) year.total += weight;
  for (double sum = 0; year.k < year.ranked.size() && (year.k == 0 || sum / year.total < query.share);) sum += year.ranked[year.k++].second;
  return year;
}

bool IsHot(const SlowYear& year, CellId cell) {
  return std::any_of(year.ranked.begin(), year.ranked.begin() + static_cast<std::ptrdiff_t>(year.k), [cell](const auto& entry) { return entry.first == cell; });
}

double SlowDensity(const SlowYear& year, GridPoint centre, double bandwidth_m) {
  const long double r = bandwidth_m / 1000.0L;
  long double sum = 0;
  for (const auto& [id, cell] : year.cells) {
    for (const auto& [place, weight] : cell.places) {
      const long double e = (static_cast<long double>(place.easting_mm) - centre.easting_mm) / 1e6L;
      const long double n = (static_cast<long double>(place.northing_mm) - centre.northing_mm) / 1e6L;
      const long double u2 = (e * e + n * n) / (r * r);
      if (u2 < 1) sum += weight * (1 - u2) * (1 - u2);
    }
  }
  return static_cast<double>(sum * 3 / (std::numbers::pi_v<long double> * r * r));
}

// Snapped places, free places, windows of all lengths, a few unlocated, three years. Windows last a power of two of minutes and open and close on powers of
// two, so that every share is a binary fraction and every sum of them exact: ties are ties in any order of addition.
DrawnDataset Draw(std::mt19937& random, int n) {
  DrawnDataset drawn;
  std::vector<GridPoint> snaps;
  for (int i = 0; i < 40; ++i)
    snaps.push_back({570'000'000 + static_cast<std::int32_t>(random() % 4'000'000), 160'000'000 + static_cast<std::int32_t>(random() % 4'000'000)});
  const LocalDay begin = DayOf(2020, 1, 1);
  for (int i = 0; i < n; ++i) {
    GridPoint at = snaps[random() % (1 + random() % snaps.size())];
    if (random() % 3 == 0) at = {570'000'000 + static_cast<std::int32_t>(random() % 4'000'000), 160'000'000 + static_cast<std::int32_t>(random() % 4'000'000)};
    if (random() % 25 == 0) at = kUnlocated;
    const LocalMinute from = (begin + static_cast<LocalDay>(random() % 1096)) * kMinutesPerDay + static_cast<LocalMinute>(random() % 1440);
    drawn.add({at, from, from + (1 << random() % 12), static_cast<CategoryIndex>(random() % 2)});
  }
  return drawn;
}

TEST(FindHotspotsOracle, AgreesWithMapsAndLoops) {
  std::mt19937 random(kSeed);
  for (int round = 0; round < 24; ++round) {
    SCOPED_TRACE(testing::Message() << "seed " << kSeed << " round " << round);
    const auto snapshot = Draw(random, round < 4 ? 30 : 4000).build();
    const DatasetSnapshot& data = snapshot->datasets[0];
    HotspotQuery query;
    query.filter = FilterAll(data, Period::CalendarYear(2022));
    if (round % 3 == 1) query.filter.categories = {1};
    if (round % 4 == 3) query.filter.window = TimeOfWeek{1024, 512, 0x7F};
    query.cells = CellGrid(round % 2 == 0 ? CellShape::kSquare : CellShape::kHexagon, 100'000 + static_cast<std::int32_t>(random() % 400'000));
    query.share = round % 6 == 5 ? 1.0 : 0.05 + static_cast<double>(random() % 90) / 100;
    query.density.bandwidth_m = 50 + static_cast<double>(random() % 1500);
    query.selection = round % 2 == 1 ? CellSelection::kOccupied : CellSelection::kHot;
    const HotspotAnswer answer = FindHotspots(data, query, {}, NeverStop()).value();

    const SlowYear now = Count(data, query, query.filter.period);
    const SlowYear last = Count(data, query, Period::CalendarYear(2021));
    const SlowYear first = Count(data, query, Period::CalendarYear(2020));
    ASSERT_EQ(answer.cells.size(), query.selection == CellSelection::kOccupied ? now.ranked.size() : now.k);
    EXPECT_EQ(answer.hot_cells, static_cast<int>(now.k));
    EXPECT_EQ(answer.occupied_cells, static_cast<int>(now.ranked.size()));
    EXPECT_EQ(answer.located_weight, now.total);
    double running = 0;
    for (std::size_t i = 0; i < answer.cells.size(); ++i) {
      const HotCell& cell = answer.cells[i];
      const SlowCell& slow = now.cells.at(now.ranked[i].first);
      ASSERT_EQ(cell.cell, now.ranked[i].first) << i;
      EXPECT_EQ(cell.incidents, slow.incidents);
      EXPECT_EQ(cell.weight, slow.weight);
      EXPECT_EQ(cell.hot, i < now.k);
      running += slow.weight;
      EXPECT_NEAR(cell.cumulative_share, running / now.total, 1e-15);
      double top = 0;
      for (const auto& [place, weight] : slow.places) top = std::max(top, weight);
      EXPECT_EQ(cell.top_point_share, top / slow.weight);
      const double density = SlowDensity(now, cell.centre, query.density.bandwidth_m);
      EXPECT_NEAR(cell.density_per_km2, density, 1e-12 * density);
      for (std::size_t y = 0; y < 2; ++y) EXPECT_EQ(cell.hot_in[y] != 0, answer.years[y].covered && IsHot(y == 0 ? first : last, cell.cell));
    }
  }
}

}  // namespace
}  // namespace geo
