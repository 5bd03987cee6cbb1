// CompareBoundaries as tables and as csv.
#pragma once

#include <string>

#include "server/cli/terminal.h"

namespace wardwatch::v1 {
class CompareBoundariesResponse;
}  // namespace wardwatch::v1

namespace server {

// For each new ward: what published tables would say, and how much of it is the boundary and how much the incidents. With `flows`, a second table of what every
// old area gave to every new one. With `explain`, why each has its verdict.
std::string BoundaryTable(const wardwatch::v1::CompareBoundariesResponse& answer, bool flows, bool explain, const Terminal& terminal);

std::string BoundaryCsv(const wardwatch::v1::CompareBoundariesResponse& answer);
std::string FlowCsv(const wardwatch::v1::CompareBoundariesResponse& answer);

}  // namespace server
