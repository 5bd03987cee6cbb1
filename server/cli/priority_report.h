// RankPriorities as a table, as csv and as GeoJSON.
#pragma once

#include <string>

#include "geo/types/result.h"
#include "server/cli/terminal.h"

namespace wardwatch::v1 {
class ListAreasResponse;
class RankPrioritiesResponse;
}  // namespace wardwatch::v1

namespace server {

// Best first. With `explain`, the server's sentences follow.
std::string PriorityTable(const wardwatch::v1::RankPrioritiesResponse& answer, bool explain, const Terminal& terminal);
// One line for each place, block and workstream.
std::string PriorityCsv(const wardwatch::v1::RankPrioritiesResponse& answer);
// Cells as polygons, or areas with the shapes of `areas`. Errors: kInternal for a cell id that cannot be read or where PROJ is missing.
geo::Result<std::string> PriorityGeoJson(const wardwatch::v1::RankPrioritiesResponse& answer, const wardwatch::v1::ListAreasResponse& areas);

}  // namespace server
