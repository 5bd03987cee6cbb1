// What another maker's reader makes of our tiles: GDAL's MVT driver, in EPSG:3857.
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <gtest/gtest.h>
#include <ogrsf_frmts.h>

#include <cmath>
#include <map>
#include <memory>

#include "geo/tiles/tile_points.h"
#include "geo/tiles/tile_shapes.h"
#include "tests/support/ragged_areas.h"

// Exported by GDAL, declared in none of its installed headers.
extern "C" void RegisterOGRMVT();

namespace geo {
namespace {

struct CloseDataset {
  void operator()(GDALDataset* dataset) const { GDALClose(GDALDataset::ToHandle(dataset)); }
};

std::unique_ptr<GDALDataset, CloseDataset> Open(TileId tile, std::string& bytes) {
  RegisterOGRMVT();
  const std::string path = "/vsimem/tiles/" + std::to_string(tile.zoom) + "/" + std::to_string(tile.x) + "/" + std::to_string(tile.y) + ".pbf";
  VSIFCloseL(VSIFileFromMemBuffer(path.c_str(), reinterpret_cast<GByte*>(bytes.data()), bytes.size(), FALSE));
  CPLStringList options;
  options.SetNameValue("CLIP", "NO");
  const char* drivers[] = {"MVT", nullptr};
  return std::unique_ptr<GDALDataset, CloseDataset>(GDALDataset::Open(path.c_str(), GDAL_OF_VECTOR, drivers, options.List(), nullptr));
}

TEST(GdalReads, PointsWhereTheyAre) {
  const BritishGrid grid = std::move(BritishGrid::Create().value());
  const std::vector<WorldPoint> at = WorldPositions(support::ClusteredPoints(3'000, 11), grid);
  TileTable table = std::move(TileTable::Make({"category", "count", "rate", "night"}).value());
  for (std::size_t i = 0; i < at.size(); ++i) {
    ASSERT_TRUE(table.add(i + 1, std::vector<TileValue>{i % 3 == 0 ? TileValue() : TileValue("kind " + std::to_string(i % 7)), -static_cast<std::int64_t>(i),
                                                        i / 8.0, i % 2 == 0}));
  }
  const auto points = TilePoints::Build(at, table, {});
  std::size_t seen = 0;
  for (const int zoom : {8, 12, 16}) {
    const TileId tile = TileOf(at[5], zoom);
    EncodedTile encoded = points->encode(tile);
    const auto dataset = Open(tile, encoded.bytes);
    ASSERT_TRUE(dataset);
    OGRLayer* layer = dataset->GetLayerByName("incidents");
    ASSERT_NE(layer, nullptr);
    EXPECT_EQ(layer->GetFeatureCount(), encoded.features);
    for (auto& feature : *layer) {
      // GDAL numbers features itself and gives the tile's id as a field.
      const auto id = static_cast<std::size_t>(feature->GetFieldAsInteger64("mvt_id"));
      ASSERT_TRUE(id >= 1 && id <= at.size());
      const std::size_t i = id - 1;
      EXPECT_EQ(std::string(feature->GetFieldAsString("category")), i % 3 == 0 ? "" : "kind " + std::to_string(i % 7));
      EXPECT_EQ(feature->GetFieldAsInteger64("count"), -static_cast<std::int64_t>(i));
      EXPECT_EQ(feature->GetFieldAsDouble("rate"), i / 8.0);
      const OGRPoint* place = feature->GetGeometryRef()->toPoint();
      const MercatorPoint ours = MercatorOf(at[i].x, at[i].y);
      const double unit_m = 2 * kMercatorHalf_m / std::exp2(zoom) / 4096;
      EXPECT_NEAR(place->getX(), ours.x_m, unit_m);
      EXPECT_NEAR(place->getY(), ours.y_m, unit_m);
      ++seen;
    }
  }
  EXPECT_GT(seen, 1'000u);
}

TEST(GdalReads, WardsAsValidPolygonsOfTheirArea) {
  const BritishGrid grid = std::move(BritishGrid::Create().value());
  std::vector<MultiPolygon> wards;
  TileTable table = std::move(TileTable::Make({"code"}).value());
  for (Area& area : support::RaggedAreas(4, 4, 60, 3)) {
    ASSERT_TRUE(table.add(wards.size() + 1, std::vector<TileValue>{area.code}));
    wards.push_back(std::move(area.shape));
  }
  // With a hole, that winding may show.
  wards[5].parts[0].rings.push_back({{wards[5].parts[0].rings[0][0].easting_mm + 2'500'000, wards[5].parts[0].rings[0][0].northing_mm + 2'000'000},
                                     {wards[5].parts[0].rings[0][0].easting_mm + 3'000'000, wards[5].parts[0].rings[0][0].northing_mm + 2'000'000},
                                     {wards[5].parts[0].rings[0][0].easting_mm + 3'000'000, wards[5].parts[0].rings[0][0].northing_mm + 2'600'000}});
  const auto shapes = TileShapes::Build(wards, grid);
  const TileId tile = TileOf(WorldPositions(std::vector{GridPoint::FromMeters(530'000, 180'000)}, grid)[0], 8);
  EncodedTile encoded = shapes->encode(tile, "wards", table);
  ASSERT_EQ(encoded.features, 16);
  const auto dataset = Open(tile, encoded.bytes);
  ASSERT_TRUE(dataset);
  std::map<std::string, double> area_m2;
  for (auto& feature : *dataset->GetLayerByName("wards")) {
    EXPECT_TRUE(feature->GetGeometryRef()->IsValid());
    const OGRGeometry* geometry = feature->GetGeometryRef();
    area_m2[feature->GetFieldAsString("code")] =
        wkbFlatten(geometry->getGeometryType()) == wkbPolygon ? geometry->toPolygon()->get_Area() : geometry->toMultiPolygon()->get_Area();
  }
  ASSERT_EQ(area_m2.size(), 16u);
  for (std::size_t s = 0; s < wards.size(); ++s) {
    // Mercator stretches ground by 1 / cos(latitude) both ways.
    const double stretch = 1 / std::cos(51.5 * M_PI / 180);
    const double ground = area_m2["R" + std::to_string(100'000 + s)] / stretch / stretch;
    EXPECT_NEAR(ground, AreaM2(wards[s]), 0.02 * AreaM2(wards[s])) << s;
  }
}

}  // namespace
}  // namespace geo
