#include "server/cli/period_list.h"

#include <fmt/format.h>

#include <optional>

#include "server/cli/period_text.h"
#include "server/cli/question_parts.h"

namespace server {
namespace {

using wardwatch::v1::Period;

// The first year of a calendar or financial year; nothing for what is neither.
std::optional<int> YearOf(const Period& period) {
  if (period.has_calendar_year()) return period.calendar_year();
  if (period.has_financial_year()) return period.financial_year();
  return std::nullopt;
}

// Nothing where the text is no range of years.
geo::Result<std::optional<std::vector<Period>>> YearRange(const std::string& text, std::string_view field) {
  const std::size_t dots = text.find("..");
  if (dots == std::string::npos) return std::nullopt;
  const auto first = ParsePeriodText(std::string_view(text).substr(0, dots), field);
  const auto last = ParsePeriodText(std::string_view(text).substr(dots + 2), field);
  if (!first || !last || (!YearOf(*first) && !YearOf(*last))) return std::nullopt;
  if (first->period_case() != last->period_case()) {
    return geo::Fail(BadFlag(std::string(field), fmt::format("\"{}\" mixes two kinds of year: write 2019..2024 or 2019/20..2024/25", text)));
  }
  if (*YearOf(*last) < *YearOf(*first)) return geo::Fail(BadFlag(std::string(field), fmt::format("\"{}\" ends before it begins", text)));
  std::vector<Period> years;
  for (int year = *YearOf(*first); year <= *YearOf(*last); ++year) {
    Period& period = years.emplace_back();
    first->has_calendar_year() ? period.set_calendar_year(year) : period.set_financial_year(year);
  }
  return years;
}

}  // namespace

geo::Result<std::vector<Period>> ParsePeriodList(const std::vector<std::string>& texts, std::string_view field) {
  std::vector<Period> periods;
  for (const std::string& text : texts) {
    auto years = YearRange(text, field);
    if (!years) return geo::Fail(years.error());
    if (*years) {
      periods.insert(periods.end(), (*years)->begin(), (*years)->end());
      continue;
    }
    auto period = ParsePeriodText(text, field);
    if (!period) return geo::Fail(period.error());
    periods.push_back(std::move(*period));
  }
  return periods;
}

}  // namespace server
