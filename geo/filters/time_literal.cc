#include "geo/filters/time_literal.h"

#include <charconv>
#include <limits>

#include "geo/filters/filter_fault.h"
#include "geo/types/civil_day.h"

namespace geo {
namespace {

constexpr std::int64_t kSecondsPerDay = 86'400;

// Two digits at `at`, or -1.
int TwoDigits(std::string_view text, std::size_t at) {
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9' ? text[i] - '0' : -1; };
  const int tens = digit(at), units = digit(at + 1);
  return tens < 0 || units < 0 ? -1 : 10 * tens + units;
}

// ".25" or nothing.
bool IsFraction(std::string_view text) {
  if (text.empty()) return true;
  if (text[0] != '.' || text.size() < 2) return false;
  return text.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

tl::unexpected<Error> BadTime(std::string_view text, const std::string& where) {
  return FilterFault("BAD_LITERAL", where, Shown(text) + " is no time; write a day as '2024-01-31' and an instant in UTC as '2024-01-31T09:30:00Z'");
}

Result<TimeSpan> SpanOfEither(std::string_view text, const FilterSchema& schema, const std::string& where) {
  return text.size() <= 10 ? SpanOfDate(text, where) : SpanOfTimestamp(text, schema, where);
}

}  // namespace

Result<TimeSpan> SpanOfDate(std::string_view text, const std::string& where) {
  const auto day = CivilDay(text);
  if (!day) return BadTime(text, where);
  return TimeSpan{*day * kSecondsPerDay, *day * kSecondsPerDay + kSecondsPerDay - 1};
}

Result<TimeSpan> SpanOfTimestamp(std::string_view text, const FilterSchema& schema, const std::string& where) {
  if (text.size() < 20 || text.size() > 40 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text.back() != 'Z') return BadTime(text, where);
  const auto day = CivilDay(text.substr(0, 10));
  const int hour = TwoDigits(text, 11), minute = TwoDigits(text, 14), second = TwoDigits(text, 17);
  if (!day || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60 || !IsFraction(text.substr(19, text.size() - 20))) {
    return BadTime(text, where);
  }
  const std::int64_t utc_s = *day * kSecondsPerDay + hour * 3'600 + minute * 60 + second;
  const std::int64_t local_s = schema.local_from_utc ? schema.local_from_utc(utc_s) : utc_s;
  return TimeSpan{local_s, local_s};
}

Result<TimeSpan> SpanOfInterval(std::string_view from, std::string_view to, const FilterSchema& schema, const std::string& where) {
  TimeSpan span{std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()};
  if (from != "..") {
    const auto begin = SpanOfEither(from, schema, where);
    if (!begin) return begin;
    span.begin_s = begin->begin_s;
  }
  if (to != "..") {
    const auto end = SpanOfEither(to, schema, where);
    if (!end) return end;
    span.end_s = end->end_s;
  }
  if (span.begin_s <= span.end_s) return span;
  // Local clocks go back an hour in autumn: what is in order in UTC is in order.
  const FilterSchema utc;
  const bool instants = from.size() > 10 && to.size() > 10;
  if (!instants || SpanOfTimestamp(from, utc, where)->begin_s > SpanOfTimestamp(to, utc, where)->begin_s)
    return FilterFault("BAD_LITERAL", where, "the interval ends before it begins; the earlier end comes first");
  span.end_s = span.begin_s;
  return span;
}

}  // namespace geo
