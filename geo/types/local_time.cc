#include "geo/types/local_time.h"

#include <fmt/format.h>

namespace geo {
namespace {

date::year_month_day CivilOf(LocalDay day) { return date::year_month_day{date::local_days{date::days{day}}}; }

// Digits only, exactly as many as the text holds; -1 otherwise. from_chars alone would take a sign or stop early.
int Digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return text.empty() ? -1 : value;
}

Error BadTime(std::string_view field, std::string_view text, std::string_view form) {
  return {ErrorCode::kInvalidArgument, std::string(field), "BAD_DATE",
          fmt::format("{} is \"{}\"; write {}, a real date from 1900 to 2199", field, text.substr(0, 40), form)};
}

}  // namespace

LocalDay DayOf(int year, int month, int day) {
  const date::year_month_day civil{date::year{year}, date::month{static_cast<unsigned>(month)}, date::day{static_cast<unsigned>(day)}};
  return static_cast<LocalDay>(date::local_days{civil}.time_since_epoch().count());
}

int WeekdayOf(LocalDay day) {
  // 1970-01-01 was a Thursday.
  return ((day + 3) % 7 + 7) % 7;
}

Month Month::OfDay(LocalDay day) {
  const auto civil = CivilOf(day);
  return Of(static_cast<int>(civil.year()), static_cast<int>(static_cast<unsigned>(civil.month())));
}

LocalDay Month::first_day() const { return DayOf(year(), month(), 1); }

bool Period::whole_months() const { return Month::OfDay(begin).first_day() == begin && Month::OfDay(end).first_day() == end; }

Period Period::CalendarYear(int year) { return {DayOf(year, 1, 1), DayOf(year + 1, 1, 1)}; }

Period Period::FinancialYear(int starting_year) { return {DayOf(starting_year, 4, 1), DayOf(starting_year + 1, 4, 1)}; }

Period Period::RollingYear(Month last) { return {Month{last.index - 11}.first_day(), last.next().first_day()}; }

Period YearsEarlier(Period period, int years) {
  const auto shift = [years](LocalDay day) {
    const auto civil = CivilOf(day);
    const auto earlier = civil - date::years{years};
    if (earlier.ok()) return static_cast<LocalDay>(date::local_days{earlier}.time_since_epoch().count());
    return DayOf(static_cast<int>(earlier.year()), 3, 1);
  };
  return {shift(period.begin), shift(period.end)};
}

std::string FormatDay(LocalDay day) {
  const auto civil = CivilOf(day);
  return fmt::format("{:04d}-{:02d}-{:02d}", static_cast<int>(civil.year()), static_cast<unsigned>(civil.month()), static_cast<unsigned>(civil.day()));
}

std::string FormatMonth(Month month) { return fmt::format("{:04d}-{:02d}", month.year(), month.month()); }

std::string FormatPeriod(Period period) { return FormatDay(period.begin) + "/" + FormatDay(period.end); }

std::string FormatMinute(LocalMinute minute) {
  const LocalDay day = DayOfMinute(minute);
  const int in_day = minute - day * kMinutesPerDay;
  return fmt::format("{}T{:02d}:{:02d}", FormatDay(day), in_day / 60, in_day % 60);
}

Result<LocalDay> ParseDay(std::string_view text, std::string_view field) {
  const auto bad = [&] { return Fail(BadTime(field, text, "YYYY-MM-DD")); };
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return bad();
  const int year = Digits(text.substr(0, 4));
  const int month = Digits(text.substr(5, 2));
  const int day = Digits(text.substr(8, 2));
  if (year < 1900 || year > 2199 || month < 1 || day < 1) return bad();
  const date::year_month_day civil{date::year{year}, date::month{static_cast<unsigned>(month)}, date::day{static_cast<unsigned>(day)}};
  if (!civil.ok()) return bad();
  return DayOf(year, month, day);
}

Result<Month> ParseMonth(std::string_view text, std::string_view field) {
  const auto bad = [&] { return Fail(BadTime(field, text, "YYYY-MM")); };
  if (text.size() != 7 || text[4] != '-') return bad();
  const int year = Digits(text.substr(0, 4));
  const int month = Digits(text.substr(5, 2));
  if (year < 1900 || year > 2199 || month < 1 || month > 12) return bad();
  return Month::Of(year, month);
}

}  // namespace geo
