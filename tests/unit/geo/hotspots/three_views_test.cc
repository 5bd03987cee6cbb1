// Count, density and significance for the same cells.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numbers>

#include "geo/density/density_surface.h"
#include "geo/hotspots/find_hotspots.h"
#include "tests/support/drawn_dataset.h"

namespace geo {
namespace {

constexpr double kEast = 575'000, kNorth = 165'000, kCell = 250;
const Period kYear = Period::CalendarYear(2022);

// METHODS' 5 x 5 map with its ten, each a square; the authority is those 25 cells unless another is drawn.
DrawnDataset FiveByFive(double side_m = 5 * kCell) {
  DrawnDataset drawn;
  const std::map<std::pair<int, int>, int> counts{{{4, 0}, 1}, {{3, 2}, 5}, {{2, 2}, 10}, {{2, 3}, 5}};  // row from the south, column
  for (const auto& [cell, count] : counts) {
    for (int i = 0; i < count; ++i) {
      drawn.add({GridPoint::FromMeters(kEast + (cell.second + 0.5) * kCell, kNorth + (cell.first + 0.5) * kCell), kYear.begin * kMinutesPerDay + i,
                 kYear.begin * kMinutesPerDay + i + 1});
    }
  }
  const std::size_t vintage = drawn.add_vintage("wards");
  drawn.add_square(vintage, "A", kEast + 1, kNorth + 1, side_m - 2);
  return drawn;
}

HotspotQuery Ask(const DatasetSnapshot& data, CellSelection selection) {
  HotspotQuery query;
  query.filter = FilterAll(data, kYear);
  query.previous_years = 0;
  query.selection = selection;
  return query;
}

HotspotAnswer Find(const DatasetSnapshot& data, const HotspotQuery& query) { return FindHotspots(data, query, {}, NeverStop()).value(); }

const HotCell& At(const HotspotAnswer& answer, int row, int column) {
  const CellGrid grid(CellShape::kSquare, 250'000);
  const CellId id = grid.cell_of(GridPoint::FromMeters(kEast + (column + 0.5) * kCell, kNorth + (row + 0.5) * kCell));
  for (const HotCell& cell : answer.cells) {
    if (cell.cell == id) return cell;
  }
  throw std::out_of_range("no such cell in the answer");
}

TEST(ThreeViews, SignificanceOfTheFiveByFiveMap) {
  const auto snapshot = FiveByFive().build();
  HotspotQuery query = Ask(snapshot->datasets[0], CellSelection::kAnalysed);
  query.significance.inference = Inference::kNormal;
  const HotspotAnswer answer = Find(snapshot->datasets[0], query);
  ASSERT_EQ(answer.cells.size(), 25u);
  ASSERT_TRUE(answer.significance);
  EXPECT_EQ(answer.significance->analysed, 25);
  EXPECT_EQ(answer.significance->tests, 25);
  for (const auto& [row, column] : {std::pair{3, 2}, {3, 3}, {2, 2}, {2, 3}}) {
    EXPECT_NEAR(At(answer, row, column).significance.statistic, 2.198882, 5e-7);
    EXPECT_NEAR(At(answer, row, column).significance.p, 0.0279, 5e-5);
    EXPECT_NEAR(At(answer, row, column).significance.q, 0.174289, 5e-7);
    EXPECT_FALSE(At(answer, row, column).significance.significant);
    EXPECT_EQ(At(answer, row, column).significance.confidence, 0);
  }
  EXPECT_NEAR(At(answer, 4, 0).significance.statistic, -0.546179, 5e-7);
  EXPECT_NEAR(At(answer, 4, 4).significance.statistic, -0.777611, 5e-7);
  EXPECT_EQ(answer.significance->hot, 0);
  EXPECT_EQ(answer.significance->mean, 21 / 25.0);
  // Without correction four cells pass; said so, they are shown.
  query.significance.correct = false;
  query.selection = CellSelection::kSignificant;
  const HotspotAnswer raw = Find(snapshot->datasets[0], query);
  EXPECT_EQ(raw.significance->hot, 4);
  EXPECT_EQ(raw.cells.size(), 4u) << "one of them holds no incident, and is hot all the same";
  EXPECT_EQ(At(raw, 3, 3).incidents, 0);
}

TEST(ThreeViews, CellsOutsideTheAreasNeverEnterAsZeros) {
  // The authority is the 3 x 3 cells around the ten: nine values, the corner's incident is another's.
  DrawnDataset drawn = FiveByFive();
  const std::size_t vintage = drawn.add_vintage("small");
  drawn.add_square(vintage, "S", kEast + kCell + 1, kNorth + kCell + 1, 3 * kCell - 2);
  const auto snapshot = drawn.build();
  HotspotQuery query = Ask(snapshot->datasets[0], CellSelection::kAnalysed);
  query.vintage = 1;
  query.significance.inference = Inference::kNormal;
  const HotspotAnswer answer = Find(snapshot->datasets[0], query);
  EXPECT_EQ(answer.significance->analysed, 9);
  EXPECT_EQ(answer.cells.size(), 10u) << "nine analysed, and the occupied cell outside";
  EXPECT_FALSE(At(answer, 4, 0).significance.analysed);
  EXPECT_EQ(At(answer, 2, 2).significance.status, LocalStatus::kWholeSet) << "the middle cell's neighbourhood is all nine";
  // Of nine values 5 10 5 and zeros (mean 20/9), the north-eastern corner sees 5, 0, 10, 5.
  const double mean = 20.0 / 9, sd = std::sqrt(150.0 / 9 - mean * mean);
  EXPECT_NEAR(At(answer, 3, 3).significance.statistic, (20 - 4 * mean) / (sd * std::sqrt((9 * 4 - 16) / 8.0)), 1e-12);
}

TEST(ThreeViews, HexagonsAndAreaFiltersToo) {
  DrawnDataset drawn = FiveByFive(20 * kCell);
  const auto snapshot = drawn.build();
  HotspotQuery query = Ask(snapshot->datasets[0], CellSelection::kAnalysed);
  query.cells = CellGrid(CellShape::kHexagon, 250'000);
  for (const LocalStatistic statistic : {LocalStatistic::kGiStar, LocalStatistic::kGi, LocalStatistic::kLocalMoran}) {
    query.significance.statistic = statistic;
    const HotspotAnswer answer = Find(snapshot->datasets[0], query);
    EXPECT_GT(answer.significance->analysed, 400);
    if (statistic != LocalStatistic::kLocalMoran) {
      EXPECT_GT(answer.significance->hot, 0);
    }
    ASSERT_TRUE(answer.significance->global);
    EXPECT_GT(answer.significance->global->z, 0);
    for (const HotCell& cell : answer.cells) {
      EXPECT_TRUE(cell.significance.analysed);
      EXPECT_TRUE(std::isfinite(cell.significance.statistic) && std::isfinite(cell.density_per_km2) && std::isfinite(cell.top_point_share));
    }
  }
  query.filter.areas = IncidentFilter::AreaFilter{0, {0}};
  EXPECT_GT(Find(snapshot->datasets[0], query).significance->analysed, 400);
}

TEST(ThreeViews, WithoutAreasNothingIsAnalysedAndTheAnswerSaysWhy) {
  DrawnDataset drawn;
  drawn.add_monthly(kYear, 3, GridPoint::FromMeters(kEast, kNorth));
  const auto snapshot = drawn.build();
  const HotspotAnswer answer = Find(snapshot->datasets[0], Ask(snapshot->datasets[0], CellSelection::kOccupied));
  EXPECT_EQ(answer.significance->analysed, 0);
  ASSERT_EQ(answer.significance->warnings.size(), 1u);
  EXPECT_EQ(answer.significance->warnings[0].code, "NO_AREAS");
  EXPECT_FALSE(answer.cells.at(0).significance.analysed);
}

TEST(ThreeViews, WeightsAreHonouredInEveryView) {
  DrawnDataset drawn = FiveByFive(20 * kCell);
  drawn.record().weight_tables.push_back({"harm", "Harm", "1", "days", "test", {{"robbery", 7}}});
  const auto noon = kYear.begin * kMinutesPerDay;
  drawn.add({GridPoint::FromMeters(kEast + 10, kNorth + 10), noon, noon + 1, 1});  // anti-social behaviour: no weight
  const auto snapshot = drawn.build();
  HotspotQuery query = Ask(snapshot->datasets[0], CellSelection::kOccupied);
  query.filter.categories = {0};
  const HotspotAnswer counted = Find(snapshot->datasets[0], query);
  query.filter.categories = {0, 1};
  query.filter.weights = WeightsOf(snapshot->datasets[0].record, 0);
  const HotspotAnswer weighed = Find(snapshot->datasets[0], query);
  EXPECT_EQ(weighed.unweighted, 1);
  ASSERT_EQ(weighed.cells.size(), counted.cells.size());
  for (std::size_t i = 0; i < counted.cells.size(); ++i) {
    EXPECT_EQ(weighed.cells[i].weight, 7 * counted.cells[i].weight);
    EXPECT_EQ(weighed.cells[i].weight_without_largest, 7 * (counted.cells[i].weight - 1)) << "one of them is left out, and no whole position";
    EXPECT_NEAR(weighed.cells[i].density_per_km2, 7 * counted.cells[i].density_per_km2, 1e-12 * weighed.cells[i].density_per_km2);
    EXPECT_NEAR(weighed.cells[i].significance.statistic, counted.cells[i].significance.statistic, 1e-12) << "z does not depend on the unit";
  }
}

TEST(ThreeViews, DensityOfEachKernelIsTheKernelSum) {
  const auto snapshot = FiveByFive(20 * kCell).build();
  HotspotQuery query = Ask(snapshot->datasets[0], CellSelection::kOccupied);
  for (const KernelShape shape : {KernelShape::kQuartic, KernelShape::kGaussian, KernelShape::kEpanechnikov, KernelShape::kTriangular, KernelShape::kUniform,
                                  KernelShape::kTriweight, KernelShape::kNegativeExponential}) {
    query.density.kernel = shape;
    query.density.bandwidth_m = 300;
    const HotspotAnswer answer = Find(snapshot->datasets[0], query);
    const Kernel kernel{shape, 300'000};
    // The cell of ten sees itself, and fives 250 m north and east.
    const double expected = 1e6 * (10 * kernel.peak_per_m2() + 10 * kernel.per_m2(250'000.0 * 250'000.0));
    const double corner = 1e6 * kernel.per_m2(500'000.0 * 500'000.0 * 2);  // the one incident, two rows and columns away
    EXPECT_NEAR(At(answer, 2, 2).density_per_km2, expected + corner, 1e-12 * expected) << NameOf(shape);
  }
}

TEST(ThreeViews, EdgeCorrectionGivesBackWhatTheOutlineCutsOff) {
  // One incident in the corner of a square authority: three quarters of its kernel lie outside.
  DrawnDataset drawn;
  const std::size_t vintage = drawn.add_vintage("wards");
  drawn.add_square(vintage, "A", kEast, kNorth, 20 * kCell);
  drawn.add({GridPoint::FromMeters(kEast + 125, kNorth + 125), kYear.begin * kMinutesPerDay, kYear.begin * kMinutesPerDay + 1});
  const auto snapshot = drawn.build();
  HotspotQuery query = Ask(snapshot->datasets[0], CellSelection::kOccupied);
  query.density.bandwidth_m = 2'000;
  const double plain = Find(snapshot->datasets[0], query).cells.at(0).density_per_km2;
  for (const EdgeCorrection correction : {EdgeCorrection::kUniform, EdgeCorrection::kDiggle}) {
    query.density.edge_correction = correction;
    const double corrected = Find(snapshot->datasets[0], query).cells.at(0).density_per_km2;
    EXPECT_GT(corrected, 2.5 * plain);
    EXPECT_LT(corrected, 4 * plain);
  }
  query.density.adaptive = true;
  EXPECT_EQ(FindHotspots(snapshot->datasets[0], query, {}, NeverStop()).error().field, "density.adaptive");
}

TEST(ThreeViews, RulesAreFollowedAndExplained) {
  const auto snapshot = FiveByFive(20 * kCell).build();
  HotspotQuery query = Ask(snapshot->datasets[0], CellSelection::kOccupied);
  query.density.rule = BandwidthRule::kScott;
  const HotspotAnswer answer = Find(snapshot->datasets[0], query);
  EXPECT_THAT(answer.density.why, ::testing::HasSubstr("scott"));
  EXPECT_GT(answer.density.kernel.bandwidth_mm, 100'000);
  // One place has no spread: refused with what to do, not a bandwidth of nothing.
  DrawnDataset one;
  one.add_monthly(kYear, 3, GridPoint::FromMeters(kEast, kNorth));
  const auto single = one.build();
  HotspotQuery of_one = Ask(single->datasets[0], CellSelection::kOccupied);
  for (int rule = 0; rule <= static_cast<int>(BandwidthRule::kCronieVanLieshout); ++rule) {
    of_one.density.rule = static_cast<BandwidthRule>(rule);
    const auto refused = FindHotspots(single->datasets[0], of_one, {}, NeverStop());
    ASSERT_FALSE(refused) << rule;
    EXPECT_EQ(refused.error().code, ErrorCode::kFailedPrecondition) << rule;
    EXPECT_THAT(refused.error().message, ::testing::HasSubstr("bandwidth_m")) << rule;
  }
}

TEST(ThreeViews, WarnsOfCellsThatTheBandwidthCannotServe) {
  const auto snapshot = FiveByFive().build();
  HotspotQuery query = Ask(snapshot->datasets[0], CellSelection::kHot);
  const auto codes = [&](double bandwidth_m) {
    query.density.bandwidth_m = bandwidth_m;
    std::vector<std::string> found;
    for (const AnswerWarning& warning : Find(snapshot->datasets[0], query).density.warnings) found.push_back(warning.code);
    return found;
  };
  EXPECT_THAT(codes(100), ::testing::ElementsAre("BANDWIDTH_UNDER_CELL"));
  EXPECT_THAT(codes(500), ::testing::ElementsAre());
}

TEST(ThreeViews, AdaptiveBandwidthsNarrowWhereIncidentsCrowd) {
  const auto snapshot = FiveByFive().build();
  HotspotQuery query = Ask(snapshot->datasets[0], CellSelection::kOccupied);
  query.density.adaptive = true;
  const HotspotAnswer answer = Find(snapshot->datasets[0], query);
  EXPECT_LT(answer.density.narrowest_m, 500);
  EXPECT_GT(answer.density.widest_m, 500);
}

TEST(ThreeViews, EveryAnswerIsTheSameAtAnyNumberOfThreads) {
  const auto snapshot = FiveByFive(20 * kCell).build();
  HotspotQuery query = Ask(snapshot->datasets[0], CellSelection::kAnalysed);
  query.significance.statistic = LocalStatistic::kLocalMoran;
  const HotspotAnswer one = Find(snapshot->datasets[0], query);
  for (const int threads : {2, 8}) {
    query.threads = threads;
    const HotspotAnswer many = Find(snapshot->datasets[0], query);
    for (std::size_t i = 0; i < one.cells.size(); ++i) {
      EXPECT_EQ(one.cells[i].density_per_km2, many.cells[i].density_per_km2);
      EXPECT_EQ(one.cells[i].significance.p, many.cells[i].significance.p);
    }
  }
}

TEST(ThreeViews, NoIncidentsIsAnAnswer) {
  const auto snapshot = FiveByFive().build();
  HotspotQuery query = Ask(snapshot->datasets[0], CellSelection::kAnalysed);
  query.filter.categories = {1};
  for (const LocalStatistic statistic : {LocalStatistic::kGiStar, LocalStatistic::kGi, LocalStatistic::kLocalMoran}) {
    query.significance.statistic = statistic;
    const HotspotAnswer answer = Find(snapshot->datasets[0], query);
    ASSERT_EQ(answer.cells.size(), 25u);
    for (const HotCell& cell : answer.cells) {
      EXPECT_EQ(cell.significance.status, LocalStatus::kNoVariance);
      EXPECT_EQ(cell.density_per_km2, 0);
      EXPECT_EQ(cell.share, 0);
    }
    EXPECT_EQ(answer.significance->tests, 0);
  }
}

TEST(ThreeViews, SelectionBySignificanceNeedsAStatistic) {
  const auto snapshot = FiveByFive().build();
  HotspotQuery query = Ask(snapshot->datasets[0], CellSelection::kSignificant);
  query.significance.statistic = LocalStatistic::kNone;
  EXPECT_EQ(FindHotspots(snapshot->datasets[0], query, {}, NeverStop()).error().field, "selection");
  query.selection = CellSelection::kHot;
  EXPECT_FALSE(Find(snapshot->datasets[0], query).significance);
}

}  // namespace
}  // namespace geo
