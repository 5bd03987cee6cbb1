// Rates of areas and of their total: one look at a denominator for each area and period, whatever is divided by it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/change/denominators.h"
#include "geo/change/ward_comparison.h"

namespace geo {

struct AreaDenominators {
  std::string measure;
  std::vector<std::optional<DenominatorValue>> by_area;  // as the areas given
  // Their sum: absent without areas, or where one of them has none. Names a year only when all share it.
  std::optional<DenominatorValue> total;
};

// One for each period, in order. The ground of a shape is measured once for all periods.
std::vector<AreaDenominators> DenominatorsOfAreas(const DatasetSnapshot& data, std::size_t vintage, std::span<const AreaIndex> areas,
                                                  const std::string& measure, std::span<const Period> periods);

// `incidents` are those that happened in what `value` measures: never those outside the areas.
Rate RateOf(const std::string& measure, const std::optional<DenominatorValue>& value, std::int64_t incidents, Period period);

}  // namespace geo
