// The making of a VisibilityPolygon: walls around a point to wedges.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/placement/visibility_polygon.h"

namespace geo {

// The inside of a building as seen from a point on its wall: anticlockwise from `from` to `to`, over 0 and under a whole turn.
struct InsideCone {
  Direction from, to;
};

// Where `from` stands on the boundary of a footprint: the cones that look into it. Walls of one footprint; appended to `out`.
void FindInsideCones(std::span<const Wall> walls, GridPoint from, std::vector<InsideCone>& out);

// Walls relative to the point, anticlockwise as seen from it. Walls in line with the point hide nothing and are left out.
void AppendEdges(std::span<const Wall> walls, GridPoint from, std::vector<VisibilityPolygon::Edge>& out);

class WedgeBuilder {
 public:
  using Edge = VisibilityPolygon::Edge;
  WedgeBuilder(std::vector<Edge> edges, std::span<const InsideCone> cones) : edges_(std::move(edges)), cones_(cones) {}
  // Fills directions, shut and edges of `out`.
  void build(VisibilityPolygon& out);
  // Wedges that something within `radius_mm` does not end, as bounds of directions: false only for those that are shut for certain.
  static std::vector<std::uint8_t> OpenWedges(const VisibilityPolygon& view, double radius_mm);
  // Those of `edges` that reach into a wedge marked in `open`.
  static std::vector<Edge> ReachingInto(const VisibilityPolygon& view, const std::vector<std::uint8_t>& open, std::span<const Edge> edges);

 private:
  // An edge over the wedge at hand, and how it stands to the wedge's two sides: it is met at distance near_top / side along each.
  struct Active {
    std::uint32_t edge = 0;
    std::int64_t top = 0, first = 0, second = 0;
  };
  void sort_directions(VisibilityPolygon& out) const;
  void nearest_of(const std::vector<Active>& active, VisibilityPolygon& out);

  std::vector<Edge> edges_;
  std::span<const InsideCone> cones_;
  std::vector<Active> front_;
};

}  // namespace geo
