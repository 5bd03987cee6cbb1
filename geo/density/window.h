// The window: where incidents could have been. The authority's outline, as the inside area of each cell of a raster.
#pragma once

#include <cstdint>
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

  // Is the point in a cell with inside area? Points beyond the frame are not.
  bool holds(GridPoint point) const {
    const auto floor_of = [this](std::int64_t mm) { return static_cast<std::int32_t>(mm / frame.cell_mm - (mm % frame.cell_mm < 0)); };
    const CellId cell{floor_of(point.northing_mm), floor_of(point.easting_mm)};
    return frame.contains(cell) && inside_m2[frame.index_of(cell)] > 0;
  }
};

// `areas` picks areas of the set; empty: all. Cost: O(vertices + cells + cells crossed). Errors: of `stop`.
Result<Window> WindowOf(const AreaSet& set, std::span<const AreaIndex> areas, const RasterFrame& frame, const StopSignal& stop);

}  // namespace geo
