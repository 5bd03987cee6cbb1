#include "geo/change/residents.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace geo {

std::optional<Residents> ResidentsOf(std::span<const PopulationRecord> populations, const std::string& code, Period period) {
  // Twice the middle, so that a period of an odd number of days keeps its half day.
  const std::int64_t twice_middle = std::int64_t{period.begin} + period.end;
  const auto first = std::lower_bound(populations.begin(), populations.end(), code, [](const PopulationRecord& p, const std::string& c) { return p.code < c; });
  std::optional<Residents> nearest;
  std::int64_t nearest_distance = 0;
  for (auto entry = first; entry != populations.end() && entry->code == code; ++entry) {
    if (entry->measure != "residents" || !(entry->value > 0) || !std::isfinite(entry->value)) continue;
    const std::int64_t distance = std::llabs(2 * std::int64_t{DayOf(entry->year, 6, 30)} - twice_middle);
    if (nearest && (distance > nearest_distance || (distance == nearest_distance && entry->year > nearest->year))) continue;
    nearest = Residents{entry->value, entry->year};
    nearest_distance = distance;
  }
  return nearest;
}

}  // namespace geo
