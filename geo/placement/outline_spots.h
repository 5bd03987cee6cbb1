// Views of spots as outlines, level by level, for maps.
#pragma once

#include <span>
#include <vector>

#include "geo/placement/lay_views.h"

namespace geo {

struct SpotOutlines {
  std::size_t spot = 0;
  double bearing_deg = 0;
  std::vector<Ring> by_level;  // of the scene's table, from the coarsest; empty where nothing is in view
};

// Of views that are laid already, in their order. Error: stop.reason().
Result<std::vector<SpotOutlines>> OutlineViews(const LaidViews& laid, const StopSignal& stop);
// Of every view of every spot; spots inside buildings have none. Errors: those of LayViews.
Result<std::vector<SpotOutlines>> OutlineSpots(const CameraScene& scene, std::span<const CameraSpot> spots, const StopSignal& stop);

}  // namespace geo
