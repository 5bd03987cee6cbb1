#include "server/codec/position_codec.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "geo/geodesy/british_grid.h"

namespace server {
namespace {

const geo::Result<geo::BritishGrid>& ThisThreadsGrid() {
  thread_local const geo::Result<geo::BritishGrid> grid = geo::BritishGrid::Create();
  return grid;
}

// Rounded, and never minus zero.
double Round(double degrees, double scale) { return std::round(degrees * scale) / scale + 0.0; }

// Of outlines, 1 cm; and of regions, whose vertices are a millimetre apart.
constexpr int kOutlineDecimals = 7, kRegionDecimals = 9;

void AppendPoint(const geo::BritishGrid& grid, geo::GridPoint point, const CoordinateForm& form, std::string& out) {
  if (!form.degrees) {
    fmt::format_to(std::back_inserter(out), "[{:.3f},{:.3f}]", point.easting_m(), point.northing_m());
    return;
  }
  const double scale = form.decimals == kRegionDecimals ? 1e9 : 1e7;
  const geo::LatLng at = grid.to_wgs84(point);
  fmt::format_to(std::back_inserter(out), "[{:.{}f},{:.{}f}]", Round(at.longitude_deg, scale), form.decimals, Round(at.latitude_deg, scale), form.decimals);
}

void AppendRing(const geo::BritishGrid& grid, geo::Ring ring, bool shell, const CoordinateForm& form, std::string& out) {
  if (geo::IsAnticlockwise(ring) != shell) std::reverse(ring.begin(), ring.end());
  out += '[';
  for (std::size_t i = 0; i <= ring.size(); ++i) {
    if (i > 0) out += ',';
    AppendPoint(grid, ring[i % ring.size()], form, out);
  }
  out += ']';
}

void AppendRings(const geo::BritishGrid& grid, const std::vector<geo::Ring>& rings, const CoordinateForm& form, std::string& out) {
  for (std::size_t ring = 0; ring < rings.size(); ++ring) {
    if (ring > 0) out += ',';
    AppendRing(grid, rings[ring], ring == 0, form, out);
  }
}

}  // namespace

geo::Result<void> EncodePosition(geo::GridPoint point, wardwatch::v1::Position& out) {
  const auto& grid = ThisThreadsGrid();
  if (!grid) return geo::Fail(grid.error());
  const geo::LatLng at = grid->to_wgs84(point);
  out.set_easting_m(point.easting_m());
  out.set_northing_m(point.northing_m());
  out.set_latitude_deg(Round(at.latitude_deg, 1e9));
  out.set_longitude_deg(Round(at.longitude_deg, 1e9));
  return {};
}

geo::Result<geo::GridPoint> GridOf(geo::LatLng position) {
  const auto& grid = ThisThreadsGrid();
  if (!grid) return geo::Fail(grid.error());
  return grid->to_grid(position);
}

geo::Result<geo::LatLng> DegreesOf(geo::GridPoint point) {
  const auto& grid = ThisThreadsGrid();
  if (!grid) return geo::Fail(grid.error());
  return grid->to_wgs84(point);
}

geo::Result<void> AppendGeometry(geo::GridPoint point, const CoordinateForm& form, std::string& out) {
  const auto& grid = ThisThreadsGrid();
  if (!grid) return geo::Fail(grid.error());
  out += R"({"type":"Point","coordinates":)";
  AppendPoint(*grid, point, form, out);
  out += '}';
  return {};
}

geo::Result<void> AppendGeometry(const geo::MultiPolygon& shape, const CoordinateForm& form, std::string& out) {
  const auto& grid = ThisThreadsGrid();
  if (!grid) return geo::Fail(grid.error());
  const bool one = shape.parts.size() == 1;
  out += one ? R"({"type":"Polygon","coordinates":)" : R"({"type":"MultiPolygon","coordinates":[)";
  for (std::size_t part = 0; part < shape.parts.size(); ++part) {
    out += part == 0 ? "[" : ",[";
    AppendRings(*grid, shape.parts[part].rings, form, out);
    out += ']';
  }
  out += one ? "}" : "]}";
  return {};
}

geo::Result<std::string> FormatGeoJson(const geo::MultiPolygon& shape) {
  const auto& grid = ThisThreadsGrid();
  if (!grid) return geo::Fail(grid.error());
  std::string out = R"({"type":"MultiPolygon","coordinates":[)";
  for (std::size_t part = 0; part < shape.parts.size(); ++part) {
    out += part == 0 ? "[" : ",[";
    AppendRings(*grid, shape.parts[part].rings, {true, kOutlineDecimals}, out);
    out += ']';
  }
  return out + "]}";
}

geo::Result<std::string> FormatGeoJson(const geo::Polygon& region) {
  const auto& grid = ThisThreadsGrid();
  if (!grid) return geo::Fail(grid.error());
  std::string out = R"({"type":"Polygon","coordinates":[)";
  AppendRings(*grid, region.rings, {true, kRegionDecimals}, out);
  return out + "]}";
}

}  // namespace server
