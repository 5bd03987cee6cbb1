// Has the data anything to say of a period at all?
#pragma once

#include "geo/incidents/selection.h"
#include "geo/snapshot/dataset_snapshot.h"
#include "geo/types/result.h"

namespace geo {

// kFailedPrecondition NO_DATA when filter.period lies wholly before the first or after the last month of every source that the filter names: "no incidents"
// would read as peace where there is only silence. A dataset, or sources, without any rows are not refused: that nothing was loaded shows everywhere.
// `field` names the period in the message. See also BreaksCrossed, for gaps inside.
Result<void> CheckMeetsData(const DatasetSnapshot& data, const IncidentFilter& filter, const char* field);

}  // namespace geo
