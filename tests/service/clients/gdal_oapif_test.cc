// GDAL's OGC API - Features driver as a client: what QGIS, R (sf) and Python (geopandas) read through. A program of its own: the server's process has no
// network for GDAL, on purpose.
#include <gdal/cpl_conv.h>
#include <gdal/gdal_priv.h>
#include <gdal/ogrsf_frmts.h>
#include <gtest/gtest.h>

#include "tests/service/running_gateway.h"

namespace service_test {
namespace {

struct GdalClient : ::testing::Test {
  GdalClient() {
    GDALAllRegister();
    CPLSetConfigOption("GDAL_HTTP_TIMEOUT", "30");
  }
  std::unique_ptr<GDALDataset> open() const {
    const char* drivers[] = {"OAPIF", nullptr};
    const std::string name = fmt::format("OAPIF:http://127.0.0.1:{}/", gateway.server->http_port());
    return std::unique_ptr<GDALDataset>(GDALDataset::Open(name.c_str(), GDAL_OF_VECTOR | GDAL_OF_VERBOSE_ERROR, drivers, nullptr, nullptr));
  }
  RunningGateway gateway;
};

TEST_F(GdalClient, SeesEveryCollectionAndEveryFeature) {
  const auto dataset = open();
  ASSERT_NE(dataset, nullptr);
  EXPECT_EQ(dataset->GetLayerCount(), 7);
  for (auto* layer : dataset->GetLayers()) {
    const Json items = gateway.json(fmt::format("/collections/{}/items?limit=1", layer->GetName()));
    EXPECT_EQ(layer->GetFeatureCount(), items["numberMatched"].get<GIntBig>()) << layer->GetName();
    std::int64_t read = 0;
    for (auto& feature : layer) {
      EXPECT_NE(feature, nullptr);
      ++read;
    }
    EXPECT_EQ(read, items["numberMatched"].get<std::int64_t>()) << layer->GetName() << ", page by page";
  }
}

TEST_F(GdalClient, ReadsValuesAndGeometries) {
  const auto dataset = open();
  ASSERT_NE(dataset, nullptr);
  OGRLayer* wards = dataset->GetLayerByName("town.wards-2022");
  ASSERT_NE(wards, nullptr);
  const std::unique_ptr<OGRFeature> ward(wards->GetNextFeature());
  ASSERT_NE(ward, nullptr);
  EXPECT_STREQ(ward->GetFieldAsString("area_code"), "E01");
  EXPECT_GT(ward->GetFieldAsInteger("incidents"), 0);
  EXPECT_TRUE(ward->GetGeometryRef()->IsValid());
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, zone = 0;
  ASSERT_TRUE(ward->GetFieldAsDateTime(ward->GetFieldIndex("period_begin"), &year, &month, &day, &hour, &minute, &second, &zone));
  EXPECT_EQ(year, 2023);
}

TEST_F(GdalClient, FiltersByRectangleAtTheServer) {
  const auto dataset = open();
  ASSERT_NE(dataset, nullptr);
  OGRLayer* cells = dataset->GetLayerByName("town.cells");
  ASSERT_NE(cells, nullptr);
  const auto all = cells->GetFeatureCount();
  const std::unique_ptr<OGRFeature> first(cells->GetNextFeature());
  ASSERT_NE(first, nullptr);
  OGREnvelope box;
  first->GetGeometryRef()->getEnvelope(&box);
  const double x = (box.MinX + box.MaxX) / 2, y = (box.MinY + box.MaxY) / 2;
  cells->SetSpatialFilterRect(x, y, x + 1e-6, y + 1e-6);
  EXPECT_EQ(cells->GetFeatureCount(), 1);
  cells->SetSpatialFilter(nullptr);
  EXPECT_EQ(cells->GetFeatureCount(), all);
}

}  // namespace
}  // namespace service_test
