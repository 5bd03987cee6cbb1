// The window: where incidents could have been. The authority's outline, as the inside area of each cell of a raster.
#pragma once

#include <span>
#include <vector>

#include "geo/areas/area_set.h"
#include "geo/density/raster_frame.h"
#include "geo/types/stop_signal.h"

namespace geo {

// inside_m2[i]: area of cell i within the union of the areas. They tile without overlap (checked at load), so that the sum over areas is the union.
// Accuracy: 1e-9 of a cell's area: the exact trapezoids under each edge, shared edges of neighbours cancel to rounding and are clamped to 0 .. cell area.
struct Window {
  RasterFrame frame;
  std::vector<double> inside_m2;
  double total_m2 = 0;
};

// `areas` picks areas of the set; empty: all. Cost: O(vertices + cells + cells crossed). Errors: of `stop`.
Result<Window> WindowOf(const AreaSet& set, std::span<const AreaIndex> areas, const RasterFrame& frame, const StopSignal& stop);

}  // namespace geo
