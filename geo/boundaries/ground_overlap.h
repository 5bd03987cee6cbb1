// Two sets of areas laid over each other: how much ground does each pair share?
#pragma once

#include <vector>

#include "geo/areas/area_set.h"
#include "geo/types/result.h"
#include "geo/types/stop_signal.h"

namespace geo {

struct SharedGround {
  AreaIndex from = 0;
  AreaIndex to = 0;
  double area_m2 = 0;        // over 0
  double share_of_from = 0;  // (0, 1]
  double share_of_to = 0;
};

struct GroundOverlap {
  std::vector<SharedGround> pairs;   // in order of from, then to
  std::vector<double> from_area_m2;  // by area
  std::vector<double> to_area_m2;
  std::vector<double> from_outside_m2;  // of each old area, ground in no new one: never under 0
};

// Pairs are found by bounding box; shared ground by GEOS overlay on millimetres. Sum over pairs of an old area and its outside = its area to 1e-6 of it.
// Where areas of one set overlap (drafts may), the ground belongs to the lowest code, as a point there does: areas are those of what is left to each.
// Pairs that share under 1e-9 of the smaller are borders drawn twice, and are left out.
// Errors: kInternal naming the pair that GEOS cannot lay over each other; of `stop`. Order: independent of threads.
Result<GroundOverlap> LayOver(const AreaSet& from, const AreaSet& to, const StopSignal& stop);

// For each area of `to` the one of `from` that shares most ground with it where each is the other's largest, else kOutside. A tie goes to the lower code.
std::vector<AreaIndex> PredecessorsOf(const GroundOverlap& overlap);

}  // namespace geo
