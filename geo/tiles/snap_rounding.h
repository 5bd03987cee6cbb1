// Shapes moved onto the lattice of a zoom together, so that borders that were shared still are and nothing crosses that did not. For the sources of this room.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/tiles/ring_set.h"
#include "geo/tiles/web_mercator.h"

namespace geo {

// Lines that no edge of the answer crosses but at a vertex: those `buffer` lattice units to both sides of every multiple of `period`, on both axes. They are
// the edges of tiles with their buffers, so that cutting a shape to a tile makes no new vertex and rounds nothing.
struct CutLines {
  std::int32_t period = 4096;
  std::int32_t buffer = 64;
};

// Rings of one list, vertices in units of a finer lattice (2^shift to a unit of the answer's). Consecutive vertices are within 2^23 units of each other.
struct FineRings {
  std::vector<WorldPoint> at;
  std::vector<std::uint32_t> begin{0};
  std::size_t rings() const { return begin.size() - 1; }
  void close() { begin.push_back(static_cast<std::uint32_t>(at.size())); }
};

// Each ring as the path of lattice points that it passes: all vertices of all rings are rounded to the nearest lattice point (halves up), and an edge goes
// through every such point whose pixel it meets (Hobby's snap rounding), again until no edge passes within half a unit of a point that is not its own (Halperin
// and Packer's iterated snap rounding). Edges that cross in the input get a point where they do. Ring r of the answer is ring r of the input; it may have fewer
// than three vertices, touch itself or run back on itself (ring_tracing makes simple rings of that). Laws: a border that two rings share in the input they
// share in the answer; no two edges of the answer cross; no vertex is nearer than half a unit to an edge that does not end there. Cost: O(vertices log
// vertices), for borders that are not all in one place. Order: that of the input; same bytes. Source: Hobby 1999, Practical segment intersection with finite
// precision output; Halperin and Packer 2002, Iterated snap rounding.
LatticeRings SnapRings(const FineRings& rings, int shift, const CutLines& lines);

}  // namespace geo
