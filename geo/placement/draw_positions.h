// Positions moved within their precision.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/placement/camera_scene.h"

namespace geo {

// Where these points of `demand` lie in one draw, in the order asked: each moved evenly within the disc of its precision. A point that lies outside buildings
// stays outside: it is drawn again, up to 16 times, and then left where it is. A draw depends on seed, draw and point alone: whichever others are asked for.
std::vector<GridPoint> DrawPositionsOf(const CameraScene& scene, const DemandSet& demand, std::span<const std::uint32_t> points, std::uint64_t seed,
                                       std::uint32_t draw);

}  // namespace geo
