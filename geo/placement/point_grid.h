// Points to be found by place.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/types/grid_point.h"

namespace geo {

// Keeps the points' places in the span given, not the points. Unlocated points are in none of its squares. Immutable.
class PointGrid {
 public:
  explicit PointGrid(std::span<const GridPoint> points);
  // Indices of points inside the closed box, ascending; `out` is replaced.
  void inside(const GridBox& box, std::vector<std::uint32_t>& out) const;

 private:
  struct Entry {
    std::int32_t row = 0, column = 0;
    std::uint32_t point = 0;
    friend auto operator<=>(const Entry&, const Entry&) = default;
  };
  std::vector<GridPoint> points_;
  std::vector<Entry> entries_;  // sorted
};

}  // namespace geo
