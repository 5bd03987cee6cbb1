// A table of counts moved from one set of areas to another.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "geo/areas/area_set.h"

namespace geo {

// The share of an old area's count that goes to a new one; `to` kOutside: to none.
struct CrosswalkShare {
  AreaIndex from = 0;
  AreaIndex to = 0;
  double share = 0;  // over an old area they add up to 1 (rounding of the last)
};

struct CrosswalkEstimate {
  double estimate = 0;
  double low = 0;         // counts of old areas that lie in it whole
  double high = 0;        // counts of old areas that share anything with it
  int not_published = 0;  // old areas without a count that share anything with it
};

// `mass` of each pair (ground, incidents, residents), 0 or more; an old area without any mass falls back to `ground` (same pairs, same order).
// Pairs whose share of ground is under `least_share` are taken for drawing error and their mass goes to the others in proportion; an old area of which all
// pairs are under it keeps its largest. Order: of from, then to, kOutside last.
std::vector<CrosswalkShare> SharesOf(std::span<const CrosswalkShare> mass, std::span<const CrosswalkShare> ground, double least_share);

// counts: by old area, nullopt: not published. Returns one per new area, then one for outside. Sum of estimates = sum of counts, to rounding.
// low and high: whole-or-nothing allocation of each old area among those it shares anything with.
std::vector<CrosswalkEstimate> MoveCounts(std::span<const CrosswalkShare> shares, std::span<const std::optional<double>> counts, std::size_t to_areas);

}  // namespace geo
