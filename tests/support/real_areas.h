// Real boundaries and real points from the shared data, read the simplest way that works, for tests that compare and benchmarks. Not a loader.
#pragma once

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "geo/areas/area_set.h"
#include "geo/geodesy/british_grid.h"
#include "tests/support/paths.h"

namespace support {

inline std::string SharedData(const std::string& name) { return std::string(WARDWATCH_SHARED_DATA) + "/" + name; }
inline bool HaveSharedData(const std::string& name) { return std::filesystem::exists(SharedData(name)); }

// The whole text of a file of the shared data; `.gz` through gzip.
inline std::string ReadSharedText(const std::string& name) {
  const std::string path = SharedData(name);
  const std::string command = (name.ends_with(".gz") ? "gzip -dc '" : "cat '") + path + "'";
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::string text;
  std::vector<char> buffer(1 << 20);
  while (pipe) {
    const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), pipe.get());
    if (size == 0) break;
    text.append(buffer.data(), size);
  }
  return text;
}

// Rounded to the millimetre, the closing vertex left off; vertices that round to the one before them are dropped, and rings that are left with fewer than
// three.
inline geo::Ring ReadRing(const nlohmann::json& positions, const geo::BritishGrid& grid) {
  geo::Ring ring;
  for (const auto& position : positions) {
    const geo::GridPoint p = grid.to_grid(geo::LatLng::FromDegrees(position[1].get<double>(), position[0].get<double>()));
    if (ring.empty() || ring.back() != p) ring.push_back(p);
  }
  if (ring.size() > 1 && ring.back() == ring.front()) ring.pop_back();
  return ring;
}

inline geo::Polygon ReadPolygon(const nlohmann::json& rings, const geo::BritishGrid& grid) {
  geo::Polygon polygon;
  for (const auto& ring : rings) {
    if (geo::Ring read = ReadRing(ring, grid); read.size() >= 3) polygon.rings.push_back(std::move(read));
  }
  return polygon;
}

// Longitude and latitude GeoJSON to areas. `code` and `name` are properties.
inline std::vector<geo::Area> ReadRealAreas(const std::string& file, const std::string& code, const std::string& name, const geo::BritishGrid& grid) {
  std::vector<geo::Area> areas;
  const nlohmann::json document = nlohmann::json::parse(ReadSharedText(file));
  for (const auto& feature : document["features"]) {
    geo::Area area{feature["properties"][code].get<std::string>(), feature["properties"][name].get<std::string>(), {}};
    const auto& coordinates = feature["geometry"]["coordinates"];
    if (feature["geometry"]["type"] == "Polygon") {
      area.shape.parts.push_back(ReadPolygon(coordinates, grid));
    } else {
      for (const auto& polygon : coordinates) area.shape.parts.push_back(ReadPolygon(polygon, grid));
    }
    areas.push_back(std::move(area));
  }
  return areas;
}

// Appends the points of a comma-separated file: longitude and latitude are the fields of these numbers, 0 the first; rows without them give kUnlocated.
inline void ReadRealPoints(const std::string& file, int longitude, int latitude, const geo::BritishGrid& grid, std::vector<geo::GridPoint>& points) {
  const std::string text = ReadSharedText(file);
  std::vector<double> x, y;
  for (std::size_t at = text.find('\n') + 1; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    double value[2] = {NAN, NAN};
    std::size_t field = at;
    for (int i = 0; i <= std::max(longitude, latitude) && field <= end; ++i) {
      const std::size_t comma = std::min(text.find(',', field), end);
      if ((i == longitude || i == latitude) && comma > field) value[i == latitude] = std::strtod(text.c_str() + field, nullptr);
      field = comma + 1;
    }
    x.push_back(value[0]);
    y.push_back(value[1]);
    at = end + 1;
  }
  grid.to_grid(x, y);
  for (std::size_t i = 0; i < x.size(); ++i) points.push_back(std::isfinite(x[i]) ? geo::GridPoint::FromMeters(x[i], y[i]) : geo::kUnlocated);
}

}  // namespace support
