#include "geo/significance/getis_ord.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "geo/significance/benjamini_hochberg.h"
#include "geo/significance/confidence.h"

namespace geo {
namespace {

const NeverStop kNever;

std::vector<LocalZ> Taken(Result<std::vector<LocalZ>> result) { return std::move(result.value()); }

// Six points; a link where they are at most 15 apart.
const std::vector<GridPoint> kSixPoints = {{10, 10}, {20, 10}, {40, 10}, {15, 20}, {30, 20}, {30, 30}};
const std::vector<double> kSixValues = {2, 3, 3.2, 5, 8, 7};

std::vector<LocalZ> SixPoints(GetisOrdForm form) {
  const Neighbours neighbours = PointsWithinDistance(kSixPoints, 15, 1'000, kNever).value();
  return GetisOrd(kSixValues, neighbours, form, kNever).value();
}

void ExpectZ(const std::vector<LocalZ>& scores, const std::vector<double>& z, double tolerance) {
  ASSERT_EQ(scores.size(), z.size());
  for (std::size_t i = 0; i < z.size(); ++i) {
    EXPECT_EQ(scores[i].status, LocalStatus::kDefined) << i;
    EXPECT_NEAR(scores[i].z, z[i], tolerance) << i;
  }
}

// Recomputed in R from the formula; the first of each is published in the tests of PySAL's esda (-1.39727626, -1.0136729).
TEST(GetisOrd, GivesThePublishedValuesOfSixPoints) {
  ExpectZ(SixPoints({.self = true}), {-1.397276262, -0.2891776156, 0.6506496352, -0.2891776156, 1.234520884, 2.024243309}, 1e-9);
  ExpectZ(SixPoints({.self = false}), {-1.013672899, -0.0436158942, 1.315587029, -0.3141267582, 1.153739858, 1.778339409}, 1e-9);
}

// Ord and Getis' z does not change when the weights of a row are multiplied, so dividing them by their number leaves it. The row-standardised values in the
// tests of esda, -0.62074534 and -0.62488094, come of a variance that takes W for the sum of squared weights, which holds for binary weights only: with that
// variance ours are theirs.
TEST(GetisOrd, RowStandardisedWeightsLeaveZAndExplainThePublishedOnes) {
  for (const bool self : {true, false}) {
    const std::vector<LocalZ> binary = SixPoints({.self = self}), standardised = SixPoints({.self = self, .row_standardised = true});
    for (std::size_t i = 0; i < binary.size(); ++i) EXPECT_EQ(binary[i].z, standardised[i].z);
    const double n = self ? 6 : 5, k = self ? 3 : 2;
    const double as_published = standardised[0].z * std::sqrt((n / k - 1) / (n - 1)) / std::sqrt((n * 1 - 1) / (n - 1));
    EXPECT_NEAR(as_published, self ? -0.62488094 : -0.62074534, 5e-9);
  }
}

// A map of counts, from the north; cells of 1 km.
struct Drawn {
  std::vector<double> values;
  RasterFrame frame;
  std::vector<CellId> cells;
};
Drawn Draw(const std::vector<std::vector<double>>& rows) {
  Drawn drawn{.frame = {1'000'000, {0, 0}, static_cast<std::int32_t>(rows[0].size()), static_cast<std::int32_t>(rows.size())}};
  for (std::size_t row = rows.size(); row-- > 0;) drawn.values.insert(drawn.values.end(), rows[row].begin(), rows[row].end());
  for (std::size_t i = 0; i < drawn.values.size(); ++i) drawn.cells.push_back(drawn.frame.cell_at(i));
  return drawn;
}

TEST(GetisOrd, FindsFourRawAndNoneAfterCorrectionOnTheFiveByFiveMap) {
  const Drawn map = Draw({{1, 0, 0, 0, 0},  //
                          {0, 0, 5, 0, 0},
                          {0, 0, 10, 5, 0},
                          {0, 0, 0, 0, 0},
                          {0, 0, 0, 0, 0}});
  const CellGrid grid(CellShape::kSquare, 1'000'000);
  const Neighbours queen = CellsWithinRings(map.cells, grid, 1, Adjacency::kQueen, 1'000, kNever).value();
  const std::vector<LocalZ> scores = GetisOrd(map.values, queen, {}, kNever).value();
  const auto at = [&](int row, int column) { return scores[static_cast<std::size_t>((5 - row) * 5 + column - 1)].z; };
  for (const auto& [row, column] : {std::pair{2, 3}, {2, 4}, {3, 3}, {3, 4}}) EXPECT_NEAR(at(row, column), 2.198882, 5e-7);
  EXPECT_NEAR(at(1, 1), -0.546179, 5e-7);
  EXPECT_NEAR(at(1, 5), -0.777611, 5e-7);
  std::vector<double> p;
  for (const LocalZ& score : scores) p.push_back(TwoSidedP(score.z));
  const std::vector<double> q = AdjustForFalseDiscovery(p);
  EXPECT_EQ(std::count_if(p.begin(), p.end(), [](double value) { return value < 0.05; }), 4);
  EXPECT_NEAR(*std::min_element(p.begin(), p.end()), 0.0279, 5e-5);
  EXPECT_NEAR(*std::min_element(q.begin(), q.end()), 0.174289, 5e-7);
  for (std::size_t i = 0; i < q.size(); ++i) EXPECT_EQ(ConfidenceClass(scores[i].z, q[i]), 0);
  const std::vector<LocalZ> raster = GetisOrdOnRaster(map.values, std::vector<std::uint8_t>(25, 1), map.frame, {}, kNever).value();
  for (std::size_t i = 0; i < raster.size(); ++i) EXPECT_NEAR(raster[i].z, scores[i].z, 1e-14);
}

TEST(GetisOrd, SaysWhyThereIsNoZ) {
  const auto status = [](std::vector<double> values, std::vector<std::vector<std::uint32_t>> lists, bool self) {
    std::vector<LocalStatus> statuses;
    for (const LocalZ& score : Taken(GetisOrd(values, NeighboursFromLists(lists), {.self = self}, kNever))) {
      statuses.push_back(score.status);
      if (score.status != LocalStatus::kDefined) {
        EXPECT_EQ(score.z, 0);
      }
    }
    return statuses;
  };
  using enum LocalStatus;
  using Statuses = std::vector<LocalStatus>;
  EXPECT_EQ(status({}, {}, true), Statuses{});
  EXPECT_EQ(status({7}, {{}}, true), Statuses{kTooFew});
  EXPECT_EQ(status({7, 8}, {{1}, {0}}, true), (Statuses{kTooFew, kTooFew}));
  EXPECT_EQ(status({7, 7, 7}, {{1}, {0}, {}}, true), (Statuses{kNoVariance, kNoVariance, kNoVariance}));
  EXPECT_EQ(status({7, 7, 7}, {{1}, {0}, {}}, false), (Statuses{kNoVariance, kNoVariance, kNoNeighbours}));
  EXPECT_EQ(status({1, 2, 3}, {{1, 2}, {0}, {0}}, true), (Statuses{kWholeSet, kDefined, kDefined}));
  EXPECT_EQ(status({1, 2, 3}, {{1, 2}, {0}, {0}}, false), (Statuses{kWholeSet, kDefined, kDefined}));
  // One value unlike the rest: seen from it, the others do not vary.
  EXPECT_EQ(status({0, 0, 5, 0}, {{1}, {0}, {3}, {2}}, false), (Statuses{kDefined, kDefined, kNoVariance, kDefined}));
  EXPECT_EQ(status({0, 0, 5, 0}, {{1}, {0}, {3}, {2}}, true), (Statuses{kDefined, kDefined, kDefined, kDefined}));
  EXPECT_EQ(status({0.1, 0.1, 0.3, 0.1}, {{1}, {0}, {3}, {2}}, false)[2], kNoVariance);
  // Self alone is a neighbourhood for Gi*, none for Gi.
  EXPECT_EQ(status({1, 2, 3, 4}, {{}, {2}, {1}, {}}, true)[0], kDefined);
  EXPECT_EQ(status({1, 2, 3, 4}, {{}, {2}, {1}, {}}, false)[0], kNoNeighbours);
}

TEST(GetisOrdOnRaster, SaysWhyThereIsNoZ) {
  const RasterFrame frame{1'000, {0, 0}, 2, 2};
  const auto status = [&](std::vector<double> values, std::vector<std::uint8_t> analysed, GetisOrdRaster how) {
    std::vector<LocalStatus> statuses;
    for (const LocalZ& score : Taken(GetisOrdOnRaster(values, analysed, frame, how, kNever))) statuses.push_back(score.status);
    return statuses;
  };
  using enum LocalStatus;
  using Statuses = std::vector<LocalStatus>;
  EXPECT_EQ(status({1, 2, 3, 4}, {1, 1, 0, 0}, {}), (Statuses{kTooFew, kTooFew, kNoNeighbours, kNoNeighbours}));
  EXPECT_EQ(status({1, 2, 3, 4}, {1, 1, 1, 1}, {}), (Statuses{kWholeSet, kWholeSet, kWholeSet, kWholeSet}));
  EXPECT_EQ(status({1, 2, 3, 4}, {1, 1, 1, 1}, {.radius_cells = 0, .self = false}), (Statuses{kNoNeighbours, kNoNeighbours, kNoNeighbours, kNoNeighbours}));
  // The corner of three touches both others: everything.
  EXPECT_EQ(status({4, 4, 4, 9}, {1, 1, 1, 0}, {.neighbourhood = RasterNeighbourhood::kDisc}), (Statuses{kWholeSet, kNoVariance, kNoVariance, kNoNeighbours}));
  EXPECT_TRUE(GetisOrdOnRaster({}, {}, RasterFrame{}, {}, kNever).value().empty());
}

TEST(GetisOrdOnRaster, RefusesARadiusOutOfRange) {
  const RasterFrame frame{1'000, {0, 0}, 1, 1};
  for (const double radius : {-1.0, 100'001.0, std::numeric_limits<double>::quiet_NaN()}) {
    const auto refused = GetisOrdOnRaster(std::vector<double>{1}, std::vector<std::uint8_t>{1}, frame, {.radius_cells = radius}, kNever);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().field, "significance.distance_m");
  }
}

TEST(GetisOrd, RefusesWhatIsNoNumberAndScalesWhatIsHuge) {
  const Neighbours pairs = NeighboursFromLists({{1}, {0}, {3}, {2}, {}});
  for (const double bad : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    const auto refused = GetisOrd(std::vector<double>{1, 2, bad, 4, 5}, pairs, {}, kNever);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, "NOT_FINITE");
  }
  const std::vector<LocalZ> plain = GetisOrd(std::vector<double>{1, 2, 3, 5, 8}, pairs, {}, kNever).value();
  for (const double scale : {0x1p-1060, 0x1p-600, 0x1p-400, 0x1p+400, 0x1p+1000}) {
    std::vector<double> values = {1, 2, 3, 5, 8};
    for (double& value : values) value *= scale;
    const std::vector<LocalZ> scaled = GetisOrd(values, pairs, {}, kNever).value();
    for (std::size_t i = 0; i < plain.size(); ++i) EXPECT_NEAR(scaled[i].z, plain[i].z, 1e-14) << scale;
  }
}

// Zero is written 0, never -0.
TEST(GetisOrd, ZeroHasNoSign) {
  const Neighbours pairs = NeighboursFromLists({{1}, {0}, {3}, {2}});
  for (const LocalZ& score : Taken(GetisOrd(std::vector<double>{1, -1, -1, 1}, pairs, {}, kNever))) {
    EXPECT_EQ(score.z, 0);
    EXPECT_FALSE(std::signbit(score.z));
  }
}

// R: 2 * pnorm(-z).
TEST(TwoSidedP, KeepsItsDigitsInTheTail) {
  EXPECT_EQ(TwoSidedP(0), 1);
  EXPECT_NEAR(TwoSidedP(1.959963984540054), 0.05, 1e-15);
  EXPECT_NEAR(TwoSidedP(-1.959963984540054), 0.05, 1e-15);
  EXPECT_NEAR(TwoSidedP(10) / 1.523970604832094e-23, 1, 1e-13);
  EXPECT_NEAR(TwoSidedP(-37) / 1.145114244504915e-299, 1, 1e-12);
}

TEST(ConfidenceClass, HasTheSignOfZAndClosedLimits) {
  EXPECT_EQ(ConfidenceClass(4, 0.01), 3);
  EXPECT_EQ(ConfidenceClass(-4, 0.0100001), -2);
  EXPECT_EQ(ConfidenceClass(4, 0.05), 2);
  EXPECT_EQ(ConfidenceClass(-4, 0.10), -1);
  EXPECT_EQ(ConfidenceClass(4, 0.1000001), 0);
  EXPECT_EQ(ConfidenceClass(0, 0), 0);
}

class StopAfter final : public StopSignal {
 public:
  explicit StopAfter(int asks) : left_(asks) {}
  bool stop_requested() const override { return left_-- <= 0; }
  Error reason() const override { return {ErrorCode::kCancelled, "", "CANCELLED", "the caller went away"}; }

 private:
  mutable int left_;
};

TEST(GetisOrd, StopsWhenAsked) {
  const std::vector<double> values(1'000'000, 1.0);
  const RasterFrame frame{1'000, {0, 0}, 1'000, 1'000};
  for (const int asks : {0, 3, 10, 100}) {
    const auto stopped = GetisOrdOnRaster(values, std::vector<std::uint8_t>(values.size(), 1), frame, {}, StopAfter(asks));
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, ErrorCode::kCancelled);
  }
}

}  // namespace
}  // namespace geo
