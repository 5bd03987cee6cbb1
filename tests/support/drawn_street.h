// A street drawn as text, north at the top: '#' a building of one square, '@' the same with a home inside, a digit that many incidents, a capital a candidate
// site, a small letter a standing camera that looks north, '.' nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "geo/placement/camera_scene.h"
#include "geo/placement/siting_query.h"

namespace support {

struct DrawnStreet {
  geo::CameraScene scene;
  std::vector<geo::CandidateSite> sites;
  std::vector<geo::Polygon> footprints;
  std::vector<std::string> lines;  // from the north
  double square_m = 10;

  // The middle of a square, column from the west, row from the south.
  geo::GridPoint at(std::size_t column, std::size_t row) const {
    return geo::GridPoint::FromMeters(500'000 + square_m * (static_cast<double>(column) + 0.5), 200'000 + square_m * (static_cast<double>(row) + 0.5));
  }
  std::size_t rows() const { return lines.size(); }
  // The drawing with every square that `mark` holds replaced by its answer.
  template <class Mark>
  std::string draw(Mark&& mark) const {
    std::string out = "\n";
    for (std::size_t line = 0; line < lines.size(); ++line) {
      for (std::size_t column = 0; column < lines[line].size(); ++column) out += mark(lines[line][column], at(column, rows() - 1 - line));
      out += '\n';
    }
    return out;
  }
};

inline geo::Ring SquareAround(geo::GridPoint p, double half_m) {
  const auto half = static_cast<std::int32_t>(half_m * 1000);
  return {{p.easting_mm - half, p.northing_mm - half},
          {p.easting_mm + half, p.northing_mm - half},
          {p.easting_mm + half, p.northing_mm + half},
          {p.easting_mm - half, p.northing_mm + half}};
}

// Cameras: 3840 pixels over 90 degrees, 4 m high: at the level "observe" they reach 30 m on the ground, at "detect" 76 m.
inline DrawnStreet DrawStreet(std::string_view map, double square_m = 10) {
  DrawnStreet street;
  street.square_m = square_m;
  for (std::size_t at = 0; at < map.size();) {
    const std::size_t end = std::min(map.find('\n', at), map.size());
    if (end > at) street.lines.emplace_back(map.substr(at, end - at));
    at = end + 1;
  }
  geo::CameraModel model;
  model.id = "fixed";
  model.pixels = 3840;
  model.field_of_view_deg = 90;
  street.scene.models.push_back(model);
  street.scene.demand.title = "incidents of the drawing";
  street.scene.demand.categories = {"theft", "drugs"};
  street.scene.demand.blocks = {"day", "night"};
  street.scene.place_kinds = {"home", "school"};
  street.scene.decided_on = geo::DayOf(2026, 1, 31);
  for (std::size_t line = 0; line < street.lines.size(); ++line) {
    for (std::size_t column = 0; column < street.lines[line].size(); ++column) {
      const char c = street.lines[line][column];
      const geo::GridPoint p = street.at(column, street.rows() - 1 - line);
      if (c == '#' || c == '@') street.footprints.push_back({{SquareAround(p, square_m / 2)}});
      if (c == '@') street.scene.places.push_back({p, 0});
      if (c >= '1' && c <= '9') {
        geo::DemandPoint point;
        point.at = p;
        point.weight = c - '0';
        point.block = static_cast<std::int32_t>(column % 2);
        street.scene.demand.points.push_back(point);
      }
      if (c >= 'A' && c <= 'Z') {
        geo::CandidateSite site;
        site.id = std::string(1, c);
        site.at = p;
        site.cost_pence = 100'000;
        street.sites.push_back(site);
      }
      if (c >= 'a' && c <= 'z') {
        geo::ExistingCamera camera;
        camera.id = std::string(1, c);
        camera.at = p;
        street.scene.cameras.push_back(camera);
      }
    }
  }
  auto index = geo::FootprintIndex::Build(street.footprints);
  if (!index) std::abort();
  street.scene.buildings = std::move(*index);
  return street;
}

}  // namespace support
