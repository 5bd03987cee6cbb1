#include "geo/density/raster_frame.h"

#include <gtest/gtest.h>

#include <limits>

namespace geo {
namespace {

GridBox Box(std::int32_t west, std::int32_t south, std::int32_t east, std::int32_t north) { return {{west, south}, {east, north}}; }

TEST(FrameAround, HoldsTheBoxAndItsMarginInWholeCells) {
  const auto frame = FrameAround(Box(150'000, -1, 299'999, 0), 0, 100'000, 1000);
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->south_west, (CellId{-1, 1}));
  EXPECT_EQ(frame->columns, 2);
  EXPECT_EQ(frame->rows, 2);
  const auto wide = FrameAround(Box(150'000, -1, 299'999, 0), 100'001, 100'000, 1000);
  ASSERT_TRUE(wide);
  EXPECT_LE(wide->west_mm(), 150'000 - 100'001);
  EXPECT_GT(wide->east_mm(), 299'999 + 100'001);
  EXPECT_LE(wide->south_mm(), -1 - 100'001);
  EXPECT_GT(wide->north_mm(), 100'001);
  // No smaller: one column and row fewer on any side would not hold it.
  EXPECT_GT(wide->west_mm() + 100'000, 150'000 - 100'001);
  EXPECT_LE(wide->east_mm() - 100'000, 299'999 + 100'001);
}

TEST(FrameAround, OfNothingIsEmpty) {
  const auto frame = FrameAround(GridBox{}, 500'000, 100'000, 1000);
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->size(), 0u);
}

TEST(FrameAround, RefusesTooManyCellsAndSaysWhatWouldFit) {
  const GridBox box = Box(0, 0, 99'999'999, 99'999'999);
  const auto refused = FrameAround(box, 0, 1'000, 1'000'000);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kResourceExhausted);
  EXPECT_EQ(refused.error().reason, "GRID_TOO_LARGE");
  EXPECT_NE(refused.error().message.find("10000000000 cells"), std::string::npos) << refused.error().message;
  const std::string advice = "cell_size_m of ";
  const std::size_t at = refused.error().message.find(advice);
  ASSERT_NE(at, std::string::npos) << refused.error().message;
  const double advised_m = std::stod(refused.error().message.substr(at + advice.size()));
  EXPECT_TRUE(FrameAround(box, 0, static_cast<std::int32_t>(advised_m * 1000), 1'000'000));
  EXPECT_LT(advised_m, 130);  // 100 m and a little would do
}

TEST(FrameAround, RefusesNearTheEndsOfTheNumbers) {
  constexpr std::int32_t kLow = std::numeric_limits<std::int32_t>::min(), kHigh = std::numeric_limits<std::int32_t>::max();
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  for (const std::int64_t margin : {std::int64_t{0}, std::int64_t{1} << 31, std::int64_t{1} << 42, std::int64_t{1} << 62, kMost, kMost - kHigh}) {
    for (const std::int64_t most_cells : {std::int64_t{1}, std::int64_t{10'000'000}}) {
      const auto refused = FrameAround(Box(kLow, kLow, kHigh, kHigh), margin, 1'000, most_cells);
      ASSERT_FALSE(refused) << margin;
      EXPECT_EQ(refused.error().reason, "GRID_TOO_LARGE");
    }
  }
  // Without a cap of the caller's, the columns still have to be numbers.
  EXPECT_FALSE(FrameAround(Box(kLow, kLow, kHigh, kHigh), std::int64_t{1} << 42, 1'000, kMost));
}

TEST(FrameAround, RefusesSizesOutOfRange) {
  for (const std::int32_t bad : {0, -1, 999, 100'000'001}) {
    const auto refused = FrameAround(Box(0, 0, 1, 1), 0, bad, 1000);
    ASSERT_FALSE(refused) << bad;
    EXPECT_EQ(refused.error().field, "cells.cell_size_m");
  }
  EXPECT_FALSE(FrameAround(Box(0, 0, 1, 1), -1, 1'000, 1000));
}

TEST(RasterFrame, NumbersItsCells) {
  const RasterFrame frame{.cell_mm = 100'000, .south_west = {-3, 7}, .columns = 5, .rows = 4};
  for (std::size_t i = 0; i < frame.size(); ++i) {
    EXPECT_TRUE(frame.contains(frame.cell_at(i)));
    EXPECT_EQ(frame.index_of(frame.cell_at(i)), i);
  }
  EXPECT_FALSE(frame.contains({-4, 7}));
  EXPECT_FALSE(frame.contains({-3, 12}));
}

}  // namespace
}  // namespace geo
