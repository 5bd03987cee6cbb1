// Paths that may touch themselves made into simple rings. For the sources of this room.
#pragma once

#include <functional>
#include <vector>

#include "geo/tiles/ring_set.h"

namespace geo {

// The boundary of what the rings enclose, as rings that visit no vertex twice, shells positive and holes negative (LatticeRings). `from` are noded: no two
// edges cross, no vertex lies on an edge, interior on the positive side. Edges run both ways cancel, so what has no area vanishes; rings that touch themselves
// come apart. Each shell is followed by its holes. Appends to `out`. Law: the signed areas add to those of `from`. Cost: O(n log n).
void TraceRings(const LatticeRings& from, LatticeRings& out);

// One closed walk cut at the vertices that it visits again: the simple rings that it is made of, each with area. Appends to `out`.
void SplitAtRepeats(std::span<const LatticePoint> walk, LatticeRings& out);

// Appends simple rings of one shape to `out` so that each shell is followed by the holes in it; shells and holes in order of the list given otherwise.
void AddShellsWithHoles(const LatticeRings& rings, LatticeRings& out);

// Leaves out the vertices at which nothing turns: where every ring that passes one passes it alike, straight on, and `keep` does not ask for it. What the rings
// enclose is the same, shared borders are still shared, and still no vertex lies on an edge. Order and number of rings stay. Cost: O(n log n).
void DropStraightVertices(LatticeRings& rings, const std::function<bool(LatticePoint)>& keep);

}  // namespace geo
