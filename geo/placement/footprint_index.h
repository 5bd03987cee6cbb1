// Building footprints, to be found by place: what stands in the way of a camera.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/geometry/polygon.h"
#include "geo/types/result.h"

namespace geo {

// A wall, with the inside of its building on the left as one goes from a to b.
struct Wall {
  GridPoint a, b;
};

// Heights are not known: every footprint stands in the way of every camera. Footprints may overlap, touch and repeat; where rings cross themselves every wall
// still blocks, and inside is what is enclosed an odd number of times. Immutable, so any number of threads may ask.
class FootprintIndex {
 public:
  using Footprint = std::uint32_t;  // in order of the input

  FootprintIndex() = default;  // an open field
  // Vertices that repeat the one before them are passed over. Cost: O(v log v) for v vertices.
  // Errors: kInvalidArgument on footprints[i]: FOOTPRINT_WITHOUT_AREA (no ring, or fewer than three distinct vertices in one), FOOTPRINT_TOO_LARGE (over
  // kMostFootprintM on an axis: no building is, and exact products rely on it).
  static Result<FootprintIndex> Build(std::span<const geo::Polygon> footprints);

  std::size_t size() const { return boxes_.size(); }
  const GridBox& box(Footprint footprint) const { return boxes_[footprint]; }
  std::span<const Wall> walls(Footprint footprint) const { return {walls_.data() + first_wall_[footprint], walls_.data() + first_wall_[footprint + 1]}; }
  // Footprints whose boxes share a point with `box`, ascending; `out` is replaced.
  void meeting(const GridBox& box, std::vector<Footprint>& out) const;
  // Footprints that hold p strictly inside, ascending; `out` is replaced. Exact.
  void containing(GridPoint p, std::vector<Footprint>& out) const;

 private:
  bool holds(Footprint footprint, GridPoint p) const;
  struct Entry {
    std::int32_t row = 0, column = 0;
    Footprint footprint = 0;
    friend auto operator<=>(const Entry&, const Entry&) = default;
  };
  std::vector<GridBox> boxes_;
  std::vector<Wall> walls_;
  std::vector<std::size_t> first_wall_{0};
  std::vector<Entry> entries_;  // sorted: squares of the grid that a footprint's box meets
};

inline constexpr double kMostFootprintM = 2'000;

}  // namespace geo
