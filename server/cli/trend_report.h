// AnalyseTrends as a chart or a table, and as csv.
#pragma once

#include <string>

#include "server/cli/terminal.h"

namespace wardwatch::v1 {
class AnalyseTrendsResponse;
}  // namespace wardwatch::v1

namespace server {

// One series: a chart with its season, trend, changes of level and forecast in words. Several: a line each, with a sparkline. With `explain`, the server's
// sentences follow a table of several; of one series they are always there.
std::string TrendTable(const wardwatch::v1::AnalyseTrendsResponse& answer, bool explain, const Terminal& terminal);

// One record for each series and month; what is said of a whole series is repeated.
std::string TrendCsv(const wardwatch::v1::AnalyseTrendsResponse& answer);

}  // namespace server
