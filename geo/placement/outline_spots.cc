#include "geo/placement/outline_spots.h"

namespace geo {

Result<std::vector<SpotOutlines>> OutlineViews(const LaidViews& laid, const StopSignal& stop) {
  std::vector<SpotOutlines> out;
  for (std::size_t view = 0; view < laid.views.size(); ++view) {
    if (stop.stop_requested()) return Fail(stop.reason());
    SpotOutlines outlines{laid.spot[view], laid.views[view].sector().bearing_deg(), {}};
    for (int level = 0; level < laid.views[view].levels(); ++level) {
      const bool reaches = laid.views[view].range_m(level) > 0;
      outlines.by_level.push_back(reaches ? OutlineOf(laid.views[view], level) : Ring{});
    }
    out.push_back(std::move(outlines));
  }
  return out;
}

Result<std::vector<SpotOutlines>> OutlineSpots(const CameraScene& scene, std::span<const CameraSpot> spots, const StopSignal& stop) {
  const auto laid = LayViews(scene, spots, "spots", stop);
  if (!laid) return Fail(laid.error());
  return OutlineViews(*laid, stop);
}

}  // namespace geo
