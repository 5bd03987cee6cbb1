#include "server/cli/period_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "geo/types/local_time.h"
#include "wardwatch/v1/common.pb.h"

namespace server {
namespace {

using wardwatch::v1::Day;
using wardwatch::v1::DayRange;
using wardwatch::v1::Period;

constexpr const char* kForms =
    "2024 (year), 2024/25 (April to March), 2024-06 (month), 2024-06-01 (day), 2024-06..2025-05 (months), 2024-06-01..2024-06-30 (days) or "
    "12m..2025-05 (the months that end with that one)";

std::optional<int> Digits(std::string_view text) {
  int value = 0;
  if (text.empty() || !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc()) return std::nullopt;
  return value;
}

geo::Error NotAPeriod(std::string_view text, std::string_view field, std::string_view why) {
  return {geo::ErrorCode::kInvalidArgument, std::string(field), "NOT_A_PERIOD",
          fmt::format("\"{}\" is not a period{}{}: write {}", text, why.empty() ? "" : " ", why, kForms)};
}

void SetDay(geo::LocalDay day, Day& out) {
  const date::year_month_day ymd{date::sys_days{date::days{day}}};
  out.set_year(static_cast<int>(ymd.year()));
  out.set_month(static_cast<int>(static_cast<unsigned>(ymd.month())));
  out.set_day(static_cast<int>(static_cast<unsigned>(ymd.day())));
}

Period OfDays(geo::LocalDay begin, geo::LocalDay end) {
  Period period;
  SetDay(begin, *period.mutable_days()->mutable_begin());
  SetDay(end, *period.mutable_days()->mutable_end());
  return period;
}

geo::LocalDay ToLocalDay(const Day& day) { return geo::DayOf(day.year(), day.month(), day.day()); }

// "2024/25": the second part is the last two digits of the year that follows.
std::optional<Period> FinancialYear(std::string_view text) {
  if (text.size() != 7 || text[4] != '/') return std::nullopt;
  const auto first = Digits(text.substr(0, 4));
  const auto second = Digits(text.substr(5));
  if (!first || !second || (*first + 1) % 100 != *second) return std::nullopt;
  Period period;
  period.set_financial_year(*first);
  return period;
}

geo::Result<Period> MonthsUpTo(std::string_view text, std::string_view count_text, std::string_view last_text, std::string_view field) {
  const auto count = Digits(count_text);
  const auto last = geo::ParseMonth(last_text, field);
  if (!count || *count < 1 || *count > 120) return geo::Fail(NotAPeriod(text, field, "(1 to 120 months)"));
  if (!last) return geo::Fail(NotAPeriod(text, field, ""));
  if (*count == 12) {
    Period period;
    period.mutable_rolling_year_ending()->set_year(last->year());
    period.mutable_rolling_year_ending()->set_month(last->month());
    return period;
  }
  return OfDays(geo::Month{last->index - *count + 1}.first_day(), last->next().first_day());
}

geo::Result<Period> FromTo(std::string_view text, std::string_view from, std::string_view to, std::string_view field) {
  if (!from.empty() && from.back() == 'm') return MonthsUpTo(text, from.substr(0, from.size() - 1), to, field);
  if (from.size() == 7) {
    const auto first = geo::ParseMonth(from, field);
    const auto last = geo::ParseMonth(to, field);
    if (!first || !last) return geo::Fail(NotAPeriod(text, field, ""));
    if (*last < *first) return geo::Fail(NotAPeriod(text, field, "(it ends before it begins)"));
    return OfDays(first->first_day(), last->next().first_day());
  }
  const auto first = geo::ParseDay(from, field);
  const auto last = geo::ParseDay(to, field);
  if (!first || !last) return geo::Fail(NotAPeriod(text, field, ""));
  if (*last < *first) return geo::Fail(NotAPeriod(text, field, "(it ends before it begins)"));
  return OfDays(*first, *last + 1);
}

}  // namespace

geo::Result<Period> ParsePeriodText(std::string_view text, std::string_view field) {
  if (const auto dots = text.find(".."); dots != std::string_view::npos) return FromTo(text, text.substr(0, dots), text.substr(dots + 2), field);
  if (auto financial = FinancialYear(text)) return *financial;
  if (text.size() == 4) {
    if (const auto year = Digits(text); year && *year >= 1900 && *year <= 2199) {
      Period period;
      period.set_calendar_year(*year);
      return period;
    }
  }
  if (const auto month = geo::ParseMonth(text, field)) {
    Period period;
    period.mutable_month()->set_year(month->year());
    period.mutable_month()->set_month(month->month());
    return period;
  }
  if (const auto day = geo::ParseDay(text, field)) return OfDays(*day, *day + 1);
  return geo::Fail(NotAPeriod(text, field, ""));
}

std::string DayText(const Day& day) {
  if (day.year() == 0) return "unknown";
  return fmt::format("{:04}-{:02}-{:02}", day.year(), day.month(), day.day());
}

std::string DayRangeText(const DayRange& days) {
  if (days.begin().year() == 0 || days.end().year() == 0) return "unknown";
  const geo::LocalDay last = ToLocalDay(days.end()) - 1;
  return fmt::format("{} to {}", DayText(days.begin()), geo::FormatDay(last));
}

int DaysOf(const DayRange& days) { return days.begin().year() == 0 || days.end().year() == 0 ? 0 : ToLocalDay(days.end()) - ToLocalDay(days.begin()); }

std::string MonthText(const wardwatch::v1::Month& month) { return fmt::format("{:04}-{:02}", month.year(), month.month()); }

std::string ShortPeriodText(const DayRange& days) {
  if (days.begin().year() == 0 || days.end().year() == 0) return "unknown";
  const geo::LocalDay last = ToLocalDay(days.end()) - 1;
  if (days.begin().day() != 1 || days.end().day() != 1) return fmt::format("{}..{}", DayText(days.begin()), geo::FormatDay(last));
  const geo::Month first_month = geo::Month::OfDay(ToLocalDay(days.begin()));
  const geo::Month last_month = geo::Month::OfDay(last);
  if (first_month == last_month) return geo::FormatMonth(first_month);
  if (last_month.index - first_month.index == 11 && first_month.month() == 1) return fmt::format("{:04}", first_month.year());
  if (last_month.index - first_month.index == 11 && first_month.month() == 4) return fmt::format("{:04}/{:02}", first_month.year(), last_month.year() % 100);
  return fmt::format("{}..{}", geo::FormatMonth(first_month), geo::FormatMonth(last_month));
}

std::string PeriodUsedText(const std::string& text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos) return text;
  const auto begin = geo::ParseDay(std::string_view(text).substr(0, slash), "period");
  const auto end = geo::ParseDay(std::string_view(text).substr(slash + 1), "period");
  return begin && end ? fmt::format("{} to {}", geo::FormatDay(*begin), geo::FormatDay(*end - 1)) : text;
}

}  // namespace server
