// From a surface to places with ids and names.
#pragma once

#include "geo/hotspots/find_surface.h"
#include "geo/hotspots/surface_query.h"

namespace geo {

// The surface of FindSurface, cut at each level into parts, each named by its highest cell's area and the nearest name that the incidents themselves carry.
// Deterministic. Errors: those of FindSurface and TraceContours; kInvalidArgument levels, peaks, peak_distance_m.
Result<PlaceAnswer> FindPlaces(const DatasetSnapshot& data, const PlaceQuery& query, const SurfaceBudget& budget, const StopSignal& stop);

}  // namespace geo
