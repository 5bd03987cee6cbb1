// DatasetService's answers as tables and csv.
#pragma once

#include <string>

#include "server/cli/terminal.h"

namespace wardwatch::v1 {
class GetCoverageResponse;
class GetDatasetResponse;
class ListAreasResponse;
class ListDatasetsResponse;
}  // namespace wardwatch::v1

namespace server {

std::string DatasetsTable(const wardwatch::v1::ListDatasetsResponse& answer, const Terminal& terminal);
std::string DatasetsCsv(const wardwatch::v1::ListDatasetsResponse& answer);

// One dataset in full: sources with every row accounted for, categories, boundaries, recording breaks.
std::string DatasetTable(const wardwatch::v1::GetDatasetResponse& answer, const Terminal& terminal);
// Its files: one record for each.
std::string DatasetCsv(const wardwatch::v1::GetDatasetResponse& answer);

std::string CoverageTable(const wardwatch::v1::GetCoverageResponse& answer, const Terminal& terminal);
// One record for each source, month and category.
std::string CoverageCsv(const wardwatch::v1::GetCoverageResponse& answer);

std::string AreasTable(const wardwatch::v1::ListAreasResponse& answer, const Terminal& terminal);
std::string AreasCsv(const wardwatch::v1::ListAreasResponse& answer);

}  // namespace server
