// Work cut into numbered parts, run over a few threads.
#pragma once

#include <cstddef>
#include <functional>

#include "geo/types/result.h"

namespace geo {

// Calls part(0) .. part(parts - 1), each once, over at most `threads` threads of which the caller's is one; returns when all have ended. A part must write only
// what is its own, so that the outcome cannot depend on `threads`. After a part fails no further one is begun. `threads` under 2: in order, on this thread.
// When a thread cannot be made, the others do its work.
// Errors: of the lowest-numbered part that failed. kResourceExhausted OUT_OF_MEMORY where a part throws std::bad_alloc; parts throw nothing else (an
// exception ends the program).
Result<void> RunParts(std::size_t parts, int threads, const std::function<Result<void>(std::size_t part)>& part);

}  // namespace geo
