// Two surfaces on one frame and one fixed scale.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/types/result.h"

namespace geo {

enum class SurfaceComparison : std::uint8_t { kDifference, kRatio, kLogRatio };

struct ComparedSurfaces {
  std::vector<double> value;  // NaN never: where `defined` is 0 the value is 0 and means nothing
  std::vector<std::uint8_t> defined;
  double least = 0, most = 0;  // over defined cells; 0 and 0 without any
};

// after - before; after / before; ln(after / before). Both per km2 per year, so that periods of unequal length compare. A ratio is defined where both surfaces
// are over `floor` (a density below which a quotient is noise; 0 or more): a ratio of nothing to nothing is not a change. Requires equal lengths (checked).
ComparedSurfaces CompareSurfaces(std::span<const double> before, std::span<const double> after, SurfaceComparison comparison, double floor);

}  // namespace geo
