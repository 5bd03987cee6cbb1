#include "geo/sources/manifest_hours.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "geo/sources/text_check.h"

namespace geo {
namespace {

constexpr std::array<std::string_view, 7> kDays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

std::optional<int> NumberOf(std::string_view digits) {
  int number = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (fault != std::errc() || end != digits.data() + digits.size() || number < 0) return std::nullopt;
  return number;
}

// "20:00": minutes of the day, to 24:00.
std::optional<int> MinuteOf(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hour = NumberOf(text.substr(0, 2)), minute = NumberOf(text.substr(3));
  if (!hour || !minute || *minute > 59 || *hour * 60 + *minute > kMinutesPerDay) return std::nullopt;
  return *hour * 60 + *minute;
}

}  // namespace

void ReadHours(TableReader& reader, const char* key, TimeOfWeek& out) {
  std::string hours;
  reader.optional(key, hours);
  if (hours.empty()) return;
  const bool formed = hours.size() == 11 && hours[5] == '-';
  const auto begin = formed ? MinuteOf(std::string_view(hours).substr(0, 5)) : std::nullopt;
  const auto end = formed ? MinuteOf(std::string_view(hours).substr(6)) : std::nullopt;
  if (!begin || !end || *begin == kMinutesPerDay) return reader.refuse(key, "BAD_WINDOW", "write hours of the local clock as \"20:00-06:00\"");
  // 00:00 as an end is midnight, the end of the day on which the window began.
  const int last = *end == 0 ? kMinutesPerDay : *end;
  if (*begin == last) return reader.refuse(key, "EMPTY_WINDOW", fmt::format("{} is no time at all; leave `{}` out for the whole day", hours, key));
  out.begin_minute = *begin;
  out.end_minute = last;
}

void ReadDays(TableReader& reader, TimeOfWeek& out) {
  if (!reader.has("days")) return;
  std::vector<std::string> days;
  reader.optional_texts("days", days);
  if (days.empty()) return reader.refuse("days", "EMPTY_WINDOW", "no day at all; leave `days` out for every day");
  out.weekdays = 0;
  for (const std::string& day : days) {
    const auto found = std::find(kDays.begin(), kDays.end(), day);
    if (found == kDays.end()) return reader.refuse("days", "BAD_DAY", fmt::format("\"{}\" is none of {}", Excerpt(day), fmt::join(kDays, ", ")));
    out.weekdays = static_cast<std::uint8_t>(out.weekdays | (1U << (found - kDays.begin())));
  }
}

}  // namespace geo
