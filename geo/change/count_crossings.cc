#include "geo/change/count_crossings.h"

#include <algorithm>
#include <vector>

#include "geo/geometry/orientation.h"

namespace geo {
namespace {

struct Side {
  GridPoint west, east;  // ends, in order
  std::int32_t low_mm = 0, high_mm = 0;
  std::size_t area = 0;
};

std::vector<Side> SidesOf(std::span<const Area> areas) {
  std::vector<Side> sides;
  for (std::size_t area = 0; area < areas.size(); ++area) {
    for (const Polygon& part : areas[area].shape.parts) {
      for (const Ring& ring : part.rings) {
        for (std::size_t i = 0; i < ring.size(); ++i) {
          const auto [west, east] = std::minmax(ring[i], ring[(i + 1) % ring.size()]);
          sides.push_back({west, east, std::min(west.northing_mm, east.northing_mm), std::max(west.northing_mm, east.northing_mm), area});
        }
      }
    }
  }
  std::sort(sides.begin(), sides.end(), [](const Side& a, const Side& b) { return a.west < b.west; });
  return sides;
}

bool Cross(const Side& a, const Side& b) {
  if (a.area == b.area || a.low_mm > b.high_mm || b.low_mm > a.high_mm) return false;
  return Orientation(a.west, a.east, b.west) * Orientation(a.west, a.east, b.east) < 0 &&
         Orientation(b.west, b.east, a.west) * Orientation(b.west, b.east, a.east) < 0;
}

}  // namespace

Result<std::int64_t> CountCrossings(std::span<const Area> areas, std::int64_t most, const StopSignal& stop) {
  std::int64_t crossings = 0;
  // A sweep from west to east.
  std::vector<Side> open;
  for (const Side& side : SidesOf(areas)) {
    if (stop.stop_requested()) return Fail(stop.reason());
    std::erase_if(open, [&](const Side& before) { return before.east.easting_mm < side.west.easting_mm; });
    for (const Side& before : open) {
      if (Cross(before, side) && ++crossings > most) return crossings;
    }
    open.push_back(side);
  }
  return crossings;
}

}  // namespace geo
