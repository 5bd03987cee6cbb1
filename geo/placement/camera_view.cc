#include "geo/placement/camera_view.h"

#include <algorithm>
#include <cmath>

#include "geo/types/check.h"

namespace geo {

CameraView::CameraView(std::shared_ptr<const VisibilityPolygon> visible, const CameraOptics& optics, double bearing_deg)
    : visible_(std::move(visible)), time_share_(optics.time_share) {
  WARDWATCH_CHECK(visible_ != nullptr && !optics.ground_range_m.empty(), "a view needs a polygon and levels");
  for (const double range_m : optics.ground_range_m) range_mm_.push_back(static_cast<std::int64_t>(std::floor(range_m * 1000)));
  WARDWATCH_CHECK(std::is_sorted(range_mm_.rbegin(), range_mm_.rend()) && range_mm_.front() <= visible_->range_mm(), "levels reach {} mm, the polygon {} mm",
                  range_mm_.front(), visible_->range_mm());
  sector_ = ViewSector(visible_->from(), bearing_deg, optics.width_deg, optics.ground_range_m.front());
}

int CameraView::level_if_visible(GridPoint p) const {
  const std::int64_t squared = SquaredDistanceMm2(sector_.at(), p);
  if (squared < 0 || squared > range_mm_.front() * range_mm_.front() || !sector_.towards(p)) return -1;
  int level = 0;
  while (level + 1 < levels() && squared <= range_mm_[static_cast<std::size_t>(level) + 1] * range_mm_[static_cast<std::size_t>(level) + 1]) ++level;
  // A range of nothing shows nothing, not even the foot of the column.
  while (level >= 0 && range_mm_[static_cast<std::size_t>(level)] == 0) --level;
  return level;
}

}  // namespace geo
