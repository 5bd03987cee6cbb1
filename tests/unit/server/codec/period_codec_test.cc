#include "server/codec/period_codec.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "server/codec/refusal.h"

namespace server {
namespace {

namespace v1 = ::wardwatch::v1;

std::string Decoded(const char* text) {
  v1::Period period;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &period));
  const auto decoded = DecodePeriod(period, "period");
  return decoded ? geo::FormatPeriod(*decoded) : decoded.error().field;
}

TEST(PeriodCodec, EveryForm) {
  EXPECT_EQ(Decoded("calendar_year: 2024"), "2024-01-01/2025-01-01");
  EXPECT_EQ(Decoded("financial_year: 2024"), "2024-04-01/2025-04-01");
  EXPECT_EQ(Decoded("rolling_year_ending { year: 2024 month: 2 }"), "2023-03-01/2024-03-01");
  EXPECT_EQ(Decoded("month { year: 2024 month: 12 }"), "2024-12-01/2025-01-01");
  EXPECT_EQ(Decoded("days { begin { year: 2024 month: 2 day: 29 } end { year: 2024 month: 3 day: 1 } }"), "2024-02-29/2024-03-01");
}

TEST(PeriodCodec, TheEdges) {
  EXPECT_EQ(Decoded("calendar_year: 1900"), "1900-01-01/1901-01-01");
  EXPECT_EQ(Decoded("calendar_year: 2198"), "2198-01-01/2199-01-01");
  EXPECT_EQ(Decoded("calendar_year: 2199"), "period.calendar_year");
  EXPECT_EQ(Decoded("financial_year: 2197"), "2197-04-01/2198-04-01");
  EXPECT_EQ(Decoded("financial_year: 2198"), "period.financial_year");
  EXPECT_EQ(Decoded("rolling_year_ending { year: 1900 month: 11 }"), "period.rolling_year_ending");
  EXPECT_EQ(Decoded("rolling_year_ending { year: 1900 month: 12 }"), "1900-01-01/1901-01-01");
  EXPECT_EQ(Decoded("rolling_year_ending { year: 2199 month: 11 }"), "2198-12-01/2199-12-01");
  EXPECT_EQ(Decoded("month { year: 2199 month: 12 }"), "period.month");
  EXPECT_EQ(Decoded("days { begin { year: 2015 month: 3 day: 1 } end { year: 2025 month: 3 day: 1 } }"), "2015-03-01/2025-03-01");
  EXPECT_EQ(Decoded("days { begin { year: 2015 month: 3 day: 1 } end { year: 2025 month: 3 day: 3 } }"), "period.days");
  EXPECT_EQ(Decoded("days { begin { year: 2023 month: 2 day: 29 } end { year: 2024 month: 3 day: 1 } }"), "period.days.begin.day");
  EXPECT_EQ(Decoded(""), "period");
}

TEST(PeriodCodec, DaysComeBack) {
  for (geo::LocalDay day = geo::DayOf(1999, 12, 25); day < geo::DayOf(2004, 3, 5); ++day) {
    v1::Day encoded;
    EncodeDay(day, encoded);
    EXPECT_EQ(geo::DayOf(encoded.year(), encoded.month(), encoded.day()), day);
  }
}

std::string DecodedWindow(const char* text) {
  v1::TimeOfWeek window;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &window));
  const auto decoded = DecodeTimeOfWeek(window, "window");
  return decoded ? FormatTimeOfWeek(*decoded) : decoded.error().field;
}

TEST(PeriodCodec, TimeOfWeek) {
  EXPECT_EQ(DecodedWindow(""), "always");
  EXPECT_EQ(DecodedWindow("end_minute: 1440"), "always");
  EXPECT_EQ(DecodedWindow("begin_minute: 1200 end_minute: 360 weekdays: WEEKDAY_SATURDAY"), "20:00-06:00 on Saturday");
  EXPECT_EQ(DecodedWindow("begin_minute: 1200"), "20:00-24:00 on every day");
  EXPECT_EQ(DecodedWindow("weekdays: WEEKDAY_SUNDAY weekdays: WEEKDAY_MONDAY"), "00:00-24:00 on Monday, Sunday");
  EXPECT_EQ(DecodedWindow("begin_minute: 60 end_minute: 60"), "window.end_minute");
  EXPECT_EQ(DecodedWindow("begin_minute: 1440"), "window.begin_minute");
  EXPECT_EQ(DecodedWindow("weekdays: 8"), "window.weekdays[0]");
}

TEST(Refusal, QuotesAreShortAndHarmless) {
  EXPECT_EQ(Quoted("abc"), "\"abc\"");
  EXPECT_EQ(Quoted("a\nb\"c"), "\"a?b?c\"");
  const std::string cut = Quoted(std::string(39, 'x') + "\xC3\xA9" + "y");
  EXPECT_EQ(cut, '"' + std::string(39, 'x') + "...\"");
  std::vector<std::string> names(25, "n");
  EXPECT_TRUE(Listed(names).ends_with("and 5 more"));
  EXPECT_EQ(Listed({}), "none");
}

}  // namespace
}  // namespace server
