// Which months of a series may be judged?
#pragma once

#include <vector>

#include "geo/change/ward_trends.h"

namespace geo {

// One per month of filter.period (whole months), for the sources and categories of the filter. The first that is true: kMissing (a source that takes part has
// no rows in it), kBroken (overlaps a break that does not hold the whole period; a rule changed inside it; or a rule changed at its end or later, and no later
// than the first day of the last month that nothing else is held against), kPartial, kProvisional, else kUsed.
// Cost: O(breaks x months + coverage months).
std::vector<MonthUse> MonthUses(const DatasetSnapshot& data, const IncidentFilter& filter);

}  // namespace geo
