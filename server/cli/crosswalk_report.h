// CrosswalkCounts as tables and as csv.
#pragma once

#include <string>

#include "server/cli/terminal.h"

namespace wardwatch::v1 {
class CrosswalkCountsResponse;
}  // namespace wardwatch::v1

namespace server {

// An estimate for each new ward, with the low and the high that no division of the old counts can pass. With `shares`, what went from where to where.
std::string CrosswalkTable(const wardwatch::v1::CrosswalkCountsResponse& answer, bool shares, const Terminal& terminal);

std::string CrosswalkCsv(const wardwatch::v1::CrosswalkCountsResponse& answer);
std::string CrosswalkSharesCsv(const wardwatch::v1::CrosswalkCountsResponse& answer);

}  // namespace server
