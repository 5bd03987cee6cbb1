// What to call a place, and an id that stays.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/types/grid_point.h"

namespace geo {

// A name that people know, and where: from the incidents' own place names ("On or near High Street") without "On or near".
struct NamedPoint {
  GridPoint at;
  std::uint32_t name = 0;  // into a list of names that the caller holds
};

struct NearestName {
  std::uint32_t name = 0;
  double distance_m = 0;
};
// The nearest named point to `place` within `most_mm`; of several at one distance the lowest name. Cost: O(named). nullopt: none within.
std::optional<NearestName> NameNearest(GridPoint place, std::span<const NamedPoint> named, std::int64_t most_mm);

// "On or near High Street" -> "High Street"; names that say nothing ("No location", "On or near ", blank, "Unknown") -> "".
std::string KnownName(const std::string& source_name);

// The National Grid reference of a point, truncated to 100 m: "TQ 757 684" (10 m with `digits` 4: "TQ 7571 6842"). Points off the lettered grid: "757123,684456" in
// whole metres. As an id: "tq757684". Ids are of the place alone: neither the period, the levels, the order nor other places enter, so that the same place has the same id in every answer.
std::string GridReference(GridPoint at, int digits = 3);
std::string PlaceId(GridPoint at, int digits = 3);

}  // namespace geo
