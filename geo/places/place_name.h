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
  friend bool operator==(const NearestName&, const NearestName&) = default;
};
// The nearest named point to `place` within `most_mm`, inclusive; of several at one distance the lowest name. Distances compare exactly. nullopt: none within.
// kUnlocated is nowhere: no name is near it. Cost: O(named).
std::optional<NearestName> NameNearest(GridPoint place, std::span<const NamedPoint> named, std::int64_t most_mm);

// "On or near High Street" -> "High Street", in any case of letters and with any blanks around; names that say nothing ("No location", "No name", "On or near
// ", blank, "Unknown") -> "".
std::string KnownName(const std::string& source_name);

// The National Grid reference of a point, truncated to 100 m: "TQ 757 684" (10 m with `digits` 4: "TQ 7571 6842"). `digits` 1 to 5. Points off the lettered
// grid (0 to 700 km east, 0 to 1,300 km north): "757123,684456" in whole metres, truncated towards the south-west.
std::string GridReference(GridPoint at, int digits = 3);
// The same as an id: "tq757684"; off the lettered grid "e757123n684456". Ids are of the place alone: neither the period, the levels, the order nor other places
// enter, so that the same place has the same id in every answer. Two places of one answer in one such square share it: ask for more digits.
// Source: Ordnance Survey, A guide to coordinate systems in Great Britain, section 6.
std::string PlaceId(GridPoint at, int digits = 3);

}  // namespace geo
