// The density at the centres of listed cells.
#pragma once

#include <span>
#include <vector>

#include "geo/hotspots/choose_density.h"

namespace geo {

// Weight per km2 at each place. With an edge correction the kernel's mass is taken over cells of at most a fifth of the bandwidth laid over the areas; places
// and points outside the areas have no density and give none. The narrowest and widest of adaptive bandwidths are written to `used`.
// Errors: of DensityAt, KernelMassAtPoints; kFailedPrecondition NO_AREAS for an edge correction without areas; of `stop`.
Result<std::vector<double>> DensityAtPlaces(const SelectedPoints& selected, DensityUsed& used, const std::optional<AnalysedAreas>& areas,
                                            std::span<const GridPoint> places, const DensityWork& work, const StopSignal& stop);

// Errors: kFailedPrecondition NO_AREAS.
Error NoAreasForEdges();

}  // namespace geo
