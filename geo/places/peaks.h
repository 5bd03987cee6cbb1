// The tops of a surface.
#pragma once

#include <span>
#include <vector>

#include "geo/density/raster_frame.h"
#include "geo/types/stop_signal.h"

namespace geo {

struct Peak {
  CellId cell;
  double value = 0;
  double prominence = 0;  // value less the highest saddle on the way to a higher top; the whole value for the highest
};

// Cells over all eight neighbours (a plateau of equal cells counts once, by its lowest id), over 0, with prominence at least `least_prominence`, and none higher within
// `apart_mm` of it. Value descending, then cell id. Cost: O(cells log cells). Errors: of `stop`.
Result<std::vector<Peak>> FindPeaks(std::span<const double> values, const RasterFrame& frame, double least_prominence, std::int64_t apart_mm, const StopSignal& stop);

}  // namespace geo
