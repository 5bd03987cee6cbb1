// Incidents of two periods counted for a place, its peers, the rest, and the place's sources and categories, in one pass over the rows.
#pragma once

#include <array>
#include <vector>

#include "geo/change/rise_check.h"

namespace geo {

struct RisePart {
  std::int64_t incidents = 0;
  std::int64_t crimes = 0;
  double weight = 0;  // sum of window shares
};
using RiseSides = std::array<RisePart, 2>;  // before, after

struct RiseCounts {
  RiseSides place;
  RiseSides peers;
  RiseSides rest;                                                               // all but the place: peers, other areas, outside and unlocated
  std::vector<RiseSides> by_source;                                             // of the place, by source of the dataset
  std::vector<RiseSides> by_category;                                           // of the place, by category of the dataset
  std::vector<RiseSides> by_peer;                                               // as RiseQuery::peers
  std::int64_t incidents = 0, located = 0, hour_unknown = 0, unknown_hour = 0;  // over both periods, all parts
};

// The filter's areas are not used. Errors: of `stop`.
Result<RiseCounts> CountRise(const DatasetSnapshot& data, const RiseQuery& query, const StopSignal& stop);

}  // namespace geo
