#include "geo/tiles/tile_bounds.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace geo {
namespace {

// About Great Britain and its seas.
constexpr DegreeBox kAboutGrid{-13.0, 48.0, 5.0, 63.0};
constexpr int kStepsPerSide = 32;
// How fast a straight line of the Mercator map bends on the Grid: tan(63 degrees) / 6,357 km, and as much again for the Grid's own scale.
constexpr double kBendPerMeter = 4e-7;

std::int32_t Clamped(double mm) { return static_cast<std::int32_t>(std::clamp(mm, -2e9, 2e9)); }

}  // namespace

DegreeBox DegreesOfTile(TileId tile) {
  const auto left = static_cast<double>(tile.left()), top = static_cast<double>(tile.top()), side = static_cast<double>(tile.side());
  const LatLng north_west = DegreesOf(left, top), south_east = DegreesOf(left + side, top + side);
  return {north_west.longitude_deg, south_east.latitude_deg, south_east.longitude_deg, north_west.latitude_deg};
}

GridBox GridBoxOf(TileId tile, int buffer, const BritishGrid& grid) {
  const auto left = static_cast<double>(tile.left()), top = static_cast<double>(tile.top()), side = static_cast<double>(tile.side());
  const double margin = side * buffer / kTileExtent;
  const LatLng north_west = DegreesOf(std::max(0.0, left - margin), std::max(0.0, top - margin));
  const LatLng south_east = DegreesOf(std::min(kWorldUnits, left + side + margin), std::min(kWorldUnits, top + side + margin));
  const double west = std::max(north_west.longitude_deg, kAboutGrid.west_deg), east = std::min(south_east.longitude_deg, kAboutGrid.east_deg);
  const double south = std::max(south_east.latitude_deg, kAboutGrid.south_deg), north = std::min(north_west.latitude_deg, kAboutGrid.north_deg);
  if (west > east || south > north) return {};
  // The transformation is continuous and one to one, so the edge of the image is the image of the edge.
  std::array<double, 4 * kStepsPerSide> x{}, y{};
  for (std::size_t i = 0; i < kStepsPerSide; ++i) {
    const double share = static_cast<double>(i) / kStepsPerSide;
    const double across = west + (east - west) * share, up = south + (north - south) * share;
    const std::array<std::array<double, 2>, 4> places{
        {{across, south}, {east, up}, {east + (west - east) * share, north}, {west, north + (south - north) * share}}};
    for (std::size_t k = 0; k < 4; ++k) {
      x[k * kStepsPerSide + i] = places[k][0];
      y[k * kStepsPerSide + i] = places[k][1];
    }
  }
  grid.to_grid(x, y);
  GridBox box;
  double longest_m = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (!std::isfinite(x[i])) continue;
    box.extend({Clamped(x[i] * 1000), Clamped(y[i] * 1000)});
    const std::size_t next = (i + 1) % x.size();
    if (std::isfinite(x[next])) longest_m = std::max(longest_m, std::hypot(x[next] - x[i], y[next] - y[i]));
  }
  if (box.empty()) return box;
  // Between two places of the edge it may bulge by this much; a millimetre covers the rounding.
  const double bulge_mm = longest_m * longest_m / 8 * kBendPerMeter * 1000 + 1;
  return {{Clamped(box.low.easting_mm - bulge_mm), Clamped(box.low.northing_mm - bulge_mm)},
          {Clamped(box.high.easting_mm + bulge_mm), Clamped(box.high.northing_mm + bulge_mm)}};
}

}  // namespace geo
