// The evidence pack for one place, and whom it would watch: as tables and as csv.
#pragma once

#include <string>

#include "server/cli/terminal.h"

namespace wardwatch::v1 {
class GatherSiteEvidenceResponse;
class SweepBearingsResponse;
}  // namespace wardwatch::v1

namespace server {

std::string SiteEvidenceTable(const wardwatch::v1::GatherSiteEvidenceResponse& answer, const Terminal& terminal);
std::string SiteEvidenceCsv(const wardwatch::v1::GatherSiteEvidenceResponse& answer);  // name, value
std::string BearingsTable(const wardwatch::v1::SweepBearingsResponse& answer, const Terminal& terminal);
std::string BearingsCsv(const wardwatch::v1::SweepBearingsResponse& answer);

}  // namespace server
