// The linear pieces of a surface: what lies between the centres of cells. Shared by what draws a region and what asks for a value, so that they agree.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "geo/density/raster_frame.h"

namespace geo {

// Nodes stand at the centres of cells, four nodes make a square, and the apex of a square is the corner that its four cells share. All of them stand on whole
// millimetres: for cells of an odd size every node moves half a millimetre south-west, the apex stays.
struct SurfaceSquare {
  std::int32_t cell_mm;
  std::int64_t node_mm() const { return cell_mm / 2; }            // node from the south-west corner of its cell, along both axes
  std::int64_t apex_mm() const { return cell_mm - cell_mm / 2; }  // apex from the south-west node of its square, along both axes
};

// The value at the apex. Between the least and the greatest of the four, and equal to them where they are equal.
inline double ApexValue(double south_west, double south_east, double north_east, double north_west) {
  const double sum = (south_west + north_east) + (south_east + north_west);
  if (std::isfinite(sum)) return sum * 0.25;
  return (south_west * 0.25 + north_east * 0.25) + (south_east * 0.25 + north_west * 0.25);
}

// How far the level lies from the low end of an edge of `length_mm`: whole millimetres, towards the low end, so that what is at the level is within. Kept
// `clear_mm` off both ends: then every crossing has a place of its own, and rings can neither touch nor collapse. Requires low < level <= high.
inline std::int64_t CrossingMm(double low, double high, double level, std::int64_t length_mm, std::int64_t clear_mm) {
  double share = (level - low) / (high - low);
  if (!std::isfinite(high - low)) share = (level * 0.5 - low * 0.5) / (high * 0.5 - low * 0.5);
  const auto along = static_cast<std::int64_t>(std::floor(share * static_cast<double>(length_mm)));
  return std::clamp(along, clear_mm, length_mm - clear_mm);
}

}  // namespace geo
