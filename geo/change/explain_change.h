// A change told in a sentence that carries both counts.
#pragma once

#include <string>

#include "geo/change/ward_comparison.h"

namespace geo {

// "142 to 98 incidents: lower. Were the rates equal, a difference at least this large would come by chance in 1 of 219 comparisons; q = 0.018 over 22 tests."
// Uses the words of VerdictWord and no others for the verdict. Empty for the rows that have none: outside and unlocated.
std::string ExplainChange(const WardRow& row, const WardQuery& query, const WardAnswer& answer);

}  // namespace geo
