// What every question that compares periods on one set of boundaries is refused for.
#pragma once

#include <string>
#include <vector>

#include "geo/incidents/selection.h"
#include "geo/snapshot/dataset_snapshot.h"
#include "geo/types/result.h"

namespace geo {

// kInvalidArgument: vintage NO_SUCH_VINTAGE; filter.areas.vintage OTHER_VINTAGE; false_discovery_rate outside (0, 0.5].
Result<void> CheckComparison(const DatasetSnapshot& data, const IncidentFilter& filter, std::size_t vintage, double false_discovery_rate);

// kInvalidArgument for a period without days; CheckAnswerable and CheckMeetsData for the filter over it, naming `field`.
Result<void> CheckComparedPeriod(const DatasetSnapshot& data, IncidentFilter filter, Period period, const std::string& field);

// kInvalidArgument on the later's field where the two share a day: an incident may be counted once only.
Result<void> CheckApart(Period one, const std::string& one_field, Period other, const std::string& other_field);

}  // namespace geo
