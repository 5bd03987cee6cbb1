// Every tile of every zoom against a loop over all points that works in degrees and long doubles.
#include "geo/tiles/tile_points.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numbers>
#include <set>

#include "geo/tiles/tile_bounds.h"
#include "tests/support/mvt_reader.h"
#include "tests/support/ragged_areas.h"

namespace geo {
namespace {

struct Place {
  long double x, y;  // shares of the world, y from the north
};

Place PlaceOf(LatLng at) {
  const long double phi = at.latitude_deg * std::numbers::pi_v<long double> / 180;
  return {(at.longitude_deg + 180.0L) / 360, (1 - std::log(std::tan(phi) + 1 / std::cos(phi)) / std::numbers::pi_v<long double>) / 2};
}

std::vector<LatLng> RandomPlaces() {
  support::SplitMix random(71);
  std::vector<LatLng> places;
  for (int i = 0; i < 400; ++i) places.push_back({51.2 + 0.4 * random.unit(), 0.3 + 0.5 * random.unit()});      // Medway
  for (int i = 0; i < 100; ++i) places.push_back({51.38 + 1e-4 * random.unit(), 0.52 + 1e-4 * random.unit()});  // a street
  for (int i = 0; i < 100; ++i) places.push_back({170 * random.unit() - 85, 360 * random.unit() - 180});        // the world
  return places;
}

TEST(TilePointsOracle, EveryTileHoldsThePointsOfItsBox) {
  const std::vector<LatLng> places = RandomPlaces();
  TileTable table = std::move(TileTable::Make({}).value());
  std::vector<WorldPoint> at;
  for (std::size_t i = 0; i < places.size(); ++i) {
    at.push_back(WorldOf(places[i]));
    table.add(i, std::vector<TileTable::Code>{});
  }
  const auto points = TilePoints::Build(at, table, {});
  for (int zoom = 0; zoom <= kDeepestZoom; ++zoom) {
    std::map<std::pair<long long, long long>, std::set<std::uint64_t>> expected;
    const long double tiles = std::exp2(static_cast<long double>(zoom));
    for (std::size_t i = 0; i < places.size(); ++i) {
      const Place place = PlaceOf(places[i]);
      expected[{static_cast<long long>(std::floor(place.x * tiles)), static_cast<long long>(std::floor(place.y * tiles))}].insert(i);
    }
    std::size_t seen = 0;
    for (const auto& [tile, ids] : expected) {
      const auto layers = support::MvtReader::Read(points->encode(*CheckTile(zoom, tile.first, tile.second)).bytes);
      ASSERT_EQ(layers.size(), 1u);
      std::set<std::uint64_t> found;
      for (const auto& feature : layers[0].features) {
        found.insert(feature.id.value());
        const Place place = PlaceOf(places[*feature.id]);
        const auto [x, y] = feature.parts[0][0];
        // Floors: up to a unit short, and a unit of the world for the rounding of doubles.
        EXPECT_NEAR(static_cast<double>((place.x * tiles - static_cast<long double>(tile.first)) * 4096) - static_cast<double>(x), 0.5,
                    0.51 + std::exp2(zoom - 20));
        EXPECT_NEAR(static_cast<double>((place.y * tiles - static_cast<long double>(tile.second)) * 4096) - static_cast<double>(y), 0.5,
                    0.51 + std::exp2(zoom - 20));
      }
      EXPECT_EQ(found, ids) << zoom;
      seen += found.size();
    }
    EXPECT_EQ(seen, places.size());
  }
}

TEST(TileBoundsOracle, TheBoxOnTheGridHoldsWhateverIsInTheTile) {
  const BritishGrid grid = std::move(BritishGrid::Create().value());
  support::SplitMix random(72);
  for (int i = 0; i < 4'000; ++i) {
    const LatLng centre{49.5 + 11.5 * random.unit(), -8 + 10 * random.unit()};
    const TileId tile = TileOf(WorldOf(centre), static_cast<int>(random.next() % 21));
    const GridBox box = GridBoxOf(tile, 64, grid);
    const auto side = static_cast<double>(tile.side());
    for (int k = 0; k < 20; ++k) {
      const LatLng place = DegreesOf(static_cast<double>(tile.left()) + side * (random.unit() * 1.03 - 0.015),
                                     static_cast<double>(tile.top()) + side * (random.unit() * 1.03 - 0.015));
      if (place.latitude_deg < 49 || place.latitude_deg > 62 || place.longitude_deg < -12 || place.longitude_deg > 4) continue;
      EXPECT_TRUE(box.contains(grid.to_grid(place))) << tile.zoom << ' ' << place.latitude_deg << ' ' << place.longitude_deg;
    }
    // Not much larger than the tile: the ground of a unit of Mercator is cos(latitude) of one.
    if (tile.zoom < 6) continue;
    EXPECT_LT((box.high.easting_mm - double(box.low.easting_mm)) / 1000, side * 0.00933 * 0.66 * 1.25 + 1);
  }
}

}  // namespace
}  // namespace geo
