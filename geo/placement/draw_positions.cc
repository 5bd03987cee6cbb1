#include "geo/placement/draw_positions.h"

#include <cmath>
#include <numbers>

#include "geo/rates/gamma_draw.h"

namespace geo {
namespace {

constexpr int kTries = 16;

}  // namespace

std::vector<GridPoint> DrawPositionsOf(const CameraScene& scene, const DemandSet& demand, std::span<const std::uint32_t> points, std::uint64_t seed,
                                       std::uint32_t draw) {
  std::vector<GridPoint> positions;
  std::vector<FootprintIndex::Footprint> holding;
  for (const std::uint32_t i : points) {
    const DemandPoint& point = demand.points[i];
    positions.push_back(point.at);
    if (point.at == kUnlocated || point.precision_m <= 0) continue;
    scene.buildings.containing(point.at, holding);
    const bool indoors = !holding.empty();
    CounterRandom random(seed, draw, i);
    for (int attempt = 0; attempt < kTries; ++attempt) {
      const double radius_m = point.precision_m * std::sqrt(EvenDraw(random)), angle = 2 * std::numbers::pi * EvenDraw(random);
      const double east_m = point.at.easting_m() + radius_m * std::sin(angle), north_m = point.at.northing_m() + radius_m * std::cos(angle);
      if (std::abs(east_m) > kMaxMeters || std::abs(north_m) > kMaxMeters) continue;
      const GridPoint moved = GridPoint::FromMeters(east_m, north_m);
      if (!indoors) {
        scene.buildings.containing(moved, holding);
        if (!holding.empty()) continue;
      }
      positions.back() = moved;
      break;
    }
  }
  return positions;
}

}  // namespace geo
