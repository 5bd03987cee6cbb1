// What can be seen from a point among buildings, exactly.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "geo/placement/direction.h"
#include "geo/geometry/footprint_index.h"

namespace geo {

// The closed star-shaped ground that can be seen from a point: every place beside which, however near, the straight line from that point meets no footprint.
// So walls are in view from outside and the ground behind them is not; a line that grazes a corner goes on; a slit of no width between two buildings that touch
// shows nothing. A point on a wall looks outwards only. Beyond `range` nothing is told.
//
// Kept as wedges between the directions of corners, each with the walls that end it; no corner is computed, so that sees() is exact for whole millimetres: it
// is a question of signs of integers. Crossing walls (footprints that overlap) stand in the same wedge side by side. Cost: for n walls in reach O(n log n + n
// d), d the walls met by a ray; buildings are taken in rings of doubling distance until every direction is shut, so that n is what stands in front. sees() is
// O(log n). Immutable. See also tests/oracle/geo/placement/visibility_polygon_test.cc: every wall tried for every point.
class VisibilityPolygon {
 public:
  VisibilityPolygon() = default;
  // `through`: footprints that hide nothing, ascending (the building on whose roof the camera stands). Requires range_m from 0 to kMostRangeM, and `from`
  // strictly inside no other footprint: what would be seen from there is not defined.
  VisibilityPolygon(const FootprintIndex& buildings, GridPoint from, double range_m, std::span<const FootprintIndex::Footprint> through = {});

  bool sees(GridPoint p) const;

  GridPoint from() const { return from_; }
  std::int64_t range_mm() const { return range_mm_; }

  // For drawing: the wedges, anticlockwise. A wedge spans from its direction to the next one's; one alone spans the whole circle.
  struct Edge {  // a wall as it is seen, anticlockwise from a to b
    Direction a, b;
  };
  std::size_t wedges() const { return directions_.empty() ? 1 : directions_.size(); }
  std::span<const Direction> directions() const { return directions_; }
  bool shut(std::size_t wedge) const { return shut_[wedge] != 0; }  // inside the building on whose wall the point stands
  std::span<const Edge> edges(std::size_t wedge) const { return {edges_.data() + first_edge_[wedge], edges_.data() + first_edge_[wedge + 1]}; }

 private:
  friend class WedgeBuilder;
  bool seen_in(std::size_t wedge, Direction p) const;

  GridPoint from_;
  std::int64_t range_mm_ = 0;
  std::vector<Direction> directions_;  // sorted by TurnsBefore, no two the same way
  std::vector<std::uint8_t> shut_{0};
  std::vector<Edge> edges_;
  std::vector<std::size_t> first_edge_{0, 0};
};

// The same for one place, by its definition: is p in view from `from`, when the footprints `through` (ascending) hide nothing? Exact, without range; from and p
// under 2^31 mm apart, otherwise false. A place inside a building is in view only where that building is in `through`: so are homes counted, whose address
// points lie inside. Cost: the walls of footprints near the line, from its beginning to where it is shut.
bool HasLineOfSight(const FootprintIndex& buildings, GridPoint from, GridPoint p, std::span<const FootprintIndex::Footprint> through = {});

}  // namespace geo
