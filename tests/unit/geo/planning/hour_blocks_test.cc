#include "geo/planning/hour_blocks.h"

#include <gtest/gtest.h>

#include "geo/incidents/selection.h"

namespace geo {
namespace {

LocalMinute At(int year, int month, int day, int hour, int minute = 0) { return DayOf(year, month, day) * kMinutesPerDay + hour * 60 + minute; }

TEST(HourBlocks, ANightBelongsToTheDayOnWhichItBegan) {
  const HourBlocks blocks;  // 06-14, 14-22, 22-06
  ASSERT_EQ(blocks.size(), 21);
  EXPECT_EQ(BlockOf(blocks, At(2026, 1, 5, 6)), 0);       // a Monday
  EXPECT_EQ(BlockOf(blocks, At(2026, 1, 5, 13, 59)), 0);
  EXPECT_EQ(BlockOf(blocks, At(2026, 1, 5, 14)), 1);
  EXPECT_EQ(BlockOf(blocks, At(2026, 1, 5, 22)), 2);
  EXPECT_EQ(BlockOf(blocks, At(2026, 1, 6, 5, 59)), 2);   // Tuesday before dawn is Monday night
  EXPECT_EQ(BlockOf(blocks, At(2026, 1, 6, 6)), 3);
  EXPECT_EQ(BlockOf(blocks, At(2026, 1, 5, 5, 59)), 20);  // and Monday before dawn is Sunday night
}

TEST(HourBlocks, TheWindowOfABlockHoldsItsMinutesAndNoOther) {
  for (const HourBlocks blocks : {HourBlocks{6, 8}, HourBlocks{0, 1}, HourBlocks{0, 24}, HourBlocks{23, 12}, HourBlocks{20, 4}}) {
    for (int block = 0; block < blocks.size(); ++block) {
      const TimeWindow window = WindowOf(blocks, block);
      for (LocalMinute minute = At(2026, 3, 2, 0); minute < At(2026, 3, 9, 0); minute += 7) {
        ASSERT_EQ(WindowShare(window, minute, minute + 1), BlockOf(blocks, minute) == block ? 1 : 0)
            << "first hour " << blocks.first_hour << ", " << blocks.block_hours << " hours, block " << block << ", minute " << minute;
      }
    }
  }
}

TEST(HourBlocks, AnIncidentIsSharedOutByItsMinutes) {
  std::vector<BlockShare> shares;
  SpreadOverBlocks(HourBlocks{}, TimeWindow{}, At(2026, 1, 5, 12), At(2026, 1, 5, 22, 30), shares);  // 120 + 480 + 30 of 630 minutes
  ASSERT_EQ(shares.size(), 3u);
  EXPECT_EQ(shares[0].block, 0);
  EXPECT_DOUBLE_EQ(shares[0].share, 120.0 / 630);
  EXPECT_DOUBLE_EQ(shares[1].share, 480.0 / 630);
  EXPECT_DOUBLE_EQ(shares[2].share, 30.0 / 630);
}

TEST(HourBlocks, OnlyTheMinutesInsideTheWindowCount) {
  std::vector<BlockShare> shares;
  const TimeWindow evening(TimeOfWeek{20 * 60, 6 * 60, 0x7F});
  SpreadOverBlocks(HourBlocks{}, evening, At(2026, 1, 5, 18), At(2026, 1, 5, 23), shares);  // 20:00 to 22:00, 22:00 to 23:00 of five hours
  ASSERT_EQ(shares.size(), 2u);
  EXPECT_EQ(shares[0].block, 1);
  EXPECT_DOUBLE_EQ(shares[0].share, 0.4);
  EXPECT_EQ(shares[1].block, 2);
  EXPECT_DOUBLE_EQ(shares[1].share, 0.2);
}

TEST(HourBlocks, AWindowOfADayIsInNoBlock) {
  std::vector<BlockShare> shares{{1, 1}};
  SpreadOverBlocks(HourBlocks{}, TimeWindow{}, At(2026, 1, 5, 0), At(2026, 1, 6, 0), shares);
  EXPECT_TRUE(shares.empty());
  SpreadOverBlocks(HourBlocks{}, TimeWindow{}, At(2026, 1, 5, 0), At(2026, 1, 5, 23, 59), shares);
  EXPECT_EQ(shares.size(), 4u);  // Sunday night, Monday's day and evening, and the beginning of its night
}

}  // namespace
}  // namespace geo
