// Laws of picture tiles: a place has one colour whatever the zoom, and tiles meet without a seam.
#include "geo/layers/density_tiles.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "tests/support/png_reader.h"
#include "tests/support/ragged_areas.h"

namespace geo {
namespace {

const BritishGrid& Grid() {
  static const BritishGrid grid = std::move(BritishGrid::Create().value());
  return grid;
}

DensityTiles::Surface Patches(std::uint64_t seed) {
  support::SplitMix random(seed);
  DensityTiles::Surface surface{.frame = {.cell_mm = 250'000, .south_west = {680, 2'280}, .columns = 40, .rows = 40}};
  for (std::size_t i = 0; i < surface.frame.size(); ++i) {
    surface.values.push_back(std::exp(9 * random.unit()));
    surface.shown.push_back(random.unit() < 0.9);
  }
  return surface;
}

class Pictures {
 public:
  explicit Pictures(const DensityTiles& tiles) : tiles_(tiles) {}
  std::array<std::uint8_t, 4> colour(WorldPoint place, int zoom, int size) {
    const TileId tile = TileOf(place, zoom);
    const auto [at, fresh] = seen_.try_emplace({tile, size});
    if (fresh) at->second = support::ReadPng(tiles_.encode(tile, size, Grid())->png);
    const auto pixel = [&](std::uint32_t p, std::uint64_t edge) { return static_cast<int>((p - edge) * static_cast<std::uint64_t>(size) / tile.side()); };
    const std::uint8_t* rgba = at->second.at(pixel(place.x, tile.left()), pixel(place.y, tile.top()));
    return {rgba[0], rgba[1], rgba[2], rgba[3]};
  }

 private:
  const DensityTiles& tiles_;
  std::map<std::pair<TileId, int>, support::ReadPicture> seen_;
};

// Cells are blocks of one colour: away from their edges by a pixel of the coarsest zoom, all zooms and both sizes agree with the cell's own class.
TEST(DensityTilesProperty, AStreetHasOneColourAtEveryZoom) {
  const DensityTiles::Surface surface = Patches(4);
  const LayerScale& scale = LayerScaleOf(LayerMeasure::kDensity);
  const auto tiles = DensityTiles::Build(surface, scale, PixelValue::kCell, Grid());
  Pictures pictures(*tiles);
  support::SplitMix random(6);
  for (int k = 0; k < 300; ++k) {
    const auto index = static_cast<std::size_t>(random.next() % surface.frame.size());
    const GridPoint centre = CellGrid(CellShape::kSquare, surface.frame.cell_mm).centre_of(surface.frame.cell_at(index));
    const WorldPoint place = WorldOf(Grid().to_wgs84(centre));
    const std::size_t expected = scale.class_of(surface.values[index]);
    for (const int zoom : {11, 12, 13, 14}) {  // a pixel of zoom 11 is 48 m
      for (const int size : {256, 512}) {
        const auto colour = pictures.colour(place, zoom, size);
        const bool clear = surface.shown[index] == 0 || expected == 0;
        EXPECT_EQ(colour[3], clear ? 0 : 255);
        if (clear) continue;
        EXPECT_EQ((Rgb{colour[0], colour[1], colour[2]}), scale.colours[expected]) << zoom;
      }
    }
  }
}

// Sum of what is drawn: each pixel stands for one place of one tile, so four tiles of a zoom deeper, at half the size, are the tile above at twice the pixels.
TEST(DensityTilesProperty, FourTilesAreTheirParentAtTwiceTheSize) {
  const auto tiles = DensityTiles::Build(Patches(5), LayerScaleOf(LayerMeasure::kDensity), PixelValue::kCell, Grid());
  const TileId parent = TileOf(WorldOf(Grid().to_wgs84(GridPoint::FromMeters(575'000, 175'000))), 12);
  const support::ReadPicture whole = support::ReadPng(tiles->encode(parent, 512, Grid())->png);
  int differ = 0;
  for (int k = 0; k < 4; ++k) {
    const TileId child{13, 2 * parent.y + static_cast<std::uint32_t>(k / 2), 2 * parent.x + static_cast<std::uint32_t>(k % 2)};
    const support::ReadPicture part = support::ReadPng(tiles->encode(child, 256, Grid())->png);
    for (int row = 0; row < 256; ++row) {
      for (int column = 0; column < 256; ++column) {
        differ += !std::equal(part.at(column, row), part.at(column, row) + 4, whole.at(k % 2 * 256 + column, k / 2 * 256 + row));
      }
    }
  }
  // The knots are others, so a place may move by a twentieth of a pixel over a cell's edge.
  EXPECT_LT(differ, 512 * 512 / 500);
}

}  // namespace
}  // namespace geo
