#include "geo/types/civil_day.h"

namespace geo {
namespace {

// Digits alone; -1 otherwise: from_chars would take a sign.
int NumberOf(std::string_view digits) {
  int value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::optional<LocalDay> CivilDay(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const int year = NumberOf(text.substr(0, 4)), month = NumberOf(text.substr(5, 2)), day = NumberOf(text.substr(8, 2));
  if (year < 0 || month < 1 || day < 1) return std::nullopt;
  const date::year_month_day civil{date::year{year}, date::month{static_cast<unsigned>(month)}, date::day{static_cast<unsigned>(day)}};
  return civil.ok() ? std::optional(DayOf(year, month, day)) : std::nullopt;
}

}  // namespace geo
