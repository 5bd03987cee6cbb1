#include "server/codec/period_codec.h"

#include <fmt/format.h>

#include "server/codec/refusal.h"
#include "server/limits.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

constexpr const char* kWeekdays[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

std::string Sub(std::string_view field, std::string_view part) { return fmt::format("{}.{}", field, part); }

geo::Result<geo::Period> DecodeDays(const v1::DayRange& days, const std::string& field) {
  if (!days.has_begin()) return geo::Fail(Missing(Sub(field, "begin"), "send the first day"));
  if (!days.has_end()) return geo::Fail(Missing(Sub(field, "end"), "send the day after the last"));
  const auto begin = DecodeDay(days.begin(), Sub(field, "begin"));
  if (!begin) return geo::Fail(begin.error());
  const auto end = DecodeDay(days.end(), Sub(field, "end"));
  if (!end) return geo::Fail(end.error());
  if (*end <= *begin) {
    return geo::Fail(geo::InvalidArgument(
        Sub(field, "end"), fmt::format("is {}, not after begin, {}; the end is the day after the last day", geo::FormatDay(*end), geo::FormatDay(*begin))));
  }
  if (*end - *begin > limits::kPeriodDays) {
    return geo::Fail(geo::InvalidArgument(field, fmt::format("is {} days long; at most ten years, {} days: ask for less", *end - *begin, limits::kPeriodDays)));
  }
  return geo::Period{*begin, *end};
}

}  // namespace

geo::Result<geo::Month> DecodeMonth(const v1::Month& month, const std::string& field) {
  if (auto year = DecodeInteger(Sub(field, "year"), month.year(), limits::kMinYear, limits::kMaxYear); !year) return geo::Fail(year.error());
  if (auto number = DecodeInteger(Sub(field, "month"), month.month(), 1, 12); !number) return geo::Fail(number.error());
  return geo::Month::Of(month.year(), month.month());
}

geo::Result<geo::LocalDay> DecodeDay(const v1::Day& day, const std::string& field) {
  if (auto year = DecodeInteger(Sub(field, "year"), day.year(), limits::kMinYear, limits::kMaxYear); !year) return geo::Fail(year.error());
  if (auto month = DecodeInteger(Sub(field, "month"), day.month(), 1, 12); !month) return geo::Fail(month.error());
  const geo::Month month = geo::Month::Of(day.year(), day.month());
  if (auto number = DecodeInteger(Sub(field, "day"), day.day(), 1, month.next().first_day() - month.first_day()); !number) return geo::Fail(number.error());
  return geo::DayOf(day.year(), day.month(), day.day());
}

geo::Result<geo::Period> DecodePeriod(const v1::Period& period, std::string_view field) {
  switch (period.period_case()) {
    case v1::Period::kCalendarYear: {
      const auto year = DecodeInteger(Sub(field, "calendar_year"), period.calendar_year(), limits::kMinYear, limits::kMaxYear - 1);
      if (!year) return geo::Fail(year.error());
      return geo::Period::CalendarYear(static_cast<int>(*year));
    }
    case v1::Period::kFinancialYear: {
      const auto year = DecodeInteger(Sub(field, "financial_year"), period.financial_year(), limits::kMinYear, limits::kMaxYear - 2);
      if (!year) return geo::Fail(year.error());
      return geo::Period::FinancialYear(static_cast<int>(*year));
    }
    case v1::Period::kRollingYearEnding: {
      const auto last = DecodeMonth(period.rolling_year_ending(), Sub(field, "rolling_year_ending"));
      if (!last) return geo::Fail(last.error());
      // Its days must be days that can be written: from 1900-01-01, to 2199-12-31.
      if (*last < geo::Month::Of(limits::kMinYear, 12) || *last >= geo::Month::Of(limits::kMaxYear, 12)) {
        return geo::Fail(geo::InvalidArgument(Sub(field, "rolling_year_ending"), fmt::format("is {}; send 1900-12 to 2199-11", geo::FormatMonth(*last))));
      }
      return geo::Period::RollingYear(*last);
    }
    case v1::Period::kMonth: {
      const auto month = DecodeMonth(period.month(), Sub(field, "month"));
      if (!month) return geo::Fail(month.error());
      if (*month >= geo::Month::Of(limits::kMaxYear, 12)) {
        return geo::Fail(geo::InvalidArgument(Sub(field, "month"), fmt::format("is {}; send 1900-01 to 2199-11", geo::FormatMonth(*month))));
      }
      return geo::Period{month->first_day(), month->next().first_day()};
    }
    case v1::Period::kDays:
      return DecodeDays(period.days(), Sub(field, "days"));
    case v1::Period::PERIOD_NOT_SET:
      break;
  }
  return geo::Fail(Missing(field, "send one of calendar_year, financial_year, rolling_year_ending, month, days"));
}

geo::Result<geo::TimeOfWeek> DecodeTimeOfWeek(const v1::TimeOfWeek& window, std::string_view field) {
  const auto begin = DecodeInteger(Sub(field, "begin_minute"), window.begin_minute(), 0, geo::kMinutesPerDay - 1);
  if (!begin) return geo::Fail(begin.error());
  const auto end = DecodeInteger(Sub(field, "end_minute"), window.end_minute(), 0, geo::kMinutesPerDay);
  if (!end) return geo::Fail(end.error());
  geo::TimeOfWeek decoded;
  decoded.begin_minute = static_cast<int>(*begin);
  // Minute 0 as the end is midnight, the end of the day on which the window began.
  decoded.end_minute = *end == 0 ? geo::kMinutesPerDay : static_cast<int>(*end);
  if (decoded.begin_minute == decoded.end_minute) {
    return geo::Fail(
        geo::InvalidArgument(Sub(field, "end_minute"), fmt::format("is {}, equal to begin_minute: an empty window; send another minute, or 0 for both for "
                                                                   "the whole day",
                                                                   decoded.end_minute)));
  }
  if (window.weekdays_size() > 7) return geo::Fail(TooMany(Sub(field, "weekdays"), window.weekdays_size(), 7));
  if (window.weekdays_size() == 0) return decoded;
  decoded.weekdays = 0;
  for (int i = 0; i < window.weekdays_size(); ++i) {
    const int day = window.weekdays(i);
    if (day < v1::WEEKDAY_MONDAY || day > v1::WEEKDAY_SUNDAY) {
      return geo::Fail(UnknownEnum(fmt::format("{}.weekdays[{}]", field, i), day, "WEEKDAY_MONDAY (1) to WEEKDAY_SUNDAY (7)"));
    }
    const auto bit = static_cast<std::uint8_t>(1U << (day - v1::WEEKDAY_MONDAY));
    if ((decoded.weekdays & bit) != 0) return geo::Fail(Repeated(fmt::format("{}.weekdays[{}]", field, i), kWeekdays[day - v1::WEEKDAY_MONDAY]));
    decoded.weekdays = static_cast<std::uint8_t>(decoded.weekdays | bit);
  }
  return decoded;
}

void EncodeTimeOfWeek(const geo::TimeOfWeek& window, v1::TimeOfWeek& out) {
  out.set_begin_minute(window.begin_minute);
  out.set_end_minute(window.end_minute == geo::kMinutesPerDay ? 0 : window.end_minute);
  if (window.weekdays == 0x7F) return;
  for (int day = 0; day < 7; ++day) {
    if ((window.weekdays >> day & 1) != 0) out.add_weekdays(static_cast<v1::Weekday>(v1::WEEKDAY_MONDAY + day));
  }
}

void EncodeDay(geo::LocalDay day, v1::Day& out) {
  const geo::Month month = geo::Month::OfDay(day);
  out.set_year(month.year());
  out.set_month(month.month());
  out.set_day(day - month.first_day() + 1);
}

void EncodeDays(geo::Period period, v1::DayRange& out) {
  EncodeDay(period.begin, *out.mutable_begin());
  EncodeDay(period.end, *out.mutable_end());
}

void EncodeMonth(geo::Month month, v1::Month& out) {
  out.set_year(month.year());
  out.set_month(month.month());
}

std::string FormatTimeOfWeek(const geo::TimeOfWeek& window) {
  if (window.always()) return "always";
  std::string text =
      fmt::format("{:02d}:{:02d}-{:02d}:{:02d} on ", window.begin_minute / 60, window.begin_minute % 60, window.end_minute / 60, window.end_minute % 60);
  if (window.weekdays == 0x7F) return text + "every day";
  bool first = true;
  for (int day = 0; day < 7; ++day) {
    if ((window.weekdays >> day & 1) == 0) continue;
    text += (first ? "" : ", ");
    text += kWeekdays[day];
    first = false;
  }
  return text;
}

}  // namespace server
