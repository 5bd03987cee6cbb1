// Tiles and files over HTTP, and that they hold what the features do.
#include "tests/service/running_gateway.h"
#include "tests/support/mvt_reader.h"
#include "tests/support/png_reader.h"

namespace service_test {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

struct GatewayTiles : ::testing::Test {
  RunningGateway gateway;
};

TEST_F(GatewayTiles, TheWorldHoldsEveryFeatureOnce) {
  for (const char* id : {"town.wards-2022", "town.cells", "town.hotspots", "town.contours"}) {
    const auto response = gateway.get(fmt::format("/tiles/{}/0/0/0.mvt", id));
    ASSERT_EQ(response.status, 200) << id;
    EXPECT_EQ(response.header("content-type"), "application/vnd.mapbox-vector-tile");
    const auto layers = support::MvtReader::Read(response.body);
    ASSERT_EQ(layers.size(), 1U);
    const Json items = gateway.json(fmt::format("/collections/{}/items?limit=10000", id));
    EXPECT_EQ(layers[0].features.size(), items["numberMatched"].get<std::size_t>()) << id;
  }
}

TEST_F(GatewayTiles, IncidentsOfAZoomAddUp) {
  const Json items = gateway.json("/collections/town.incidents/items?limit=10000");
  std::size_t located = 0;
  for (const Json& feature : items["features"]) located += !feature["geometry"].is_null();
  const auto layers = support::MvtReader::Read(gateway.get("/tiles/town.incidents/0/0/0.mvt").body);
  EXPECT_EQ(layers[0].name, "incidents");
  EXPECT_EQ(layers[0].features.size(), located);
}

// A tile equals the items of its box, whatever time is asked for: a year, a month (the council knows no finer), an instant, a moment between two minutes.
TEST_F(GatewayTiles, IncidentsOfATimeAreThoseOfItsItems) {
  const Json all = gateway.json("/collections/town.incidents/items?limit=10000");
  std::string began;
  for (const Json& feature : all["features"]) {
    if (!feature["geometry"].is_null()) began = feature["properties"]["began"];
  }
  ASSERT_EQ(began.size(), 20U) << began;
  std::set<std::size_t> counts;
  for (const std::string& time : {std::string("2023-01-01/2023-12-31"), std::string("2023-03-01/2023-03-31"), began, began.substr(0, 17) + "30Z"}) {
    const Json items = gateway.json("/collections/town.incidents/items?limit=10000&datetime=" + time);
    std::size_t located = 0;
    for (const Json& feature : items["features"]) located += !feature["geometry"].is_null();
    const auto tile = gateway.get("/tiles/town.incidents/0/0/0.mvt?datetime=" + time);
    const auto layers = support::MvtReader::Read(tile.body);
    EXPECT_EQ(tile.status == 204 ? 0 : layers[0].features.size(), located) << time;
    counts.insert(located);
  }
  EXPECT_GE(counts.size(), 3U) << "the times are to differ in what they hold";
}

TEST_F(GatewayTiles, BothSpellingsOfAnAddressAreOneTile) {
  const auto xyz = gateway.get("/tiles/town.cells/12/2046/1361.mvt"), ogc = gateway.get("/collections/town.cells/tiles/WebMercatorQuad/12/1361/2046");
  EXPECT_EQ(xyz.status, ogc.status);
  EXPECT_EQ(xyz.body, ogc.body);
}

TEST_F(GatewayTiles, NothingToShowIsNoContentAndAClearPicture) {
  EXPECT_EQ(gateway.get("/tiles/town.cells/5/0/0.mvt").status, 204);
  const auto picture = gateway.get("/tiles/town.density/5/0/0.png");
  EXPECT_EQ(picture.status, 200);
  const auto read = support::ReadPng(picture.body);
  EXPECT_EQ(read.width, 256);
  for (std::size_t i = 3; i < read.rgba.size(); i += 4) ASSERT_EQ(read.rgba[i], 0);
}

TEST_F(GatewayTiles, PicturesHaveTheColoursOfTheLegend) {
  const Json legend = gateway.json("/legends/town.density.json");
  std::set<std::string> colours;
  for (const Json& one : legend["classes"]) colours.insert(one["colour"]);
  const Json tilejson = gateway.json("/tiles/town.density");
  EXPECT_EQ(tilejson["tiles"][0], "http://localhost/tiles/town.density/{z}/{x}/{y}.png");
  int drawn = 0;
  for (const char* size : {"256", "512"}) {
    const auto response = gateway.get(std::string("/tiles/town.density/12/2046/1361.png?size=") + size);
    ASSERT_EQ(response.status, 200);
    EXPECT_EQ(response.header("content-type"), "image/png");
    const auto picture = support::ReadPng(response.body);
    EXPECT_EQ(picture.width, std::atoi(size));
    for (int row = 0; row < picture.height; ++row) {
      for (int column = 0; column < picture.width; ++column) {
        const auto* pixel = picture.at(column, row);
        if (pixel[3] == 0) continue;
        ++drawn;
        ASSERT_EQ(colours.count(fmt::format("#{:02x}{:02x}{:02x}", pixel[0], pixel[1], pixel[2])), 1U);
      }
    }
  }
  const auto again = gateway.get("/tiles/town.density/12/2046/1361.png");
  EXPECT_EQ(again.body,
            gateway
                .get("/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=town.density&STYLE=default&FORMAT=image/png&TILEMATRIXSET=WebMercatorQuad&"
                     "TILEMATRIX=12&TILEROW=1361&TILECOL=2046")
                .body);
  static_cast<void>(drawn);
}

TEST_F(GatewayTiles, DescriptionsLeadToTiles) {
  const Json tilejson = gateway.json("/tiles/town.wards-2022?datetime=2022-06-01");
  EXPECT_EQ(tilejson["tilejson"], "3.0.0");
  EXPECT_EQ(tilejson["tiles"][0], "http://localhost/tiles/town.wards-2022/{z}/{x}/{y}.mvt?datetime=2022-06-01");
  EXPECT_EQ(tilejson["vector_layers"][0]["id"], "wards");
  const Json style = gateway.json("/styles/town.wards-2022.json");
  EXPECT_EQ(style["version"], 8);
  EXPECT_EQ(gateway.get(TargetOf(style["sources"]["layer"]["url"])).status, 200);
  for (const Json& layer : style["layers"]) EXPECT_EQ(layer["source-layer"], "wards");
  const Json sets = gateway.json("/collections/town.cells/tiles");
  EXPECT_EQ(gateway.json(TargetOf(LinkOf(sets["tilesets"][0], "self")))["dataType"], "vector");
  const Json of_2022 = gateway.json("/collections/town.cells/tiles?datetime=2022-06-01")["tilesets"][0];
  EXPECT_THAT(LinkOf(of_2022, "item"), ::testing::EndsWith("/{tileCol}?datetime=2022-06-01"));
  EXPECT_EQ(gateway.json(TargetOf(LinkOf(of_2022, "self")))["links"], of_2022["links"]);
  const Json matrices = gateway.json("/tileMatrixSets/WebMercatorQuad")["tileMatrices"];
  EXPECT_EQ(matrices.size(), 21U);
  EXPECT_NEAR(matrices[0]["scaleDenominator"].get<double>(), 559082264.028717, 1e-4);
  const auto capabilities = gateway.get("/wmts/1.0.0/WMTSCapabilities.xml");
  EXPECT_THAT(capabilities.body, HasSubstr("<ows:Identifier>town.density</ows:Identifier>"));
  EXPECT_EQ(capabilities.body, gateway.get("/wmts?service=WMTS&request=GetCapabilities").body);
}

// A map that reads only the description must not find out tile by tile.
TEST_F(GatewayTiles, DescriptionsRefuseWhatTheirTilesRefuse) {
  for (const char* id : {"town.cells", "town.wards-2022", "town.incidents", "town.density"}) {
    const bool raster = std::string(id) == "town.density";
    for (const char* query : {"workstream=nope", "category=nope", "workstream=disorder", "datetime=2023-01-01/2023-01-10", "datetime=1990-01-01", "datetime=x",
                              "workstream=street&category=robbery", "datetime=2022-06-01"}) {
      const auto tile = gateway.get(fmt::format("/tiles/{}/0/0/0.{}?{}", id, raster ? "png" : "mvt", query));
      std::vector<std::string> descriptions{"/tiles/{}", "/styles/{}.json", "/legends/{}.json", "/legends/{}.svg"};
      if (!raster) descriptions.insert(descriptions.end(), {"/collections/{}/tiles", "/collections/{}/tiles/WebMercatorQuad"});
      for (const std::string& description : descriptions) {
        const std::string target = fmt::format("{}?{}", fmt::format(fmt::runtime(description), id), query);
        const auto described = gateway.get(target);
        if (tile.status < 300) {
          EXPECT_EQ(described.status, 200) << target;
        } else {
          EXPECT_EQ(described.status, tile.status) << target;
          EXPECT_EQ(described.body, tile.body) << target;
        }
      }
    }
  }
}

TEST_F(GatewayTiles, FilesHoldAllFeatures) {
  const std::size_t matched = gateway.json("/collections/town.cells/items?limit=10000")["numberMatched"].get<std::size_t>();
  const Json geojson = gateway.json("/collections/town.cells/download?f=geojson");
  EXPECT_EQ(geojson["features"].size(), matched);
  const auto csv = gateway.get("/collections/town.cells/download?f=csv");
  EXPECT_EQ(csv.header("content-disposition"), "attachment; filename=\"town.cells.csv\"");
  EXPECT_EQ(static_cast<std::size_t>(std::count(csv.body.begin(), csv.body.end(), '\n')), matched + 1);
  EXPECT_THAT(csv.body, StartsWith("feature_id,cell,period_begin"));
  EXPECT_THAT(gateway.get("/collections/town.cells/download?f=gpkg").body, StartsWith("SQLite format 3"));
  EXPECT_THAT(gateway.get("/collections/town.cells/download?f=fgb").body, StartsWith("fgb"));
  EXPECT_THAT(gateway.get("/collections/town.density/download?f=tif").body, StartsWith("II*"));
  EXPECT_EQ(gateway.refusal("/collections/town.cells/download?f=shp", 400)["parameter"], "f");
  EXPECT_EQ(gateway.refusal("/collections/town.cells/download?limit=5", 400)["parameter"], "limit");
}

TEST_F(GatewayTiles, FilesComeInParts) {
  const std::string target = "/collections/town.incidents/download?f=gpkg";
  const auto whole = gateway.get(target);
  ASSERT_EQ(whole.status, 200);
  EXPECT_EQ(whole.header("accept-ranges"), "bytes");
  std::string all;
  for (std::size_t begin = 0; begin < whole.body.size(); begin += 20'000) {
    const auto part = gateway.get(target, fmt::format("Range: bytes={}-{}\r\nIf-Range: {}\r\n", begin, begin + 19'999, whole.header("etag")));
    ASSERT_EQ(part.status, 206);
    all += part.body;
  }
  EXPECT_EQ(all, whole.body);
  EXPECT_EQ(gateway.get(target, "Range: bytes=999999999-\r\n").status, 416);
  EXPECT_EQ(gateway.get(target, "Range: bytes=0-9\r\nIf-Range: \"other\"\r\n").status, 200);
}

}  // namespace
}  // namespace service_test
