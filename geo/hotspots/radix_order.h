// Orders keys faster than comparing them, and in steps short enough to be stopped.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/types/stop_signal.h"

namespace geo {

// The indices of `keys` in ascending order of key; equal keys keep their order. At most 2^32 - 1 keys.
// Errors: of `stop`. Cost: one pass over the keys for every 11 bits in which any two of them differ.
Result<std::vector<std::uint32_t>> RadixOrder(std::span<const std::uint64_t> keys, const StopSignal& stop);

}  // namespace geo
