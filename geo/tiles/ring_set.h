// Rings on an integer lattice, many in one list. For the sources of this room.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace geo {

// `x` eastwards, `y` southwards, in units of one zoom: 1/4096 of its tiles' side.
struct LatticePoint {
  std::int32_t x = 0;
  std::int32_t y = 0;
  friend auto operator<=>(const LatticePoint&, const LatticePoint&) = default;
};

struct LatticeBox {
  std::int32_t x0 = INT32_MAX, y0 = INT32_MAX, x1 = INT32_MIN, y1 = INT32_MIN;
  void extend(LatticePoint p) {
    if (p.x < x0) x0 = p.x;
    if (p.y < y0) y0 = p.y;
    if (p.x > x1) x1 = p.x;
    if (p.y > y1) y1 = p.y;
  }
  bool meets(const LatticeBox& other) const { return x0 <= other.x1 && other.x0 <= x1 && y0 <= other.y1 && other.y0 <= y1; }
};

// Closed without repeating the first vertex. A shell's interior and a hole's exterior lie on the side where signed areas are positive: shells have a positive
// surveyor's area, holes a negative one.
struct LatticeRings {
  std::vector<LatticePoint> at;
  std::vector<std::uint32_t> begin{0};  // ring r is at[begin[r]] .. at[begin[r + 1] - 1]

  std::size_t rings() const { return begin.size() - 1; }
  std::span<const LatticePoint> ring(std::size_t r) const { return {at.data() + begin[r], begin[r + 1] - begin[r]}; }
  // Ends the ring of the points appended since the last.
  void close() { begin.push_back(static_cast<std::uint32_t>(at.size())); }
  void add(std::span<const LatticePoint> ring) {
    at.insert(at.end(), ring.begin(), ring.end());
    close();
  }
  void clear() {
    at.clear();
    begin.assign(1, 0);
  }
};

// Twice the surveyor's area. Coordinates are taken from the first vertex, so that it fits for rings up to 2^30 units across.
inline std::int64_t TwiceArea(std::span<const LatticePoint> ring) {
  std::int64_t sum = 0;
  for (std::size_t i = 1; i + 1 < ring.size(); ++i) {
    const std::int64_t ax = std::int64_t{ring[i].x} - ring[0].x, ay = std::int64_t{ring[i].y} - ring[0].y;
    const std::int64_t bx = std::int64_t{ring[i + 1].x} - ring[0].x, by = std::int64_t{ring[i + 1].y} - ring[0].y;
    sum += ax * by - ay * bx;
  }
  return sum;
}

// Is the edge from p to q to the east of a point given in half units (on the same level)? The point is on no edge; levels of vertices count as above it.
inline bool EdgeIsEast(LatticePoint p, LatticePoint q, std::int64_t twice_x, std::int64_t twice_y) {
  const std::int64_t py = 2 * std::int64_t{p.y}, qy = 2 * std::int64_t{q.y};
  if ((py > twice_y) == (qy > twice_y)) return false;
  const std::int64_t px = 2 * std::int64_t{p.x}, qx = 2 * std::int64_t{q.x};
  const std::int64_t cross = (qx - px) * (twice_y - py) - (qy - py) * (twice_x - px);
  return (cross > 0) == (qy > py);
}

// Edges of the ring to the east of a point: add them over the rings of a shape, and the point is inside where they are odd.
inline int RayCrossings(std::span<const LatticePoint> ring, std::int64_t twice_x, std::int64_t twice_y) {
  int crossings = 0;
  for (std::size_t i = 0, previous = ring.size() - 1; i < ring.size(); previous = i++) crossings += EdgeIsEast(ring[previous], ring[i], twice_x, twice_y);
  return crossings;
}

}  // namespace geo
