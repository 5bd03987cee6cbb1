// FindHotspots as a table with a map, and as csv.
#pragma once

#include <string>
#include <vector>

#include "server/cli/hotspot_map.h"
#include "server/cli/terminal.h"

namespace wardwatch::v1 {
class FindHotspotsResponse;
class HotspotCell;
}  // namespace wardwatch::v1

namespace server {

// "##.": one mark per previous year, oldest first, then the period itself. # hot, . not, ? a year that the data does not cover.
std::string YearMarks(const wardwatch::v1::FindHotspotsResponse& answer, const wardwatch::v1::HotspotCell& cell);

// The cells of an answer for the map; cells whose id cannot be read are left out.
std::vector<MapCell> MapCellsOf(const wardwatch::v1::FindHotspotsResponse& answer);

// Head, map (where `map_cells` is not empty), table of the first `top` cells in the answer (0: all), footer.
std::string HotspotTable(const wardwatch::v1::FindHotspotsResponse& answer, const std::vector<MapCell>& map_cells, int top, const Terminal& terminal);

std::string HotspotCsv(const wardwatch::v1::FindHotspotsResponse& answer);

}  // namespace server
