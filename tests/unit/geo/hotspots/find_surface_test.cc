#include "geo/hotspots/find_surface.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "tests/support/drawn_dataset.h"

namespace geo {
namespace {

constexpr double kEast = 575'000, kNorth = 165'000;
constexpr unsigned kSeed = 20261123;
const Period kYear = Period::CalendarYear(2022);
const Period kNext = Period::CalendarYear(2023);

// 300 incidents over a square of 4 km that the authority covers but for a strip in the east; as many in the second year, further north.
std::shared_ptr<const Snapshot> Scattered(double strip_m = 1'000) {
  DrawnDataset drawn;
  std::mt19937 random(kSeed);
  std::uniform_real_distribution<double> offset(0, 4'000), northerly(2'000, 4'000);
  drawn.add_monthly(kYear, 1, GridPoint::FromMeters(kEast + 2'000, kNorth + 2'000));
  drawn.add_monthly(kNext, 1, GridPoint::FromMeters(kEast + 2'000, kNorth + 2'000));
  for (int i = 0; i < 300; ++i) {
    for (const Period year : {kYear, kNext}) {
      const LocalMinute minute = year.begin * kMinutesPerDay + i;
      drawn.add({GridPoint::FromMeters(kEast + offset(random), kNorth + (year == kYear ? offset(random) : northerly(random))), minute, minute + 1});
    }
  }
  const std::size_t vintage = drawn.add_vintage("wards");
  drawn.add_area(vintage, "W", {{kEast, kNorth}, {kEast + 2'000, kNorth}, {kEast + 2'000, kNorth + 4'000}, {kEast, kNorth + 4'000}});
  drawn.add_area(vintage, "E",
                 {{kEast + 2'000, kNorth}, {kEast + 4'000 - strip_m, kNorth}, {kEast + 4'000 - strip_m, kNorth + 4'000}, {kEast + 2'000, kNorth + 4'000}});
  return drawn.build();
}

SurfaceQuery Ask(const DatasetSnapshot& data, Period period = kYear) {
  SurfaceQuery query;
  query.filter = FilterAll(data, period);
  query.cell_mm = 100'000;
  query.density.bandwidth_m = 400;
  return query;
}

SurfaceAnswer Find(const DatasetSnapshot& data, const SurfaceQuery& query) { return FindSurface(data, query, {}, NeverStop()).value(); }

double Volume(const SurfaceAnswer& answer) {
  double sum = 0;
  for (const double value : answer.values) sum += value;
  return sum * answer.frame.cell_area_m2() / 1e6;
}

TEST(FindSurface, LiesOverTheAreasAndShowsNothingElse) {
  const auto snapshot = Scattered();
  const SurfaceAnswer answer = Find(snapshot->datasets[0], Ask(snapshot->datasets[0]));
  EXPECT_EQ(answer.frame, (RasterFrame{100'000, {1650, 5750}, 31, 41}))
      << "the outline ends where the next cells begin: they hold its edge, and none of its area";
  EXPECT_EQ(answer.shown_cells, 30 * 40);
  EXPECT_EQ(answer.incidents, 312);
  EXPECT_GT(answer.greatest, answer.least);
  // A part of the map is the same as on the whole map.
  SurfaceQuery part = Ask(snapshot->datasets[0]);
  part.extent = GridBox{GridPoint::FromMeters(kEast + 2'450, kNorth + 100), GridPoint::FromMeters(kEast + 3'500, kNorth + 900)};
  const SurfaceAnswer cut = Find(snapshot->datasets[0], part);
  EXPECT_EQ(cut.frame.columns, 12) << "3,500 m is where the twelfth begins";
  int compared = 0;
  for (std::size_t i = 0; i < cut.values.size(); ++i) {
    const CellId cell = cut.frame.cell_at(i);
    if (answer.frame.contains(cell)) {
      EXPECT_NEAR(cut.values[i], answer.values[answer.frame.index_of(cell)], 1e-12 * answer.greatest);
      ++compared;
    } else {
      EXPECT_EQ(cut.shown[i], 0);
      EXPECT_EQ(cut.values[i], 0);
    }
  }
  EXPECT_GT(compared, 40);
}

TEST(FindSurface, DigglesSurfaceAddsUpToTheIncidentsInside) {
  const auto snapshot = Scattered();
  SurfaceQuery query = Ask(snapshot->datasets[0]);
  query.density.edge_correction = EdgeCorrection::kDiggle;
  const SurfaceAnswer answer = Find(snapshot->datasets[0], query);
  std::int64_t inside = 0;
  const auto& data = snapshot->datasets[0];
  for (std::size_t i = 0; i < data.incidents.size(); ++i) {
    inside += DayOfMinute(data.incidents.from_minute[i]) < kYear.end && data.vintages[0].area_of[i] != kOutside ? 1 : 0;
  }
  ASSERT_GT(inside, 200);
  ASSERT_LT(inside, 312);
  EXPECT_NEAR(Volume(answer) * kYear.days() / 365.25, static_cast<double>(inside), 1e-9 * static_cast<double>(inside));
}

TEST(FindSurface, ASecondPeriodIsComparedOnOneScale) {
  const auto snapshot = Scattered(0);
  const DatasetSnapshot& data = snapshot->datasets[0];
  const SurfaceAnswer before = Find(data, Ask(data)), after = Find(data, Ask(data, kNext));
  SurfaceQuery query = Ask(data, kNext);
  query.comparison = SurfaceQuery::Comparison{kYear};
  const SurfaceAnswer difference = Find(data, query);
  EXPECT_EQ(difference.incidents_before, before.incidents);
  EXPECT_LT(difference.least, 0);
  EXPECT_GT(difference.greatest, 0);
  for (std::size_t i = 0; i < difference.values.size(); ++i) EXPECT_NEAR(difference.values[i], after.values[i] - before.values[i], 1e-9);
  query.comparison->measure = SurfaceComparison::kLogRatio;
  query.comparison->floor_per_km2_year = 5;
  const SurfaceAnswer ratio = Find(data, query);
  EXPECT_LT(ratio.shown_cells, difference.shown_cells);
  EXPECT_GT(ratio.shown_cells, 0);
  for (std::size_t i = 0; i < ratio.values.size(); ++i) {
    if (ratio.shown[i] != 0) {
      EXPECT_NEAR(ratio.values[i], std::log(after.values[i] / before.values[i]), 1e-12);
    }
  }
  query.comparison->before = kNext;
  EXPECT_EQ(FindSurface(data, query, {}, NeverStop()).error().field, "comparison.before");
}

TEST(FindSurface, WithoutAreasItLiesAroundTheIncidents) {
  DrawnDataset drawn;
  drawn.add_monthly(kYear, 1, GridPoint::FromMeters(kEast + 50, kNorth + 50));
  const auto snapshot = drawn.build();
  SurfaceQuery query = Ask(snapshot->datasets[0]);
  query.density.kernel = KernelShape::kUniform;
  const SurfaceAnswer answer = Find(snapshot->datasets[0], query);
  EXPECT_EQ(answer.frame.columns, 9);
  EXPECT_EQ(answer.shown_cells, 81);
  query.density.edge_correction = EdgeCorrection::kUniform;
  const auto refused = FindSurface(snapshot->datasets[0], query, {}, NeverStop());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, "NO_AREAS");
}

TEST(FindSurface, WarnsOfCellsTooCoarseForAPicture) {
  const auto snapshot = Scattered();
  SurfaceQuery query = Ask(snapshot->datasets[0]);
  for (const auto& [bandwidth_m, code] : {std::pair{50.0, "BANDWIDTH_UNDER_CELL"}, {299.0, "CELL_OVER_A_THIRD_OF_BANDWIDTH"}}) {
    query.density.bandwidth_m = bandwidth_m;
    EXPECT_EQ(Find(snapshot->datasets[0], query).density.warnings.at(0).code, code);
  }
  query.density.bandwidth_m = 300;
  EXPECT_TRUE(Find(snapshot->datasets[0], query).density.warnings.empty());
}

TEST(FindSurface, RefusesWhatIsTooLargeBeforeItWorks) {
  const auto snapshot = Scattered();
  SurfaceQuery query = Ask(snapshot->datasets[0]);
  query.cell_mm = 1'000;
  SurfaceBudget budget;
  budget.cells = 1'000'000;
  const auto refused = FindSurface(snapshot->datasets[0], query, budget, NeverStop());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, "GRID_TOO_LARGE");
  query.cell_mm = 100'000;
  query.extent = GridBox{GridPoint::FromMeters(-2'000'000, -2'000'000), GridPoint::FromMeters(2'000'000, 2'000'000)};
  EXPECT_EQ(FindSurface(snapshot->datasets[0], query, budget, NeverStop()).error().reason, "GRID_TOO_LARGE");
  query.extent.reset();
  budget.kernel_pairs = 10;
  EXPECT_EQ(FindSurface(snapshot->datasets[0], query, budget, NeverStop()).error().reason, "WORK_BUDGET");
}

TEST(FindSurface, NoIncidentsIsASurfaceOfZeros) {
  const auto snapshot = Scattered();
  SurfaceQuery query = Ask(snapshot->datasets[0]);
  query.filter.categories = {1};
  for (const EdgeCorrection correction : {EdgeCorrection::kNone, EdgeCorrection::kUniform, EdgeCorrection::kDiggle}) {
    query.density.edge_correction = correction;
    const SurfaceAnswer answer = Find(snapshot->datasets[0], query);
    EXPECT_EQ(answer.greatest, 0);
    EXPECT_EQ(answer.shown_cells, 1'200);
  }
  query.density.edge_correction = EdgeCorrection::kNone;
  query.density.adaptive = true;
  EXPECT_EQ(Find(snapshot->datasets[0], query).greatest, 0);
}

}  // namespace
}  // namespace geo
