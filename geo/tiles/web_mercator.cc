#include "geo/tiles/web_mercator.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace geo {
namespace {

constexpr double kPi = std::numbers::pi;
constexpr double kDegree = kPi / 180.0;
// WGS84.
constexpr double kSemiMajor_m = 6378137.0;
constexpr double kFlattening = 1 / 298.257223563;

std::uint32_t UnitOf(double share) { return static_cast<std::uint32_t>(std::clamp(std::floor(share * kWorldUnits), 0.0, kWorldUnits - 1)); }

// Half the authalic q of Snyder, times (1 - e^2): its difference between two latitudes, times a^2 and the longitude between, is ground.
double Zone(double sine) {
  constexpr double kSquare = kFlattening * (2 - kFlattening);
  const double e = std::sqrt(kSquare);
  return (1 - kSquare) / 2 * (sine / (1 - kSquare * sine * sine) + std::atanh(e * sine) / e);
}

double SineOf(double world_y) { return std::tanh(kPi * (1 - 2 * world_y / kWorldUnits)); }

}  // namespace

WorldPoint WorldOf(LatLng position) {
  if (!(std::abs(position.longitude_deg) <= 180.0 && std::abs(position.latitude_deg) <= kMercatorLatitude_deg)) return kNoWorld;
  return {UnitOf((position.longitude_deg + 180.0) / 360.0), UnitOf(0.5 - std::atanh(std::sin(position.latitude_deg * kDegree)) / (2 * kPi))};
}

LatLng DegreesOf(double world_x, double world_y) {
  return {std::atan(std::sinh(kPi * (1 - 2 * world_y / kWorldUnits))) / kDegree, world_x / kWorldUnits * 360.0 - 180.0};
}

MercatorPoint MercatorOf(double world_x, double world_y) {
  return {(2 * world_x / kWorldUnits - 1) * kMercatorHalf_m, (1 - 2 * world_y / kWorldUnits) * kMercatorHalf_m};
}

std::vector<WorldPoint> WorldPositions(std::span<const GridPoint> points, const BritishGrid& grid) {
  std::vector<WorldPoint> world(points.size(), kNoWorld);
  constexpr std::size_t kBatch = 4'096;
  std::vector<double> x(kBatch), y(kBatch);
  for (std::size_t from = 0; from < points.size(); from += kBatch) {
    const std::size_t count = std::min(kBatch, points.size() - from);
    for (std::size_t i = 0; i < count; ++i) {
      // kUnlocated lies beyond kMaxMeters, and so becomes infinite.
      x[i] = points[from + i].easting_m();
      y[i] = points[from + i].northing_m();
    }
    grid.to_wgs84({x.data(), count}, {y.data(), count});
    for (std::size_t i = 0; i < count; ++i) world[from + i] = WorldOf({y[i], x[i]});
  }
  return world;
}

double GroundKm2(double north_y, double south_y, double width) {
  const double longitude = width / kWorldUnits * 2 * kPi;
  return (Zone(SineOf(north_y)) - Zone(SineOf(south_y))) * longitude * kSemiMajor_m * kSemiMajor_m * 1e-6;
}

}  // namespace geo
