// CheckRise as text and as csv.
#pragma once

#include <string>

#include "server/cli/terminal.h"

namespace wardwatch::v1 {
class CheckRiseResponse;
}  // namespace wardwatch::v1

namespace server {

// The server's reasons first, most important first; then the place beside everything that it was compared with. With `explain`, why each has its verdict.
std::string RiseTable(const wardwatch::v1::CheckRiseResponse& answer, bool explain, const Terminal& terminal);

// The place, then the comparisons, one record each.
std::string RiseCsv(const wardwatch::v1::CheckRiseResponse& answer);

}  // namespace server
