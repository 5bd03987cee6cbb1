#include "geo/change/breaks_by_category.h"

namespace geo {

std::vector<std::vector<CrossedBreak>> BreaksByCategory(const DatasetSnapshot& data, const IncidentFilter& filter,
                                                        std::span<const std::optional<CategoryIndex>> categories, Period one, Period other) {
  std::vector<std::vector<CrossedBreak>> breaks;
  IncidentFilter narrowed = filter;
  for (const std::optional<CategoryIndex>& category : categories) {
    if (category) narrowed.categories = {*category};
    breaks.push_back(BreaksBetween(data, narrowed, one, other));
  }
  return breaks;
}

}  // namespace geo
