// A shape cut to a tile without making a vertex. For the sources of this room.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "geo/tiles/ring_set.h"

namespace geo {

// Simple rings of many shapes with what is needed to pass over most of them quickly.
struct IndexedRings {
  static constexpr std::uint32_t kRun = 32;
  LatticeRings rings;
  std::vector<LatticeBox> ring_box;
  // Of each kRun edges of a ring (the end of the last included): run_begin[r] is its first.
  std::vector<LatticeBox> run_box;
  std::vector<std::uint32_t> run_begin{0};
  // The rings of shape s are shape_begin[s] .. shape_begin[s + 1] - 1.
  std::vector<std::uint32_t> shape_begin{0};
  std::vector<LatticeBox> shape_box;
  std::vector<bool> shape_touches;  // some vertex of the shape is on two of its rings

  void index();  // boxes and touches, once rings and shape_begin are filled
};

// Cuts shapes to one box, one after the other, in memory that it keeps.
class RingClipper {
 public:
  RingClipper(const IndexedRings& from, const LatticeBox& box);
  ~RingClipper();
  RingClipper(const RingClipper&) = delete;
  RingClipper& operator=(const RingClipper&) = delete;

  // What of the shape lies in the closed box, as simple rings, each shell followed by its holes, appended to `out`; nothing where only a border is shared.
  // Requires that no edge of the shape crosses the box's four lines but at a vertex (SnapRings): every vertex of the answer is one of the shape's or a corner
  // of the box. Law: the shapes of a tiling of the box add to it exactly. Cost: the runs of the rings that meet the box.
  void clip(std::size_t shape, LatticeRings& out);

 private:
  class Work;
  std::unique_ptr<Work> work_;
};

}  // namespace geo
