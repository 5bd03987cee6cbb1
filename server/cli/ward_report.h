// CompareWards as a table and as csv.
#pragma once

#include <string>

#include "server/cli/terminal.h"

namespace wardwatch::v1 {
class CompareWardsResponse;
}  // namespace wardwatch::v1

namespace server {

// Both counts, the difference, the ratio with its interval, both rates and the verdict; a percentage only where the server gives one. With `explain`, the
// server's sentence for each ward follows the table.
std::string WardTable(const wardwatch::v1::CompareWardsResponse& answer, bool explain, const Terminal& terminal);

std::string WardCsv(const wardwatch::v1::CompareWardsResponse& answer);

}  // namespace server
