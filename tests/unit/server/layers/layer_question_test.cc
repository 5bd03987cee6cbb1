#include "server/layers/layer_question.h"

#include <gtest/gtest.h>

#include "tests/support/drawn_dataset.h"

namespace server {
namespace {

using geo::DayOf;

geo::LocalMinute At(int year, int month, int day, int hour = 0, int minute = 0) { return DayOf(year, month, day) * geo::kMinutesPerDay + hour * 60 + minute; }

std::shared_ptr<const geo::Snapshot> Town() {
  geo::DrawnDataset town;
  town.record().id = "town";
  town.record().as_at = DayOf(2023, 12, 31);
  town.add_monthly({DayOf(2020, 4, 1), DayOf(2024, 1, 1)}, 3, geo::GridPoint::FromMeters(500'000, 200'000));
  return town.build();
}

TEST(Datetime, InstantsOfTheLocalClock) {
  const auto summer = DecodeDatetime("2024-07-01T11:30:00Z", "Europe/London");
  ASSERT_TRUE(summer);
  EXPECT_EQ(summer->first, At(2024, 7, 1, 12, 30));
  EXPECT_EQ(summer->last, summer->first);
  EXPECT_TRUE(summer->instant);
  EXPECT_EQ(DecodeDatetime("2024-01-01T00:30:00+01:00", "Europe/London")->first, At(2023, 12, 31, 23, 30));
  EXPECT_EQ(DecodeDatetime("2024-01-01T00:30:00 01:00", "Europe/London")->first, At(2023, 12, 31, 23, 30));
  const auto day = DecodeDatetime("2024-07-01", "Europe/London");
  EXPECT_EQ(day->first, At(2024, 7, 1));
  EXPECT_EQ(day->last, At(2024, 7, 1, 23, 59));
}

TEST(Datetime, SecondsBetweenMinutes) {
  const auto range = DecodeDatetime("2024-01-01T00:00:30Z/2024-01-01T00:05:30Z", "Europe/London");
  EXPECT_EQ(range->first, At(2024, 1, 1, 0, 1));  // the minute that began before is not in it
  EXPECT_EQ(range->last, At(2024, 1, 1, 0, 5));
  EXPECT_EQ(DecodeDatetime("2024-01-01T00:00:00.000Z/..", "Europe/London")->first, At(2024, 1, 1));
}

// In order is what is in order in UTC, to the second: between two minutes there may be nothing, and in autumn the local clock goes back.
TEST(Datetime, OrderIsThatOfUtc) {
  for (const char* text : {"2024-05-01T12:00:10Z/2024-05-01T12:00:50Z", "2024-05-01T12:00:30Z/2024-05-01T12:00:30Z", "2025-01-15T00:00:00.1Z/2025-01-15T00:00:00.5Z"}) {
    const auto range = DecodeDatetime(text, "Europe/London");
    ASSERT_TRUE(range) << text;
    EXPECT_GT(*range->first, *range->last) << text << ": no whole minute";
  }
  const auto back = DecodeDatetime("2024-10-27T00:45:00Z/2024-10-27T01:15:00Z", "Europe/London");
  ASSERT_TRUE(back);
  EXPECT_EQ(back->first, At(2024, 10, 27, 1, 45));
  EXPECT_EQ(back->last, At(2024, 10, 27, 1, 59)) << "the hour comes twice, and is taken as the first";
  EXPECT_EQ(DecodeDatetime("2024-10-27T01:15:00Z/..", "Europe/London")->first, At(2024, 10, 27, 2));
  for (const char* text : {"2024-05-01T12:00:50Z/2024-05-01T12:00:10Z", "2024-10-27T01:15:00Z/2024-10-27T00:45:00Z", "2024-05-02/2024-05-01"})
    EXPECT_FALSE(DecodeDatetime(text, "Europe/London")) << text;
}

TEST(Datetime, OpenSides) {
  for (const char* text : {"../2024-01-31", "/2024-01-31"}) {
    const auto range = DecodeDatetime(text, "Europe/London");
    EXPECT_FALSE(range->first) << text;
    EXPECT_EQ(range->last, At(2024, 1, 31, 23, 59));
  }
  EXPECT_FALSE(DecodeDatetime("2024-01-31/..", "Europe/London")->last);
  EXPECT_TRUE(DecodeDatetime("../..", "Europe/London"));
}

// RFC 3339 has years of four digits; what no data can have is asked for in vain, and not wrongly.
TEST(Datetime, FarYearsAreGoodAndHoldNothing) {
  const auto town = Town();
  for (const char* text : {"9999-12-31", "1799-01-01", "0000-01-01", "9999-12-31T23:59:59Z", "1799-01-01T00:00:00+01:00", "6100-01-01/..", "../1799-01-01",
                           "9999-01-01/9999-12-31", "2200-01-01T00:00:00Z", "1899-12-31"}) {
    const auto range = DecodeDatetime(text, "Europe/London");
    ASSERT_TRUE(range) << text;
    EXPECT_EQ(*PeriodOf(*range, town->datasets[0]), std::nullopt) << text;
  }
  for (const char* text : {"1799-01-01/..", "1799-01-01/9999-12-31", "../9999-12-31T00:00:00Z", "0001-01-01T00:00:00Z/.."}) {
    const auto range = DecodeDatetime(text, "Europe/London");
    ASSERT_TRUE(range) << text;
    EXPECT_EQ(*PeriodOf(*range, town->datasets[0]), ExtentOf(town->datasets[0]).days) << text;
  }
  for (const char* text : {"9999-12-31/9999-01-01", "1799-02-01/1798-01-01", "9999-02-30", "1900-02-29", "99999-01-01", "-001-01-01", "9999-12-31T24:00:00Z"}) {
    EXPECT_FALSE(DecodeDatetime(text, "Europe/London")) << text;
  }
}

TEST(PeriodOf, ClipsToTheDataAndTakesAMidnightAsAnEnd) {
  const auto town = Town();
  const auto period = [&](const char* text) { return *PeriodOf(*DecodeDatetime(text, "Europe/London"), town->datasets[0]); };
  EXPECT_EQ(period("../.."), (geo::Period{DayOf(2020, 4, 1), DayOf(2024, 1, 1)}));
  EXPECT_EQ(period("2023-01-01T00:00:00Z/2023-07-01T00:00:00+01:00"), (geo::Period{DayOf(2023, 1, 1), DayOf(2023, 7, 1)}));
  EXPECT_EQ(period("2023-05-17"), geo::Period::CalendarYear(2023));
  EXPECT_EQ(period("2020-05-17"), (geo::Period{DayOf(2020, 4, 1), DayOf(2021, 1, 1)}));
  EXPECT_EQ(period("1999-01-01/1999-12-31"), std::nullopt);
  EXPECT_EQ(period("2030-01-01"), std::nullopt);
}

TEST(LatestWholeYear, IsACalendarYearOrTheLastTwelveMonths) {
  EXPECT_EQ(LatestWholeYear(Town()->datasets[0]), geo::Period::CalendarYear(2023));
  geo::DrawnDataset young;
  young.record().as_at = DayOf(2023, 6, 30);
  young.add_monthly({DayOf(2022, 7, 1), DayOf(2023, 7, 1)}, 3, geo::GridPoint::FromMeters(500'000, 200'000));
  EXPECT_EQ(LatestWholeYear(young.build()->datasets[0]), (geo::Period{DayOf(2022, 7, 1), DayOf(2023, 7, 1)}));
}

TEST(LayerQuestion, OneQuestionHasOneText) {
  const auto town = Town();
  const auto text = [&](const char* datetime, const char* category) { return MakeLayerQuestion(datetime, category, "", town->datasets[0])->canonical(); };
  EXPECT_EQ(text("", "b,a"), text("2023-03-03", "a,b,a"));
  EXPECT_NE(text("", "a"), text("", ""));
}

TEST(UtcText, ThereAndBack) {
  for (const auto minute : {At(2024, 1, 1), At(2024, 7, 1, 12, 30), At(2024, 10, 27, 3)}) {
    EXPECT_EQ(LocalMinuteOf(UtcText(minute, "Europe/London"), "Europe/London"), minute);
  }
  EXPECT_EQ(UtcText(At(2024, 7, 1), "Europe/London"), "2024-06-30T23:00:00Z");
  EXPECT_EQ(LocalMinuteOf("2024-07-01", "Europe/London"), std::nullopt);
}

}  // namespace
}  // namespace server
