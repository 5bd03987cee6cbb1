// The ground that a lens takes in before buildings stand in the way: a sector of a circle.
#pragma once

#include <cstdint>

#include "geo/placement/direction.h"
#include "geo/types/grid_point.h"

namespace geo {

// Closed: its sides, its arc and its tip are in. Sides are directions of whole numbers within 1e-9 of a radian of those asked for (10 um at 10 km), the range
// is rounded down to whole millimetres; against these, contains() is exact.
class ViewSector {
 public:
  ViewSector() = default;
  // `bearing_deg`: of the middle, clockwise from north, any finite value. `width_deg`: 0 to 360; from 360 on, the whole circle. `range_m`: 0 to kMostRangeM.
  ViewSector(GridPoint at, double bearing_deg, double width_deg, double range_m);

  bool contains(GridPoint p) const;
  // Within the sides, however far? True of the tip. Requires p under 2^31 mm away on either axis.
  bool towards(GridPoint p) const;

  GridPoint at() const { return at_; }
  double bearing_deg() const { return bearing_deg_; }  // 0 to under 360
  double width_deg() const { return width_deg_; }
  std::int64_t range_mm() const { return range_mm_; }
  GridBox box() const;  // of the whole circle, held inside int32

 private:
  GridPoint at_;
  double bearing_deg_ = 0, width_deg_ = 360;
  std::int64_t range_mm_ = 0;
  Direction right_{1, 0}, left_{1, 0};  // the sides: clockwise-most and anticlockwise-most
};

// Whole millimetres from one to the other, squared; -1 where they are over 2^31 mm apart on an axis, and it would not fit.
std::int64_t SquaredDistanceMm2(GridPoint a, GridPoint b);

}  // namespace geo
