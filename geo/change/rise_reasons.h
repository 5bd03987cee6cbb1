// Why a rise is, or is not, to be believed: sentences of a fixed vocabulary.
#pragma once

#include <string>
#include <vector>

#include "geo/change/rise_check.h"

namespace geo {

// Breaks crossed first, then the place itself, its peers together and one by one, the rest, sources, categories. Each carries both counts. `answer` is complete
// but for its reasons.
std::vector<std::string> ReasonsOf(const DatasetSnapshot& data, const RiseQuery& query, const RiseAnswer& answer);

}  // namespace geo
