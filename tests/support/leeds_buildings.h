// The 491 building footprints of a site in Leeds (OpenStreetMap), from the real data beside the checkout.
#pragma once

#include <cstdlib>
#include <vector>

#include "tests/support/real_areas.h"

namespace support {

inline constexpr const char* kLeedsBuildings = "buildings-streets/leeds_buildings.geojson";

inline std::vector<geo::Polygon> ReadLeedsBuildings() {
  const auto grid = geo::BritishGrid::Create();
  if (!grid) std::abort();
  std::vector<geo::Polygon> footprints;
  const nlohmann::json document = nlohmann::json::parse(ReadSharedText(kLeedsBuildings));
  for (const auto& feature : document["features"]) {
    const auto& geometry = feature["geometry"];
    const auto add = [&](const nlohmann::json& rings) {
      geo::Polygon footprint = ReadPolygon(rings, *grid);
      if (!footprint.rings.empty()) footprints.push_back(std::move(footprint));
    };
    if (geometry["type"] == "Polygon") {
      add(geometry["coordinates"]);
    } else {
      for (const auto& polygon : geometry["coordinates"]) add(polygon);
    }
  }
  return footprints;
}

}  // namespace support
