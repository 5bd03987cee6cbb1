#include "geo/sources/time_text.h"

#include <gtest/gtest.h>

namespace geo {
namespace {

std::string ReadAs(const char* format, const char* text) {
  const auto compiled = TimeFormat::Compile(format, "time_format");
  if (!compiled) return compiled.error().reason;
  TimeFields fields;
  if (!compiled->read(text, fields)) return "no";
  const auto day = DayIfReal(fields);
  return day ? FormatMinute(*day * kMinutesPerDay + fields.hour * 60 + fields.minute) : "unreal";
}

TEST(TimeText, FormatsSeenInTheField) {
  EXPECT_EQ(ReadAs("%Y-%m-%dT%H:%M", "2022-01-31T23:05"), "2022-01-31T23:05");
  EXPECT_EQ(ReadAs("%Y-%m-%dT%H:%M:%S+00:00", "2020-05-01T01:30:00+00:00"), "2020-05-01T01:30");
  EXPECT_EQ(ReadAs("%d/%m/%Y %H:%M", "31/01/2022 00:00"), "2022-01-31T00:00");
  EXPECT_EQ(ReadAs("%-m/%-d/%Y", "1/9/2010"), "2010-01-09T00:00");
  EXPECT_EQ(ReadAs("%-m/%-d/%Y", "12/31/2010"), "2010-12-31T00:00");
  EXPECT_EQ(ReadAs("%Y%m%d%H%M%S", "20221231235959"), "2022-12-31T23:59");
  EXPECT_EQ(ReadAs("100%% %Y-%m-%d", "100% 2022-01-31"), "2022-01-31T00:00");
  EXPECT_EQ(ReadAs("%Y-%m-%d", "2024-02-29"), "2024-02-29T00:00");
}

TEST(TimeText, WhatDoesNotMatchIsNotGuessed) {
  for (const char* bad : {"", "2022-1-31", "2022-01-31 ", " 2022-01-31", "22-01-31", "+022-01-31", "2022-13-01", "2022-00-10", "2022-01-32", "2022-01-00",
                          "2022/01/31", "2022-01-31T"}) {
    EXPECT_EQ(ReadAs("%Y-%m-%d", bad), "no") << bad;
  }
  for (const char* bad : {"24:00", "23:60", "2:30", "-1:00", "12:00 PM"}) EXPECT_EQ(ReadAs("%H:%M", bad), "no") << bad;
  EXPECT_EQ(ReadAs("%H:%M:%S", "23:59:60"), "no");
  EXPECT_EQ(ReadAs("%Y-%m-%d", "2023-02-29"), "unreal");
  EXPECT_EQ(ReadAs("%Y-%m-%d", "2022-04-31"), "unreal");
  EXPECT_EQ(ReadAs("%-m/%-d/%Y", "001/1/2010"), "no");
}

TEST(TimeText, BadFormatsAreRefused) {
  for (const char* bad : {"", "%", "%-", "%q", "%I:%M", "%Y-%m", "%d", "%H", "%M", "%H:%S", "%Y-%m-%d %Y", "%-Y-%m-%d", "%-M", "%b %d %Y", "noon", "%z"}) {
    EXPECT_EQ(ReadAs(bad, "x"), "BAD_TIME_FORMAT") << bad;
  }
  EXPECT_FALSE(TimeFormat::Compile(std::string(65, 'x') + "%H:%M", "f").has_value());
}

TEST(TimeText, Months) {
  EXPECT_EQ(ReadMonth("2022-08"), Month::Of(2022, 8));
  for (const char* bad : {"", "2022-8", "2022-13", "2022-00", "2022-08-01", "2022/08", "-022-08", "202a-08", "２022-08"})
    EXPECT_EQ(ReadMonth(bad), std::nullopt) << bad;
}

}  // namespace
}  // namespace geo
