#include "geo/placement/view_sector.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace geo {
namespace {

// Long enough that rounding turns a side by less than 1e-9; short enough that products with 2^30 fit in 63 bits.
constexpr double kSideLength = 1 << 30;

Direction SideAt(double bearing_deg) {
  const double radians = bearing_deg * std::numbers::pi / 180;
  return {std::llround(kSideLength * std::sin(radians)), std::llround(kSideLength * std::cos(radians))};
}

std::int32_t Held(std::int64_t mm) {
  return static_cast<std::int32_t>(std::clamp<std::int64_t>(mm, std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max()));
}

}  // namespace

ViewSector::ViewSector(GridPoint at, double bearing_deg, double width_deg, double range_m)
    : at_(at), width_deg_(std::min(width_deg, 360.0)), range_mm_(static_cast<std::int64_t>(std::floor(range_m * 1000))) {
  bearing_deg_ = std::fmod(bearing_deg, 360);
  if (bearing_deg_ < 0) bearing_deg_ += 360;
  if (bearing_deg_ >= 360) bearing_deg_ = 0;  // a bearing of -1e-20
  right_ = SideAt(bearing_deg_ + width_deg_ / 2);
  left_ = SideAt(bearing_deg_ - width_deg_ / 2);
}

bool ViewSector::towards(GridPoint p) const {
  const Direction d = Direction::Between(at_, p);
  if (width_deg_ >= 360 || (d.east == 0 && d.north == 0)) return true;
  const bool past_right = Cross(right_, d) >= 0, before_left = Cross(d, left_) >= 0;
  // Up to half a turn both must hold, over it one of them. A sector of next to nothing has sides that coincide: what lies behind passes both.
  if (width_deg_ > 180) return past_right || before_left;
  return past_right && before_left && (width_deg_ > 1 || Dot(right_, d) > 0);
}

bool ViewSector::contains(GridPoint p) const {
  const std::int64_t squared = SquaredDistanceMm2(at_, p);
  return squared >= 0 && squared <= range_mm_ * range_mm_ && towards(p);
}

GridBox ViewSector::box() const {
  return {{Held(at_.easting_mm - range_mm_), Held(at_.northing_mm - range_mm_)}, {Held(at_.easting_mm + range_mm_), Held(at_.northing_mm + range_mm_)}};
}

std::int64_t SquaredDistanceMm2(GridPoint a, GridPoint b) {
  constexpr std::int64_t kMost = std::int64_t{1} << 31;
  const std::int64_t east = std::int64_t{b.easting_mm} - a.easting_mm, north = std::int64_t{b.northing_mm} - a.northing_mm;
  if (east >= kMost || east <= -kMost || north >= kMost || north <= -kMost) return -1;
  // At most 2^63 - 2^33 + ...: each square is under (2^31 - 1)^2 + 1, their sum under 2^63.
  return east * east + north * north;
}

}  // namespace geo
