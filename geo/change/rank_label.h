// What a rank may be used for.
#pragma once

#include <span>

#include "geo/change/ward_ranking.h"

namespace geo {

// In this order: none without a rank; not rankable under 20 incidents, or where a range spans more than half of the areas ranked by its denominator; depends on
// denominator where two ranges have no rank in common; else robust. `ranked_areas`: how many areas each denominator ranks, in the order of ward.denominators.
RankLabel LabelOf(const RankedWard& ward, std::span<const int> ranked_areas);

}  // namespace geo
