// Shapes laid over each other: how much ground they share, and what is left of one beside another.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "geo/geometry/polygon.h"
#include "geo/types/result.h"

namespace geo {

// Pairs (i, j) of a box of `one` and a box of `other` that share at least a point; empty boxes share none. Order: by i, then j.
// Cost: sorts both and sweeps from west to east, comparing only boxes that are open at the same easting.
std::vector<std::pair<std::size_t, std::size_t>> BoxesThatMeet(std::span<const GridBox> one, std::span<const GridBox> other);

// Keeps shapes and cuts them. Not thread-safe: one for each thread. Requires shapes that pass CheckValid; others give an Error or a wrong area, no crash.
// Accuracy: corners of cuts are doubles in millimetres, areas good to 1e-12 of the larger shape. Errors: kInternal OVERLAY_FAILED with GEOS's reason.
class GroundOverlay {
 public:
  using Shape = std::size_t;  // in order of making, from 0
  static constexpr Shape kNothing = static_cast<Shape>(-1);

  GroundOverlay();
  ~GroundOverlay();
  GroundOverlay(const GroundOverlay&) = delete;
  GroundOverlay& operator=(const GroundOverlay&) = delete;

  Result<Shape> add(const MultiPolygon& shape);
  double area_m2(Shape shape) const;
  const GridBox& box(Shape shape) const;  // rounded outwards to whole millimetres

  // Exactly area_m2(one) where `other` covers it, and 0 where they share a border alone. `one` is prepared for many calls.
  Result<double> shared_m2(Shape one, Shape other);
  // The shared ground kept as a shape; kNothing where it has no area.
  Result<Shape> share(Shape one, Shape other);
  // `shape` loses what `other` holds; it may be left with nothing.
  Result<void> take_away(Shape shape, Shape other);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace geo
