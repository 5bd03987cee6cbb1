// Building footprints, to be found by place: what stands in the way of a camera.
#pragma once

#include <cstdint>
#include <memory>
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
// still blocks, and inside is what is enclosed an odd number of times. Immutable, so any number of threads may ask; copies share what they hold.
class FootprintIndex {
 public:
  using Footprint = std::uint32_t;  // in order of the input

  FootprintIndex() = default;  // an open field
  // Vertices that repeat the one before them are passed over. Cost: O(v log v) for v vertices.
  // Errors: kInvalidArgument on footprints[i]: FOOTPRINT_WITHOUT_AREA (no ring, or fewer than three distinct vertices in one), FOOTPRINT_TOO_LARGE (over
  // kMostFootprintM on an axis: no building is, and exact products rely on it).
  static Result<FootprintIndex> Build(std::span<const geo::Polygon> footprints);

  std::size_t size() const { return parts_->boxes.size(); }
  const GridBox& box(Footprint footprint) const { return parts_->boxes[footprint]; }
  std::span<const Wall> walls(Footprint footprint) const {
    const auto& first = parts_->first_wall;
    return {parts_->walls.data() + first[footprint], parts_->walls.data() + first[footprint + 1]};
  }
  // Footprints whose boxes share a point with `box`, ascending; `out` is replaced.
  void meeting(const GridBox& box, std::vector<Footprint>& out) const;
  // Footprints that hold p strictly inside, ascending; `out` is replaced. Exact.
  void containing(GridPoint p, std::vector<Footprint>& out) const;

 private:
  struct Entry {
    std::int32_t row = 0, column = 0;
    Footprint footprint = 0;
    friend auto operator<=>(const Entry&, const Entry&) = default;
  };
  struct Parts {
    std::vector<GridBox> boxes;
    std::vector<Wall> walls;
    std::vector<std::size_t> first_wall{0};
    std::vector<Entry> entries;  // sorted: squares of the grid that a footprint's box meets
  };
  bool holds(Footprint footprint, GridPoint p) const;
  std::shared_ptr<const Parts> parts_ = std::make_shared<const Parts>();
};

inline constexpr double kMostFootprintM = 2'000;

}  // namespace geo
