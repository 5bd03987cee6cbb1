// What one camera has in view, and in how much detail.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "geo/geometry/polygon.h"
#include "geo/cameras/camera_model.h"
#include "geo/placement/view_sector.h"
#include "geo/placement/visibility_polygon.h"

namespace geo {

// The sector of the lens and the ground in sight, and what both hold: closed, so that a place on the edge of either is in. Bearings of one column share one
// visibility polygon.
class CameraView {
 public:
  // `visible` of the column, reaching at least as far as the coarsest level. `optics.ground_range_m` holds the table's levels.
  CameraView(std::shared_ptr<const VisibilityPolygon> visible, const CameraOptics& optics, double bearing_deg);

  // At this level of the table or finer. Exact.
  bool sees(GridPoint p, int level = 0) const { return level_if_visible(p) >= level && visible_->sees(p); }
  // The finest level at which p is in view; -1 where it is not.
  int level_of(GridPoint p) const {
    const int level = level_if_visible(p);
    return level >= 0 && visible_->sees(p) ? level : -1;
  }
  // As level_of, were there no buildings: for callers who know that p is in sight.
  int level_if_visible(GridPoint p) const;

  const ViewSector& sector() const { return sector_; }  // of the coarsest level
  const VisibilityPolygon& visible() const { return *visible_; }
  int time_share() const { return time_share_; }
  double range_m(int level) const { return static_cast<double>(range_mm_[static_cast<std::size_t>(level)]) / 1000; }
  int levels() const { return static_cast<int>(range_mm_.size()); }

 private:
  std::shared_ptr<const VisibilityPolygon> visible_;
  ViewSector sector_;
  std::vector<std::int64_t> range_mm_;  // by level, descending
  int time_share_ = 1000;
};

// The outline of the view at a level, for maps: anticlockwise, from the camera out unless it looks all round. Corners are rounded to whole millimetres and arcs
// to chords within a centimetre of them, so that it agrees with sees() but for places within some centimetres of it. Slits of no width are left out. Empty
// where nothing is in view. Cost: that of one pass over the wedges.
Ring OutlineOf(const CameraView& view, int level = 0);

}  // namespace geo
