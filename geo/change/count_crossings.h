// How often do the outlines of areas cross each other? Told before they are laid over each other, which keeps every crossing in memory.
#pragma once

#include <cstdint>
#include <span>

#include "geo/areas/area_set.h"
#include "geo/types/result.h"
#include "geo/types/stop_signal.h"

namespace geo {

// Crossings of a side of one area with a side of another, each inside both sides; sides that touch or run along each other do not cross. Counting ends with the
// first over `most`, so the result is at most `most` + 1. Exact. Requires shapes that pass CheckValid.
// Cost: every pair of sides that meet some easting, at the most the square of the sides: a second for 50,000 of them.
// Errors: of `stop`. Order: of the areas irrelevant.
Result<std::int64_t> CountCrossings(std::span<const Area> areas, std::int64_t most, const StopSignal& stop);

}  // namespace geo
