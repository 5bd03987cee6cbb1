#include "geo/io/write_features.h"

#include <gdal/cpl_vsi.h>
#include <gdal/gdal_priv.h>
#include <gdal/ogrsf_frmts.h>
#include <gtest/gtest.h>

#include "geo/io/gdal_session.h"

namespace geo {
namespace {

FeatureFile TwoFeatures(FeatureFileFormat format) {
  FeatureFile file{format, "town.cells", "Cells of a town", false, {}, "2026-11-30T18:00:00Z", {}};
  file.columns = {{"name", FeatureColumnType::kText, ""}, {"incidents", FeatureColumnType::kWhole, ""}, {"density", FeatureColumnType::kNumber, ""},
                  {"hot", FeatureColumnType::kFlag, ""},  {"begin", FeatureColumnType::kTime, ""},      {"last", FeatureColumnType::kDate, ""}};
  auto made = std::make_shared<int>(0);
  file.next = [made](FeatureOut& out) -> Result<bool> {
    if (*made == 2) return false;
    const std::int32_t west = 500'000'000 + *made * 250'000;
    out.id = "c" + std::to_string(*made);
    out.geometry =
        std::make_shared<const MultiPolygon>(MultiPolygon{{Polygon{{{{west, 0}, {west + 250'000, 0}, {west + 250'000, 250'000}, {west, 250'000}}}}}});
    if (*made == 0) {
      out.cells = {std::string("a \"b\" <c>"), std::int64_t{12}, 3.5, true, std::string("2024-01-01T00:00:00Z"), std::string("2024-12-31")};
    } else {
      out.cells = {FeatureCell(), FeatureCell(), FeatureCell(), FeatureCell(), FeatureCell(), FeatureCell()};
    }
    ++*made;
    return true;
  };
  return file;
}

struct WriteFeatures : ::testing::TestWithParam<FeatureFileFormat> {};

TEST_P(WriteFeatures, AreReadBackByGdal) {
  const auto bytes = FeatureFileBytes(TwoFeatures(GetParam()));
  ASSERT_TRUE(bytes) << bytes.error().message;
  const MemoryFile file("test", GetParam() == FeatureFileFormat::kGeoPackage ? "in.gpkg" : "in.fgb", *bytes);
  const std::unique_ptr<GDALDataset> dataset(GDALDataset::Open(file.path().c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY));
  ASSERT_NE(dataset, nullptr);
  ASSERT_EQ(dataset->GetLayerCount(), 1);
  OGRLayer& layer = *dataset->GetLayer(0);
  EXPECT_STREQ(layer.GetName(), "town.cells");
  EXPECT_STREQ(layer.GetSpatialRef()->GetAuthorityCode(nullptr), "27700");
  EXPECT_EQ(layer.GetFeatureCount(), 2);
  bool seen = false;
  for (auto& feature : layer) {
    if (std::string(feature->GetFieldAsString("feature_id")) != "c0") {
      EXPECT_FALSE(feature->IsFieldSetAndNotNull(feature->GetFieldIndex("incidents")));
      continue;
    }
    seen = true;
    EXPECT_STREQ(feature->GetFieldAsString("name"), "a \"b\" <c>");
    EXPECT_EQ(feature->GetFieldAsInteger64("incidents"), 12);
    EXPECT_EQ(feature->GetFieldAsDouble("density"), 3.5);
    EXPECT_EQ(feature->GetFieldAsInteger("hot"), 1);
    EXPECT_EQ(feature->GetGeometryRef()->toMultiPolygon()->get_Area(), 62'500);
  }
  EXPECT_TRUE(seen);
}

TEST_P(WriteFeatures, AreTheSameBytesTwice) { EXPECT_EQ(*FeatureFileBytes(TwoFeatures(GetParam())), *FeatureFileBytes(TwoFeatures(GetParam()))); }

TEST_P(WriteFeatures, StopWithTheirSource) {
  auto file = TwoFeatures(GetParam());
  file.next = [](FeatureOut&) -> Result<bool> { return Fail({ErrorCode::kCancelled, "", "CANCELLED", "left"}); };
  const auto bytes = FeatureFileBytes(file);
  ASSERT_FALSE(bytes);
  EXPECT_EQ(bytes.error().reason, "CANCELLED");
}

INSTANTIATE_TEST_SUITE_P(Formats, WriteFeatures, ::testing::Values(FeatureFileFormat::kGeoPackage, FeatureFileFormat::kFlatGeobuf));

}  // namespace
}  // namespace geo
