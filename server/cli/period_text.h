// Periods as people type them, and days as people read them.
#pragma once

#include <string>
#include <string_view>

#include "geo/types/result.h"

namespace wardwatch::v1 {
class Day;
class DayRange;
class Month;
class Period;
}  // namespace wardwatch::v1

namespace server {

// One of:
//   2024                     the calendar year
//   2024/25                  the financial year, April 2024 to March 2025
//   2024-06                  the month
//   2024-06-01               the day
//   2024-06..2025-05         months, both included
//   2024-06-01..2024-06-30   days, both included
//   12m..2025-05             the twelve months that end with that one; any number of months from 1 to 120
// Years 1900 to 2199. Anything else, and an end before its begin, is an Error on `field` that shows the forms.
// See also tests/unit/server/cli/period_text_test.cc.
geo::Result<wardwatch::v1::Period> ParsePeriodText(std::string_view text, std::string_view field);

std::string MonthText(const wardwatch::v1::Month& month);  // "2024-06"
// As people type it: "2024", "2024/25", "2024-06", "2024-06..2025-05" for whole months, "2024-06-01..2024-06-30" else.
std::string ShortPeriodText(const wardwatch::v1::DayRange& days);
int DaysOf(const wardwatch::v1::DayRange& days);     // 0 when not set
std::string DayText(const wardwatch::v1::Day& day);  // "2024-06-30"; "unknown" when not set
// A period as the server echoes it, "2024-01-01/2025-01-01" with the end excluded, in the words of DayRangeText; any other text as it is.
std::string PeriodUsedText(const std::string& text);
std::string DayRangeText(const wardwatch::v1::DayRange& days);  // "2024-06-01 to 2024-06-30": the last day is included, as people say it

}  // namespace server
