// A tree as it was sent against what the layer has. For the sources of this room.
#pragma once

#include "geo/filters/filter.h"

namespace geo {

// Counts and depths, names, types, literals; fills in what they stand for. Errors: as the parsers. Cost: O(nodes).
Result<void> CheckFilter(FilterNode& root, const FilterSchema& schema);

}  // namespace geo
