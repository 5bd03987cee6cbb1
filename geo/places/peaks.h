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
  double prominence = 0;  // value less the highest saddle on the way to a higher top; the whole value where no way over 0 leads to one
  friend bool operator==(const Peak&, const Peak&) = default;
};

// Cells over all eight neighbours (a plateau of equal cells counts once, by its lowest id; cells beyond the frame are no neighbours) and over 0, with
// prominence at least `least_prominence`, and no higher one of the answer within `apart_mm` of it, centre to centre, inclusive. Of two tops of one height the
// one of lower id counts as the higher. Value descending, then cell id. Laws: doubling every value doubles values and prominences and moves no peak; prominence
// is over 0 and at most the value. Cost: O(cells), nearly. Errors: of `stop`; kInvalidArgument `surface` for a value that is not finite.
Result<std::vector<Peak>> FindPeaks(std::span<const double> values, const RasterFrame& frame, double least_prominence, std::int64_t apart_mm,
                                    const StopSignal& stop);

}  // namespace geo
