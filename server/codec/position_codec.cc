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

void AppendRing(const geo::BritishGrid& grid, geo::Ring ring, bool shell, int decimals, std::string& out) {
  if (geo::IsAnticlockwise(ring) != shell) std::reverse(ring.begin(), ring.end());
  const double scale = decimals == kRegionDecimals ? 1e9 : 1e7;
  out += '[';
  for (std::size_t i = 0; i <= ring.size(); ++i) {
    const geo::LatLng at = grid.to_wgs84(ring[i % ring.size()]);
    fmt::format_to(std::back_inserter(out), "{}[{:.{}f},{:.{}f}]", i == 0 ? "" : ",", Round(at.longitude_deg, scale), decimals, Round(at.latitude_deg, scale),
                   decimals);
  }
  out += ']';
}

void AppendRings(const geo::BritishGrid& grid, const std::vector<geo::Ring>& rings, int decimals, std::string& out) {
  for (std::size_t ring = 0; ring < rings.size(); ++ring) {
    if (ring > 0) out += ',';
    AppendRing(grid, rings[ring], ring == 0, decimals, out);
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

geo::Result<std::string> FormatGeoJson(const geo::MultiPolygon& shape) {
  const auto& grid = ThisThreadsGrid();
  if (!grid) return geo::Fail(grid.error());
  std::string out = R"({"type":"MultiPolygon","coordinates":[)";
  for (std::size_t part = 0; part < shape.parts.size(); ++part) {
    out += part == 0 ? "[" : ",[";
    AppendRings(*grid, shape.parts[part].rings, kOutlineDecimals, out);
    out += ']';
  }
  return out + "]}";
}

geo::Result<std::string> FormatGeoJson(const geo::Polygon& region) {
  const auto& grid = ThisThreadsGrid();
  if (!grid) return geo::Fail(grid.error());
  std::string out = R"({"type":"Polygon","coordinates":[)";
  AppendRings(*grid, region.rings, kRegionDecimals, out);
  return out + "]}";
}

}  // namespace server
