#include <algorithm>

#include "geo/boundaries/ground_overlap.h"
#include "geo/boundaries/lay_ground.h"

namespace geo {

Result<GroundOverlap> LayOver(const AreaSet& from, const AreaSet& to, const StopSignal& stop) {
  GroundOverlay overlay;
  const auto old_ground = LayGround(overlay, from, stop);
  if (!old_ground) return Fail(old_ground.error());
  const auto new_ground = LayGround(overlay, to, stop);
  if (!new_ground) return Fail(new_ground.error());
  GroundOverlap laid;
  for (const auto shape : *old_ground) laid.from_area_m2.push_back(overlay.area_m2(shape));
  for (const auto shape : *new_ground) laid.to_area_m2.push_back(overlay.area_m2(shape));
  laid.from_outside_m2 = laid.from_area_m2;
  const auto pairs = BoxesThatMeet(BoxesOf(overlay, *old_ground), BoxesOf(overlay, *new_ground));
  for (std::size_t k = 0; k < pairs.size(); ++k) {
    if (stop.stop_requested()) return Fail(stop.reason());
    const auto [i, j] = pairs[k];
    const auto shared_m2 = overlay.shared_m2((*old_ground)[i], (*new_ground)[j]);
    if (!shared_m2) return Fail(NamePair(shared_m2.error(), from.areas()[i].code, to.areas()[j].code));
    laid.from_outside_m2[i] -= *shared_m2;
    const double from_m2 = laid.from_area_m2[i], to_m2 = laid.to_area_m2[j];
    if (*shared_m2 > kBorderDrawnTwice * std::min(from_m2, to_m2)) {
      laid.pairs.push_back({static_cast<AreaIndex>(i), static_cast<AreaIndex>(j), *shared_m2, std::min(1.0, *shared_m2 / from_m2),
                            std::min(1.0, *shared_m2 / to_m2)});
    }
    stop.progressed("overlay", static_cast<std::int64_t>(k + 1), static_cast<std::int64_t>(pairs.size()));
  }
  // What remains of a subtraction of many parts is rounding.
  for (std::size_t i = 0; i < laid.from_area_m2.size(); ++i) {
    if (laid.from_outside_m2[i] <= kBorderDrawnTwice * laid.from_area_m2[i]) laid.from_outside_m2[i] = 0;
  }
  return laid;
}

}  // namespace geo
