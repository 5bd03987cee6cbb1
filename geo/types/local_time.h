// Time as people in the area live it: local clock days and minutes, months, and half-open periods of days.
#pragma once

#include <date/date.h>

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "geo/types/result.h"

namespace geo {

// Days since 1970-01-01 on the local calendar.
using LocalDay = std::int32_t;
// Minutes since 1970-01-01 00:00 on the local clock (Europe/London unless the dataset says otherwise). The local clock is the one that the questions
// are about ("after eight on a Saturday"); it skips an hour in March and repeats one in October, and an incident in the repeated hour is counted in it
// whichever of the two it was.
using LocalMinute = std::int32_t;

inline constexpr int kMinutesPerDay = 1440;

// A calendar month, counted from January of year 0: 2022-01 is 2022 * 12. Subtraction gives months between.
struct Month {
  std::int32_t index = 0;
  static Month Of(int year, int month) { return {year * 12 + month - 1}; }
  static Month OfDay(LocalDay day);
  int year() const { return index / 12; }
  int month() const { return index % 12 + 1; }
  LocalDay first_day() const;
  Month next() const { return {index + 1}; }
  friend auto operator<=>(const Month&, const Month&) = default;
};

LocalDay DayOf(int year, int month, int day);
inline LocalDay DayOfMinute(LocalMinute minute) { return minute >= 0 ? minute / kMinutesPerDay : -((-minute + kMinutesPerDay - 1) / kMinutesPerDay); }
// 0 Monday .. 6 Sunday.
int WeekdayOf(LocalDay day);

// [begin, end) in local days. Valid when begin < end.
struct Period {
  LocalDay begin = 0;
  LocalDay end = 0;
  int days() const { return end - begin; }
  bool contains(LocalDay day) const { return day >= begin && day < end; }
  bool whole_months() const;  // begins and ends on the first of a month
  static Period CalendarYear(int year);
  static Period FinancialYear(int starting_year);  // April to March: 2024 is 2024-04-01 to 2025-04-01
  static Period RollingYear(Month last);           // the twelve months that end with `last`
  friend bool operator==(const Period&, const Period&) = default;
};
// The same months or days, `years` earlier; 29 February becomes 1 March at the begin and at the end.
Period YearsEarlier(Period period, int years);

std::string FormatDay(LocalDay day);        // 2022-01-31
std::string FormatMonth(Month month);       // 2022-01
std::string FormatPeriod(Period period);    // 2022-01-01/2023-01-01, end excluded
std::string FormatMinute(LocalMinute minute);  // 2022-01-31T23:05

// Exactly the forms above; anything else (spaces, signs, month 13, 30 February, year outside 1900..2199) is an Error on `field`.
Result<LocalDay> ParseDay(std::string_view text, std::string_view field);
Result<Month> ParseMonth(std::string_view text, std::string_view field);

}  // namespace geo
