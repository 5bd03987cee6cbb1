// A GeoJSON polygon on a grid of whole units of 1e-9 degree about its first corner: the digits that are sent, so that GEOS judges exactly what a client gets.
#pragma once

#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>

#include "geo/geometry/polygon.h"

namespace support {

// `polygon`: the coordinates of a Polygon, at most two degrees across.
inline geo::Polygon InUnitsOf1e9(const nlohmann::json& polygon) {
  const double longitude = polygon[0][0][0].get<double>(), latitude = polygon[0][0][1].get<double>();
  geo::Polygon out;
  for (const auto& ring : polygon) {
    geo::Ring& points = out.rings.emplace_back();
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
      points.push_back({static_cast<std::int32_t>(std::lround((ring[i][0].get<double>() - longitude) * 1e9)),
                        static_cast<std::int32_t>(std::lround((ring[i][1].get<double>() - latitude) * 1e9))});
    }
  }
  return out;
}

}  // namespace support
