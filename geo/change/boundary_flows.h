// How many incidents each pair of an old and a new area shares.
#pragma once

#include <cstdint>
#include <vector>

#include "geo/areas/area_set.h"
#include "geo/incidents/selection.h"
#include "geo/snapshot/dataset_snapshot.h"
#include "geo/types/stop_signal.h"

namespace geo {

// Ordered by from, then to; kNowhere and kOutside come after every area.
struct AreaPair {
  AreaIndex from = kOutside;
  AreaIndex to = kOutside;
  friend auto operator<=>(const AreaPair&, const AreaPair&) = default;
};

struct PairCount {
  AreaPair pair;
  std::int64_t incidents = 0;
};

struct BoundaryFlows {
  std::vector<PairCount> pairs;  // in order; unlocated incidents are kNowhere to kNowhere
  std::int64_t incidents = 0;
  std::int64_t located = 0;
  std::int64_t hour_unknown = 0;
  std::int64_t unknown_hour = 0;
};

// Incidents that `filter` selects, each counted in one pair. `to` is a vintage of the data or any other set of areas, in which points are then located.
// Errors: of `stop`. Cost: one pass, one sort of what is selected.
Result<BoundaryFlows> CountFlows(const DatasetSnapshot& data, const IncidentFilter& filter, std::size_t from_vintage, std::size_t to_vintage,
                                 const StopSignal& stop);
Result<BoundaryFlows> CountFlows(const DatasetSnapshot& data, const IncidentFilter& filter, std::size_t from_vintage, const AreaSet& to,
                                 const StopSignal& stop);

}  // namespace geo
