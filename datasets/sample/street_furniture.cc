#include "datasets/sample/street_furniture.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>

#include "datasets/sample/offence_kinds.h"
#include "datasets/sample/seeded_random.h"

namespace sample {
namespace {

// Streets 90 m apart and 12 m wide, for 450 m either side of the market cross; nine plots of 26 m between.
constexpr double kStreetStep_m = 90, kReach_m = 450, kPlot_m = 26, kHalfStreet_m = 6;
// Open ground around the middle of a night-life hotspot, and the distance within which no other column has power.
constexpr double kSquare_m = 66, kUnpowered_m = 135, kNoCamera_m = 190;

double DistanceM(double east, double north, geo::GridPoint from) {
  const double dx = east - from.easting_m(), dy = north - from.northing_m();
  return std::sqrt(dx * dx + dy * dy);
}

std::vector<const PlantedHotspot*> NightLife() {
  std::vector<const PlantedHotspot*> spots;
  for (const PlantedHotspot& spot : PlantedHotspots()) {
    if (spot.kind == kViolence) spots.push_back(&spot);
  }
  return spots;
}

double ToNightLifeM(geo::GridPoint at) {
  double nearest = 1e9;
  for (const PlantedHotspot* spot : NightLife()) nearest = std::min(nearest, DistanceM(spot->easting_m, spot->northing_m, at));
  return nearest;
}

// Town centres, and the night life that lies outside them, each with its own streets.
std::vector<Town> Quarters() {
  std::vector<Town> quarters = Towns();
  for (const PlantedHotspot* spot : NightLife()) {
    bool inside = false;
    for (const Town& town : Towns())
      inside = inside || (std::abs(town.easting_m - spot->easting_m) < 300 && std::abs(town.northing_m - spot->northing_m) < 300);
    if (!inside) quarters.push_back({spot->title, spot->easting_m, spot->northing_m, 0, 0, 0});
  }
  return quarters;
}

void LayBuildings(const Town& town, double reach_m, SeededRandom& random, std::vector<Building>& buildings) {
  const int steps = static_cast<int>(reach_m / kStreetStep_m);
  for (int row = -steps; row < steps; ++row) {
    for (int column = -steps; column < steps; ++column) {
      for (int plot = 0; plot < 9; ++plot) {
        const double west = town.easting_m + column * kStreetStep_m + kHalfStreet_m + (plot % 3) * kPlot_m;
        const double south = town.northing_m + row * kStreetStep_m + kHalfStreet_m + (plot / 3) * kPlot_m;
        const double width = random.between(13, 24), depth = random.between(13, 24), height = random.between(5, 16);
        const bool gap = random.chance(0.06);
        const geo::GridPoint middle = geo::GridPoint::FromMeters(west + kPlot_m / 2, south + kPlot_m / 2);
        if (gap || ToNightLifeM(middle) < kSquare_m + kPlot_m) continue;
        const auto corner = [&](double east, double north) {
          return geo::GridPoint::FromMeters(std::floor(10 * (west + 1 + east)) / 10, std::floor(10 * (south + 1 + north)) / 10);
        };
        buildings.push_back({fmt::format("B{:05d}", buildings.size() + 1),
                             {corner(0, 0), corner(width, 0), corner(width, depth), corner(0, depth)},
                             std::floor(10 * height) / 10});
      }
    }
  }
}

void LayColumns(const Town& town, double reach_m, SeededRandom& random, std::vector<LampColumn>& columns) {
  const int steps = static_cast<int>(reach_m / kStreetStep_m);
  const auto add = [&](double east, double north, bool power) {
    columns.push_back({fmt::format("L{:05d}", columns.size() + 1), geo::GridPoint::FromMeters(std::floor(east), std::floor(north)),
                       random.chance(0.6) ? 8.0 : 6.0, power, town.name});
  };
  for (int line = -steps; line <= steps; ++line) {
    for (double along = -reach_m + 35; along < reach_m; along += 84) {
      for (const bool east_west : {true, false}) {
        const double side = random.chance(0.5) ? 5 : -5, slip = random.between(-9, 9);
        const double east = town.easting_m + (east_west ? along + slip : line * kStreetStep_m + side);
        const double north = town.northing_m + (east_west ? line * kStreetStep_m + side : along + slip);
        const bool wired = random.chance(0.55);
        add(east, north, wired && ToNightLifeM(geo::GridPoint::FromMeters(east, north)) > kUnpowered_m);
      }
    }
  }
}

void LayCameras(const std::vector<LampColumn>& columns, std::vector<Camera>& cameras) {
  SeededRandom random("cameras", 0);
  const auto add = [&](geo::GridPoint at, const char* type, const char* state) {
    const bool ptz = type[0] == 'p';
    const int bearing = random.below(360), view = ptz ? 360 : 60 + 30 * random.below(2);
    cameras.push_back({fmt::format("CAM{:03d}", cameras.size() + 1), at, type, state,
                       geo::DayOf(2009 + random.below(14), 1 + random.below(12), 1 + random.below(28)), ptz ? 0 : bearing, view, ptz ? 8.0 : 5.0});
  };
  // The market square is watched; the camera on the quay has failed.
  for (const PlantedHotspot* spot : NightLife()) {
    const geo::GridPoint beside = geo::GridPoint::FromMeters(spot->easting_m + 3, spot->northing_m + 2);
    if (spot->id == std::string("market-square")) add(beside, "ptz", "working");
    if (spot->id == std::string("quayside")) add(beside, "ptz", "faulty");
  }
  while (cameras.size() < 46) {
    const LampColumn& column = columns[static_cast<std::size_t>(random.below(static_cast<int>(columns.size())))];
    const double fate = random.unit();
    const char* state = fate < 0.6 ? "working" : fate < 0.88 ? "faulty" : "removed";
    const bool ptz = random.chance(0.4);
    if (ToNightLifeM(column.at) > kNoCamera_m) add(column.at, ptz ? "ptz" : "fixed", state);
  }
}

}  // namespace

Furniture LayFurniture() {
  Furniture furniture;
  const std::vector<Town> quarters = Quarters();
  for (std::size_t i = 0; i < quarters.size(); ++i) {
    // Quarters of their own are small enough not to meet a town's.
    const double reach = i < Towns().size() ? kReach_m : 180;
    SeededRandom random("quarter", i);
    LayBuildings(quarters[i], reach, random, furniture.buildings);
    LayColumns(quarters[i], reach, random, furniture.columns);
  }
  for (const PlantedHotspot* spot : NightLife()) {
    furniture.columns.push_back(
        {fmt::format("L{:05d}", furniture.columns.size() + 1), geo::GridPoint::FromMeters(spot->easting_m, spot->northing_m), 8.0, true, spot->title});
  }
  LayCameras(furniture.columns, furniture.cameras);
  return furniture;
}

}  // namespace sample
