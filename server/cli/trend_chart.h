// One monthly series as a control chart in text.
#pragma once

#include <string>

#include "server/cli/terminal.h"

namespace wardwatch::v1 {
class TrendSeries;
}  // namespace wardwatch::v1

namespace server {

// A line for each month: its count, the count drawn on a scale from 0 to the largest count or limit, the limits and what is expected between them, and what to
// know of the month: a signal, or why it is kept out. A month that is kept out is drawn hollow; a missing one not at all. Lines end in '\n'; the last is a
// legend. Empty without months. See also tests/unit/server/cli/trend_report_test.cc, where a chart is drawn.
std::string DrawTrendChart(const wardwatch::v1::TrendSeries& series, const Terminal& terminal);

}  // namespace server
