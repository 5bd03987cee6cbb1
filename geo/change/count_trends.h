// Incidents counted by series and month, in one pass.
#pragma once

#include <vector>

#include "geo/change/ward_trends.h"

namespace geo {

// Fills answer.first, months, incidents, located, hour_unknown, unknown_hour, and lays answer.series with kind, area, category and counts, in the answer's
// order: areas by code, outside, unlocated, total; within each by category where split. Errors: kResourceExhausted TOO_MANY_SERIES; of `stop`.
// Cost: one pass over the rows of the period, one counter a row.
Result<void> CountTrends(const DatasetSnapshot& data, const TrendQuery& query, TrendAnswer& answer, const StopSignal& stop);

}  // namespace geo
