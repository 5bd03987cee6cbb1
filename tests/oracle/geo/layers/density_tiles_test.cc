// Pixels against PROJ pixel by pixel and against the density itself at their places.
#include "geo/layers/density_tiles.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "geo/density/density_surface.h"
#include "geo/places/contours.h"
#include "tests/support/png_reader.h"
#include "tests/support/ragged_areas.h"

namespace geo {
namespace {

const BritishGrid& Grid() {
  static const BritishGrid grid = std::move(BritishGrid::Create().value());
  return grid;
}

// The middle of a pixel as EPSG:3857 has it, and PROJ's transformation of it.
GridPoint SlowPlace(TileId tile, int size, int column, int row) {
  const double tiles = std::exp2(tile.zoom), x = (tile.x + (column + 0.5) / size) / tiles, y = (tile.y + (row + 0.5) / size) / tiles;
  const double longitude = x * 360 - 180, latitude = (2 * std::atan(std::exp(M_PI * (1 - 2 * y))) - M_PI / 2) * 180 / M_PI;
  return Grid().to_grid(LatLng::FromDegrees(latitude, longitude));
}

double PixelMeters(TileId tile, int size, double latitude_deg) { return 40'075'016.7 / std::exp2(tile.zoom) / size * std::cos(latitude_deg * M_PI / 180); }

TEST(PixelPlacesOracle, WithinATwentiethOfAPixel) {
  support::SplitMix random(3);
  for (int zoom = 3; zoom <= 20; ++zoom) {
    for (const int size : {256, 512}) {
      const LatLng somewhere{50.2 + 9 * random.unit(), -5 + 6 * random.unit()};
      const TileId tile = TileOf(WorldOf(somewhere), zoom);
      // All of a deep tile; of a shallow one, whose corners lie beyond the Grid, the part with Britain in it.
      const PixelWindow window = WindowAround(tile, size, WorldOf({60, -7.5}), WorldOf({49.9, 1.9}));
      const std::vector<GridPoint> places = PixelPlaces(tile, size, window, Grid());
      ASSERT_EQ(places.size(), static_cast<std::size_t>(window.columns * window.rows));
      for (int k = 0; k < 300; ++k) {
        const int column = static_cast<int>(random.next() % static_cast<std::uint64_t>(window.columns)),
                  row = static_cast<int>(random.next() % static_cast<std::uint64_t>(window.rows));
        const GridPoint fast = places[static_cast<std::size_t>(row * window.columns + column)];
        const GridPoint slow = SlowPlace(tile, size, window.first_column + column, window.first_row + row);
        ASSERT_NE(fast, kUnlocated);
        const double away_m = std::hypot(fast.easting_m() - slow.easting_m(), fast.northing_m() - slow.northing_m());
        EXPECT_LE(away_m, PixelMeters(tile, size, 55) / 20 + 0.002) << zoom;
      }
    }
  }
}

// A lone incident, at the centre of a cell: the surface's top is in the pixel that holds it, at every zoom, by either way of sampling and by the density
// itself.
TEST(DensityTilesOracle, ALoneIncidentIsHighestInItsOwnPixel) {
  support::SplitMix random(8);
  for (int k = 0; k < 6; ++k) {
    const CellGrid cells(CellShape::kSquare, 10'000);
    const CellId cell = cells.cell_of(GridPoint::FromMeters(300'000 + 300'000 * random.unit(), 100'000 + 500'000 * random.unit()));
    const std::vector<GridPoint> at{cells.centre_of(cell)};
    const std::vector<double> weight{1};
    const WeightedPoints incident{at, weight};
    const Kernel kernel{.shape = KernelShape::kQuartic, .bandwidth_mm = 200'000};
    GridBox box;
    box.extend(at[0]);
    const RasterFrame frame = *FrameAround(box, 200'000, 10'000, 1'000'000);
    const auto surface = DensitySurface(incident, kernel, frame, {}, NeverStop());
    ASSERT_TRUE(surface);
    const WorldPoint world = WorldOf(Grid().to_wgs84(at[0]));
    for (int zoom = 10; zoom <= 18; ++zoom) {
      const TileId tile = TileOf(world, zoom);
      const auto pixel = [&](std::uint32_t place, std::uint64_t edge) { return static_cast<int>((place - edge) * 256 / tile.side()); };
      const int column = pixel(world.x, tile.left()), row = pixel(world.y, tile.top());
      const std::vector<GridPoint> places = PixelPlaces(tile, 256, {0, 0, 256, 256}, Grid());
      // The nearest middle is that of the pixel it is in.
      const auto exact = DensityAt(incident, kernel, places, {}, NeverStop());
      ASSERT_TRUE(exact);
      const auto top = static_cast<int>(std::max_element(exact->begin(), exact->end()) - exact->begin());
      EXPECT_EQ(top % 256, column) << zoom;
      EXPECT_EQ(top / 256, row) << zoom;
      std::vector<double> linear;
      for (const GridPoint place : places) linear.push_back(SurfaceValueAt(*surface, frame, place));
      const double highest = *std::max_element(linear.begin(), linear.end());
      EXPECT_EQ(linear[static_cast<std::size_t>(row * 256 + column)], highest) << zoom;
      // And as drawn: a class of its own for the top alone.
      LayerScale scale = LayerScaleOf(LayerMeasure::kDensity);
      scale.breaks.assign(12, highest);
      const auto tiles = DensityTiles::Build({.frame = frame, .values = *surface}, scale, PixelValue::kLinear, Grid());
      const support::ReadPicture picture = support::ReadPng(tiles->encode(tile, 256, Grid())->png);
      EXPECT_EQ(picture.at(column, row)[3], 255) << zoom;
      EXPECT_EQ((Rgb{picture.at(column, row)[0], picture.at(column, row)[1], picture.at(column, row)[2]}), scale.colours[12]);
      int drawn = 0;
      for (int i = 0; i < 256 * 256; ++i) drawn += picture.rgba[4 * static_cast<std::size_t>(i) + 3] != 0;
      EXPECT_EQ(drawn, 1) << zoom;
    }
  }
}

// Drawn classes are those of the exact density at the pixels' middles, but where the density is within the sampling's error of a break.
TEST(DensityTilesOracle, ColoursAreThoseOfTheDensityItself) {
  std::vector<GridPoint> at = support::ClusteredPoints(2'000, 17);
  const std::vector<double> weight(at.size(), 0.5);  // two years
  const WeightedPoints incidents{at, weight};
  const std::int64_t bandwidth_mm = 500'000;
  const std::int32_t cell_mm = 50'000;
  const Kernel kernel{.shape = KernelShape::kQuartic, .bandwidth_mm = bandwidth_mm};
  GridBox box;
  for (const GridPoint p : at) box.extend(p);
  const RasterFrame frame = *FrameAround(box, bandwidth_mm, cell_mm, 4'000'000);
  const auto surface = DensitySurface(incidents, kernel, frame, {}, NeverStop());
  ASSERT_TRUE(surface);
  const LayerScale& scale = LayerScaleOf(LayerMeasure::kDensity);
  const auto tiles = DensityTiles::Build({.frame = frame, .values = *surface}, scale, PixelValue::kLinear, Grid());
  // Linear between centres errs by the second derivatives, which are at most 8 of the kernel's peak over the bandwidth squared for each incident within reach
  // (a cell more, at whose corners it may begin to be): so many incidents, by a uniform kernel.
  const Kernel near{.shape = KernelShape::kUniform, .bandwidth_mm = bandwidth_mm + cell_mm};
  const double share = static_cast<double>(cell_mm) / static_cast<double>(bandwidth_mm), peaks = share * share * kernel.peak_per_m2() / near.peak_per_m2();
  for (int zoom = 10; zoom <= 18; zoom += 2) {
    const TileId tile = TileOf(WorldOf(Grid().to_wgs84(at[7])), zoom);
    const support::ReadPicture picture = support::ReadPng(tiles->encode(tile, 256, Grid())->png);
    const std::vector<GridPoint> places = PixelPlaces(tile, 256, {0, 0, 256, 256}, Grid());
    const auto exact = DensityAt(incidents, kernel, places, {}, NeverStop()), reach = DensityAt(incidents, near, places, {}, NeverStop());
    int near_a_break = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
      const double value = (*exact)[i], slack = peaks * (*reach)[i];
      const std::size_t low = scale.class_of(value - slack), high = scale.class_of(value + slack);
      near_a_break += low != high;
      const std::uint8_t* seen = picture.rgba.data() + 4 * i;
      bool matches = false;
      for (std::size_t c = low; c <= high; ++c) matches |= c == 0 ? seen[3] == 0 : seen[3] == 255 && (Rgb{seen[0], seen[1], seen[2]}) == scale.colours[c];
      ASSERT_TRUE(matches) << zoom << " pixel " << i % 256 << ' ' << i / 256 << " density " << value;
    }
    EXPECT_LT(near_a_break, 256 * 256 / 4) << "or the check says little";
  }
}

}  // namespace
}  // namespace geo
