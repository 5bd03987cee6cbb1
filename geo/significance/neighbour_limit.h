// The refusal of a neighbourhood with more links than there is room for.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "geo/types/error.h"

namespace geo {

// Neighbours::begin holds 32 bits.
inline std::size_t MostLinks(std::int64_t most) { return static_cast<std::size_t>(std::clamp<std::int64_t>(most, 0, 0xFFFF'FFFF)); }

inline Error TooManyNeighbours(std::int64_t most) {
  return {ErrorCode::kResourceExhausted, "significance.neighbourhood", "TOO_MANY_NEIGHBOURS",
          fmt::format("the neighbourhoods hold more than {} links; ask for fewer rings, a shorter distance or larger cells", MostLinks(most))};
}

}  // namespace geo
