// Which rows of a comparison can be compared: a change of recording that meets one category says nothing of the others.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "geo/incidents/selection.h"
#include "geo/snapshot/breaks_crossed.h"

namespace geo {

// BreaksBetween of the two periods for each of `categories`, the filter narrowed to it; nullopt: the filter as it is. Order: as `categories`.
std::vector<std::vector<CrossedBreak>> BreaksByCategory(const DatasetSnapshot& data, const IncidentFilter& filter,
                                                        std::span<const std::optional<CategoryIndex>> categories, Period one, Period other);

}  // namespace geo
