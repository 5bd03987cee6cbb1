#include "geo/layers/density_tiles.h"

#include <gtest/gtest.h>

#include <limits>

#include "tests/support/png_reader.h"

namespace geo {
namespace {

const BritishGrid& Grid() {
  static const BritishGrid grid = std::move(BritishGrid::Create().value());
  return grid;
}

// 4 x 4 cells of 1 km around Rochester.
DensityTiles::Surface Town() {
  return {.frame = {.cell_mm = 1'000'000, .south_west = {166, 573}, .columns = 4, .rows = 4}, .values = std::vector<double>(16, 30.0)};
}

TileId TileAt(GridPoint place, int zoom) { return TileOf(WorldOf(Grid().to_wgs84(place)), zoom); }

TEST(DensityTiles, OutsideTheFrameIsBlank) {
  const auto tiles = DensityTiles::Build(Town(), LayerScaleOf(LayerMeasure::kDensity), PixelValue::kCell, Grid());
  ASSERT_TRUE(tiles);
  for (const TileId tile : {*CheckTile(10, 0, 0), *CheckTile(20, 1'048'575, 1'048'575), TileAt(GridPoint::FromMeters(600'000, 166'000), 14)}) {
    const auto image = tiles->encode(tile, 256, Grid());
    ASSERT_TRUE(image);
    EXPECT_TRUE(image->blank);
    const support::ReadPicture picture = support::ReadPng(image->png);
    EXPECT_EQ(picture.width, 256);
    for (int i = 0; i < 256 * 256; ++i) ASSERT_EQ(picture.rgba[4 * static_cast<std::size_t>(i) + 3], 0);
  }
  EXPECT_FALSE(tiles->encode(TileAt(GridPoint::FromMeters(574'500, 167'500), 14), 256, Grid())->blank);
}

TEST(DensityTiles, HiddenCellsAreClearAndUncertainOnesStriped) {
  DensityTiles::Surface town = Town();
  town.shown.assign(16, 1);
  town.shown[5] = 0;  // column 1, row 1
  town.significant.assign(16, 1);
  town.significant[6] = 0;
  const auto tiles = DensityTiles::Build(town, LayerScaleOf(LayerMeasure::kDensity), PixelValue::kLinear, Grid());
  const auto opaque = [&](double easting_m, double northing_m) {
    const TileId tile = TileAt(GridPoint::FromMeters(easting_m, northing_m), 17);  // 190 m across
    const support::ReadPicture picture = support::ReadPng(tiles->encode(tile, 256, Grid())->png);
    int count = 0;
    for (int i = 0; i < 256 * 256; ++i) count += picture.rgba[4 * static_cast<std::size_t>(i) + 3] == 255;
    return count;
  };
  EXPECT_EQ(opaque(574'500, 167'500), 0);
  EXPECT_EQ(opaque(573'500, 167'500), 256 * 256);
  EXPECT_EQ(opaque(575'500, 167'500), 256 * 256 * 3 / 8);
}

TEST(DensityTiles, UnderTheFirstBreakIsClear) {
  DensityTiles::Surface town = Town();
  town.values.assign(16, 0.99);
  EXPECT_TRUE(DensityTiles::Build(town, LayerScaleOf(LayerMeasure::kDensity), PixelValue::kCell, Grid())
                  ->encode(TileAt(GridPoint::FromMeters(574'500, 167'500), 14), 256, Grid())
                  ->blank);
  // Of differences the middle is drawn: no change is an answer.
  EXPECT_FALSE(DensityTiles::Build(town, LayerScaleOf(LayerMeasure::kDensityDifference), PixelValue::kCell, Grid())
                   ->encode(TileAt(GridPoint::FromMeters(574'500, 167'500), 14), 256, Grid())
                   ->blank);
}

TEST(DensityTiles, Refusals) {
  const LayerScale& scale = LayerScaleOf(LayerMeasure::kDensity);
  DensityTiles::Surface town = Town();
  EXPECT_FALSE(DensityTiles::Build(town, scale, PixelValue::kCell, Grid())->encode({}, 100, Grid()));
  town.values[3] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(DensityTiles::Build(town, scale, PixelValue::kCell, Grid()));
  town.values.pop_back();
  EXPECT_FALSE(DensityTiles::Build(town, scale, PixelValue::kCell, Grid()));
  const auto nothing = DensityTiles::Build({}, scale, PixelValue::kCell, Grid());
  ASSERT_TRUE(nothing);
  EXPECT_TRUE(nothing->encode({}, 512, Grid())->blank);
}

}  // namespace
}  // namespace geo
