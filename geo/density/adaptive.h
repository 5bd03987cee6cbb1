// Abramson's adaptive bandwidths: wide where incidents are few, narrow where they crowd.
#pragma once

#include <cstdint>
#include <vector>

#include "geo/density/density_surface.h"

namespace geo {

// bandwidth_mm[i] = h * sqrt(g / pilot(at[i])), rounded to the millimetre, with pilot the fixed-bandwidth density at the points themselves and g its geometric
// mean over the points by weight; trimmed at 5 times h and at least 1 m. Errors: of DensityAt; kFailedPrecondition NO_INCIDENTS without weight. Source:
// Abramson 1982, On bandwidth variation in kernel estimates, Ann. Statist. 10; trimming as in Davies, Marshall and Hazelton 2018, sparr.
Result<std::vector<std::int64_t>> AbramsonBandwidths(const WeightedPoints& points, const Kernel& pilot, const DensityWork& work, const StopSignal& stop);

}  // namespace geo
