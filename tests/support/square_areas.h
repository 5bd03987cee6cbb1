// Areas made of unit squares, and boxes in metres: maps as text, for tests of boundaries.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "geo/areas/area_set.h"

namespace support {

inline constexpr double kMapWest_m = 500'000, kMapSouth_m = 200'000;

inline geo::Ring BoxRing(double west_m, double south_m, double east_m, double north_m) {
  using geo::GridPoint;
  return {GridPoint::FromMeters(west_m, south_m), GridPoint::FromMeters(east_m, south_m), GridPoint::FromMeters(east_m, north_m),
          GridPoint::FromMeters(west_m, north_m)};
}

inline geo::Area BoxArea(const std::string& code, double west_m, double south_m, double east_m, double north_m) {
  return {code, "Area " + code, {{{{BoxRing(kMapWest_m + west_m, kMapSouth_m + south_m, kMapWest_m + east_m, kMapSouth_m + north_m)}}}}};
}

// North at the top; a letter's area is the rectangle that its squares span, '.' is no area. The south-western corner is at (kMapWest_m, kMapSouth_m).
inline std::vector<geo::Area> DrawAreas(std::string_view map, double cell_m) {
  std::vector<std::string_view> lines;
  for (std::size_t at = 0; at < map.size();) {
    const std::size_t end = std::min(map.find('\n', at), map.size());
    if (end > at) lines.push_back(map.substr(at, end - at));
    at = end + 1;
  }
  struct Box {
    std::size_t west = 1'000'000, south = 1'000'000, east = 0, north = 0;
  };
  std::map<char, Box> boxes;
  for (std::size_t line = 0; line < lines.size(); ++line) {
    const std::size_t row = lines.size() - 1 - line;
    for (std::size_t column = 0; column < lines[line].size(); ++column) {
      const char code = lines[line][column];
      if (code == '.' || code == ' ') continue;
      Box& box = boxes[code];
      box = {std::min(box.west, column), std::min(box.south, row), std::max(box.east, column + 1), std::max(box.north, row + 1)};
    }
  }
  std::vector<geo::Area> areas;
  const auto metres = [&](std::size_t cells) { return static_cast<double>(cells) * cell_m; };
  for (const auto& [code, box] : boxes) {
    areas.push_back(BoxArea(std::string(1, code), metres(box.west), metres(box.south), metres(box.east), metres(box.north)));
  }
  return areas;
}

inline geo::AreaSet MustBuild(std::string vintage, std::vector<geo::Area> areas) {
  auto set = geo::AreaSet::Build(std::move(vintage), std::move(areas));
  if (!set) std::abort();
  return std::move(*set);
}

}  // namespace support
