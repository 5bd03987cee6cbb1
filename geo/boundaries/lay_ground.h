// The areas of one set as ground that can be cut, each point of it in one area.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "geo/areas/area_set.h"
#include "geo/geometry/ground_overlay.h"
#include "geo/types/result.h"
#include "geo/types/stop_signal.h"

namespace geo {

// Ground that two shapes share is a border drawn twice, and no ground, when it is at most this much of the smaller.
inline constexpr double kBorderDrawnTwice = 1e-9;

// One shape per area, in order of code; each has lost what areas of lower code hold. Errors: kInternal naming the areas; of `stop`.
Result<std::vector<GroundOverlay::Shape>> LayGround(GroundOverlay& overlay, const AreaSet& areas, const StopSignal& stop);

std::vector<GridBox> BoxesOf(const GroundOverlay& overlay, std::span<const GroundOverlay::Shape> shapes);

// `error` with the two areas at fault named.
Error NamePair(Error error, const std::string& one, const std::string& other);

}  // namespace geo
