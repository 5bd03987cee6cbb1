// Include in every property test: rapidcheck draws the same cases on every run, on every machine. RC_PARAMS overrides it; a failure prints its seed.
#pragma once

#include <cstdlib>

namespace support {

// rapidcheck reads the variable at its first property, after static initialisation.
inline const bool kSeedIsFixed = setenv("RC_PARAMS", "seed=20240502", /*overwrite=*/0) == 0;

}  // namespace support
