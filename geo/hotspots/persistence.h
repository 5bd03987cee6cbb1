// How a cell fared over the years.
#pragma once

#include <cstdint>
#include <span>

#include "geo/hotspots/hotspot_query.h"

namespace geo {

// `hot_in` and `years` go together, one entry per previous year; years that are not covered take no part. kUnknown when none is covered.
Persistence ClassifyPersistence(bool hot_now, std::span<const std::uint8_t> hot_in, std::span<const HotspotYear> years);

}  // namespace geo
