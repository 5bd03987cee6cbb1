#include "geo/hotspots/cell_counts.h"

#include <gtest/gtest.h>

namespace geo {
namespace {

const CellGrid kGrid{CellShape::kSquare, 250'000};

TEST(CountCells, AddsCountsAboveTheRangeOf32BitsExactly) {
  constexpr std::int64_t kMany = 3'000'000'001;
  MergedPoints points;
  points.at = {GridPoint::FromMeters(500'010, 200'010), GridPoint::FromMeters(500'020, 200'020), GridPoint::FromMeters(500'400, 200'010)};
  points.incidents = {kMany, kMany + 1, 7};
  points.weight = {3e9 + 1, 3e9 + 2, 7};
  points.heaviest = {1, 2, 1};
  const auto cells = CountCells(kGrid, points, NeverStop());
  ASSERT_TRUE(cells.has_value());
  ASSERT_EQ(cells->size(), 2U);
  EXPECT_EQ((*cells)[0].incidents, 2 * kMany + 1);
  EXPECT_EQ((*cells)[0].weight, 6e9 + 3);
  EXPECT_EQ((*cells)[0].top_weight, 3e9 + 2);
  EXPECT_EQ((*cells)[0].heaviest, 2);
  EXPECT_EQ((*cells)[1].incidents, 7);
}

TEST(CountCells, OfNothingIsNothing) { EXPECT_TRUE(CountCells(kGrid, {}, NeverStop())->empty()); }

}  // namespace
}  // namespace geo
