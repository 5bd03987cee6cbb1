// FindAreaHotspots as a table and as csv.
#pragma once

#include <string>

#include "server/cli/terminal.h"

namespace wardwatch::v1 {
class FindAreaHotspotsResponse;
}  // namespace wardwatch::v1

namespace server {

// The highest statistic first, areas without one last.
std::string AreaHotspotTable(const wardwatch::v1::FindAreaHotspotsResponse& answer, const Terminal& terminal);

// In order of code.
std::string AreaHotspotCsv(const wardwatch::v1::FindAreaHotspotsResponse& answer);

}  // namespace server
