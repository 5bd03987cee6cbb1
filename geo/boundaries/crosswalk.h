// A table of counts moved from one set of areas to another.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "geo/areas/area_set.h"
#include "geo/boundaries/ground_overlap.h"
#include "geo/types/result.h"
#include "geo/types/stop_signal.h"

namespace geo {

// The share of an old area's count that goes to a new one; `to` kOutside: to none.
struct CrosswalkShare {
  AreaIndex from = 0;
  AreaIndex to = 0;
  double share = 0;  // over an old area they add up to 1 (the largest takes the rounding)
};

struct CrosswalkEstimate {
  double estimate = 0;
  double low = 0;         // counts of old areas that lie in it whole
  double high = 0;        // counts of old areas that share anything with it
  int not_published = 0;  // old areas without a count that share anything with it
};

// Ground of each pair in square metres, and of each old area what is in no new one.
std::vector<CrosswalkShare> GroundOf(const GroundOverlap& overlap);

// What blocks hold, each spread evenly over its own ground, added up over the pairs of `ground` (as GroundOf, of these two sets): the same pairs, same order.
// held: by block, 0 or more. Ground shared by three is cut by GEOS, nothing is sampled. Errors: as LayOver, of `stop`.
Result<std::vector<CrosswalkShare>> SpreadOver(const AreaSet& from, const AreaSet& to, const AreaSet& blocks, std::span<const double> held,
                                               std::span<const CrosswalkShare> ground, const StopSignal& stop);

// `mass` of each pair (ground, incidents, residents), 0 or more; an old area without any mass falls back to `ground` (same pairs, same order).
// Pairs whose share of ground is under `least_share` are taken for drawing error and their mass goes to the others in proportion; an old area of which all
// pairs are under it keeps its largest. A pair with ground and no mass stays, with share 0: it bears on the bounds. Order: of from, then to, kOutside last.
std::vector<CrosswalkShare> SharesOf(std::span<const CrosswalkShare> mass, std::span<const CrosswalkShare> ground, double least_share);

// counts: by old area, nullopt: not published. Returns one per new area, then one for outside. Sum of estimates = sum of counts, to rounding.
// low and high: whole-or-nothing allocation of each old area among those it shares anything with; low <= estimate <= high exactly.
std::vector<CrosswalkEstimate> MoveCounts(std::span<const CrosswalkShare> shares, std::span<const std::optional<double>> counts, std::size_t to_areas);

}  // namespace geo
