#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "geo/incidents/selection.h"

namespace geo {
namespace {

DatasetRecord Record() {
  DatasetRecord record;
  record.sources.resize(3);
  record.sources[0].id = "police";
  record.sources[0].time = TimeKnowledge::kMonth;
  record.sources[1].id = "fly-tips";
  record.sources[1].time = TimeKnowledge::kDay;
  record.sources[2].id = "calls";
  record.sources[2].time = TimeKnowledge::kClock;
  return record;
}

IncidentFilter Ask(std::vector<std::uint16_t> sources, TimeWindow window = {}, Period period = Period::CalendarYear(2024)) {
  return {{0}, std::move(sources), period, window, std::nullopt};
}

const TimeWindow kEvening(TimeOfWeek{18 * 60, 22 * 60, 0x7F});
const TimeWindow kSaturdays(TimeOfWeek{0, kMinutesPerDay, 0b0100000});

TEST(CheckAnswerable, HoursNeedTheClock) {
  EXPECT_TRUE(CheckAnswerable(Record(), Ask({2}, kEvening)));
  for (const std::uint16_t source : {0, 1}) {
    const auto refused = CheckAnswerable(Record(), Ask({source}, kEvening));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::kFailedPrecondition);
    EXPECT_EQ(refused.error().reason, "HOUR_UNKNOWN");
  }
}

TEST(CheckAnswerable, WeekdaysNeedTheDate) {
  EXPECT_TRUE(CheckAnswerable(Record(), Ask({1, 2}, kSaturdays)));
  EXPECT_FALSE(CheckAnswerable(Record(), Ask({0}, kSaturdays)));
}

TEST(CheckAnswerable, NamesWhoIsAtFaultAndWhoCould) {
  const auto refused = CheckAnswerable(Record(), Ask({0, 1, 2}, kEvening));
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, testing::HasSubstr("police, fly-tips cannot"));
  EXPECT_THAT(refused.error().message, testing::HasSubstr("set filter.sources to calls"));
}

TEST(CheckAnswerable, APeriodMayNotCutAMonthOfMonthlyData) {
  const Period half{DayOf(2024, 1, 1), DayOf(2024, 1, 15)};
  EXPECT_TRUE(CheckAnswerable(Record(), Ask({1, 2}, {}, half)));
  const auto refused = CheckAnswerable(Record(), Ask({0, 2}, {}, half));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, "PERIOD_FINER_THAN_DATA");
  EXPECT_THAT(refused.error().message, testing::HasSubstr("2024-01-01/2024-01-15"));
}

}  // namespace
}  // namespace geo
