// Which of many boxes meet one: a packed tree, built once. For the sources of this room.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace geo {

// Closed, in units of the world.
struct WorldBox {
  std::int64_t x0 = INT64_MAX, y0 = INT64_MAX, x1 = INT64_MIN, y1 = INT64_MIN;
  bool empty() const { return x0 > x1 || y0 > y1; }
  bool meets(const WorldBox& other) const { return x0 <= other.x1 && other.x0 <= x1 && y0 <= other.y1 && other.y0 <= y1; }
  void extend(std::int64_t x, std::int64_t y) {
    if (x < x0) x0 = x;
    if (y < y0) y0 = y;
    if (x > x1) x1 = x;
    if (y > y1) y1 = y;
  }
};

class BoxIndex {
 public:
  BoxIndex() = default;
  explicit BoxIndex(std::span<const WorldBox> boxes);
  // Indices of the boxes that meet `box`, ascending. Cost: O(log n) for a small box, and what it finds.
  void find(const WorldBox& box, std::vector<std::uint32_t>& found) const;

 private:
  static constexpr std::size_t kFan = 16;
  std::vector<std::uint32_t> index_;           // in order along a curve
  std::vector<std::vector<WorldBox>> levels_;  // [0]: the boxes themselves; box i of a level is around kFan of the level below
};

}  // namespace geo
