// LayerService: the layers of the gateway over gRPC, by the same functions.
#include <gmock/gmock.h>

#include "server/codec/answer_context.h"
#include "tests/service/running_gateway.h"
#include "tests/support/mvt_reader.h"
#include "wardwatch/v1/layer_service.grpc.pb.h"

namespace service_test {
namespace {

struct Layers : ::testing::Test {
  RunningGateway gateway;
  Clients clients{gateway.server->port()};
  std::unique_ptr<v1::LayerService::Stub> layers = v1::LayerService::NewStub(clients.channel);
  grpc::ClientContext context;
};

TEST_F(Layers, EveryLayerHasALegend) {
  v1::ListLayersResponse response;
  ASSERT_TRUE(layers->ListLayers(&context, {}, &response).ok());
  ASSERT_EQ(response.layers_size(), 9);
  for (const auto& layer : response.layers()) {
    EXPECT_GT(layer.legend().classes_size(), 4) << layer.id();
    EXPECT_EQ(layer.kind() == v1::LAYER_KIND_RASTER, layer.properties().empty()) << layer.id();
    EXPECT_LT(layer.extent().west_deg(), layer.extent().east_deg());
  }
  EXPECT_EQ(response.context().answer_hash().size(), 64U);
}

TEST_F(Layers, ATileIsTheGatewaysTile) {
  for (const char* id : {"town.cells", "town.density"}) {
    v1::GetTileRequest request;
    request.mutable_question()->set_layer(id);
    request.set_zoom(12);
    request.set_x(2046);
    request.set_y(1361);
    v1::GetTileResponse response;
    grpc::ClientContext own;
    const auto status = layers->GetTile(&own, request, &response);
    ASSERT_TRUE(status.ok()) << status.error_message();
    const auto http = gateway.get(fmt::format("/tiles/{}/12/2046/1361.{}", id, std::string(id) == "town.cells" ? "mvt" : "png"));
    if (!response.tile().empty()) {
      EXPECT_EQ(response.tile(), http.body) << id;
    }
    EXPECT_EQ(response.context().dataset(), "datasets/town");
  }
}

TEST_F(Layers, FeaturesAreTheGatewaysFeatures) {
  v1::StreamFeaturesRequest request;
  request.mutable_question()->set_layer("town.wards-2022");
  const auto reader = layers->StreamFeatures(&context, request);
  std::vector<v1::LayerFeature> features;
  v1::StreamFeaturesResponse chunk;
  v1::FeatureHeader header;
  std::string hash;
  while (reader->Read(&chunk)) {
    if (chunk.has_header()) header = chunk.header();
    features.insert(features.end(), chunk.features().begin(), chunk.features().end());
    if (chunk.has_context()) hash = chunk.context().answer_hash();
  }
  ASSERT_TRUE(reader->Finish().ok());
  EXPECT_EQ(hash.size(), 64U);
  const Json items = gateway.json("/collections/town.wards-2022/items");
  ASSERT_EQ(features.size(), items["features"].size());
  for (std::size_t i = 0; i < features.size(); ++i) {
    EXPECT_EQ(features[i].id(), items["features"][i]["id"]);
    EXPECT_EQ(Json::parse(features[i].geometry_geojson()), items["features"][i]["geometry"]);
    for (int p = 0; p < header.properties_size(); ++p) {
      const Json& shown = items["features"][i]["properties"][header.properties(p).name()];
      const auto& value = features[i].values(p);
      if (value.has_whole()) {
        EXPECT_EQ(shown, value.whole());
      }
      if (value.has_number()) {
        EXPECT_EQ(shown, value.number());
      }
      if (value.has_text()) {
        EXPECT_EQ(shown, value.text());
      }
      if (value.has_flag()) {
        EXPECT_EQ(shown, value.flag());
      }
      if (value.value_case() == v1::PropertyValue::VALUE_NOT_SET) {
        EXPECT_TRUE(shown.is_null()) << header.properties(p).name();
      }
    }
  }
}

TEST_F(Layers, ARasterIsTheGatewaysFile) {
  v1::GetRasterRequest request;
  request.mutable_question()->set_layer("town.density");
  v1::GetRasterResponse response;
  const auto status = layers->GetRaster(&context, request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.geotiff(), gateway.get("/collections/town.density/download?f=tif").body);
}

TEST_F(Layers, RefusalsNameTheField) {
  const auto tile = [&](auto&& change) {
    v1::GetTileRequest request;
    request.mutable_question()->set_layer("town.cells");
    change(request);
    v1::GetTileResponse response;
    grpc::ClientContext own;
    const auto status = layers->GetTile(&own, request, &response);
    return std::pair(status.error_code(), Detail(own, "wardwatch-field"));
  };
  using grpc::StatusCode;
  EXPECT_EQ(tile([](auto& r) { r.mutable_question()->set_layer("nope"); }), std::pair(StatusCode::NOT_FOUND, std::string("question.layer")));
  EXPECT_EQ(tile([](auto& r) { r.set_zoom(9999); }), std::pair(StatusCode::INVALID_ARGUMENT, std::string("tile.z")));
  EXPECT_EQ(tile([](auto& r) { r.set_x(-1); }), std::pair(StatusCode::INVALID_ARGUMENT, std::string("tile.x")));
  EXPECT_EQ(tile([](auto& r) { r.set_format(v1::TILE_FORMAT_PNG); }), std::pair(StatusCode::INVALID_ARGUMENT, std::string("format")));
  EXPECT_EQ(tile([](auto& r) { r.set_size_px(1024); }), std::pair(StatusCode::INVALID_ARGUMENT, std::string("size_px")));
  EXPECT_EQ(tile([](auto& r) { r.mutable_question()->add_categories("nope"); }), std::pair(StatusCode::NOT_FOUND, std::string("question.categories")));
  v1::GetRasterRequest raster;
  raster.mutable_question()->set_layer("town.cells");
  v1::GetRasterResponse response;
  EXPECT_EQ(layers->GetRaster(&context, raster, &response).error_code(), StatusCode::INVALID_ARGUMENT);
}

}  // namespace
}  // namespace service_test
