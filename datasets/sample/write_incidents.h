// The incident files: the police's own records, the council's reports, and the same police records as data.police.uk would publish them.
#pragma once

#include "datasets/sample/incident_history.h"
#include "datasets/sample/output_folder.h"

namespace sample {

// police-2019.csv to police-2024.csv: Reference, Offence, From, To, Easting, Northing, Street, Alcohol (Y, N), Domestic (Y, blank); To is blank where the minute is known.
void WritePolice(const std::vector<Incident>& incidents, const Settlement& settlement, OutputFolder& out);
// council-asb.csv: the export of a report website, with names and free text that the manifest does not map.
void WriteCouncil(const std::vector<Incident>& incidents, const Settlement& settlement, OutputFolder& out);
// street/2019-01-tidewick-street.csv and on: twelve columns, month only, every position the nearest snap point, copies left out, LF or CRLF by year.
void WriteOpen(const std::vector<Incident>& incidents, const Settlement& settlement, const Lsoas& lsoas, OutputFolder& out);

}  // namespace sample
