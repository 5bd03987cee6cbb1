// The light of a dataset's days and places.
#pragma once

#include <memory>

#include "geo/incidents/dataset_record.h"
#include "geo/incidents/daylight.h"
#include "geo/incidents/incident_columns.h"
#include "geo/types/result.h"

namespace geo {

// For the days and squares of incidents of known hour, on the clock of record.time_zone; null where no time window or workstream asks for light and nothing
// is known of the street, or no hour is known. Without any position it is the light of the middle of England. Errors: kDataLoss STORE_DAMAGED for a time zone that this machine does not know; those of BritishGrid::Create. Cost: 2 us a square and day.
Result<std::shared_ptr<const Daylight>> BuildDaylight(const DatasetRecord& record, const IncidentColumns& incidents);

}  // namespace geo
