// CompareYears as a table and as csv.
#pragma once

#include <string>

#include "server/cli/terminal.h"

namespace wardwatch::v1 {
class CompareYearsResponse;
}  // namespace wardwatch::v1

namespace server {

// Counts side by side with a sparkline, the verdicts of the last period against the one before and against the baseline (an index into the periods), and the
// last period's rate and rank interval. What is not comparable with what follows the table.
std::string YearsTable(const wardwatch::v1::CompareYearsResponse& answer, int baseline, const Terminal& terminal);

// One record for each row and period.
std::string YearsCsv(const wardwatch::v1::CompareYearsResponse& answer, int baseline);

}  // namespace server
