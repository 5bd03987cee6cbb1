// Edges that cross each other on a lattice. For the sources of this room.
#pragma once

#include <vector>

#include "geo/tiles/ring_set.h"

namespace geo {

// The lattice points nearest to where two edges of the rings cross in a point within both. Empty for rings that do not. Order: by place, each once.
// Cost: O(edges), for edges that are not all in one place.
std::vector<LatticePoint> EdgeCrossings(const LatticeRings& rings);

}  // namespace geo
