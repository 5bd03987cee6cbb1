// Cameras and their views as layers: what PlacementService tells, at every door of the gateway.
#include <cmath>

#include "tests/service/camera_requests.h"
#include "tests/service/running_gateway.h"
#include "tests/support/mvt_reader.h"
#include "wardwatch/v1/layer_service.grpc.pb.h"

namespace service_test {
namespace {

using ::testing::HasSubstr;
using ::testing::IsSupersetOf;
using ::testing::StartsWith;

const std::string kOnGrid = "http://www.opengis.net/def/crs/EPSG/0/27700";

struct GatewayCameras : ::testing::Test {
  RunningGateway gateway{LoadStreet()};
  Clients clients{gateway.server->port()};

  v1::ListCamerasResponse registered() {
    v1::ListCamerasRequest request;
    request.set_dataset("datasets/street");
    v1::ListCamerasResponse response;
    grpc::ClientContext context;
    const auto status = clients.placement->ListCameras(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }
  v1::ReviewCamerasResponse reviewed() {
    auto request = ReviewOf2023();
    request.set_with_views(true);
    v1::ReviewCamerasResponse response;
    grpc::ClientContext context;
    const auto status = clients.placement->ReviewCameras(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }
  int matched(const std::string& id, const std::string& query) const {
    return gateway.json(fmt::format("/collections/street.{}/items?{}", id, query))["numberMatched"].get<int>();
  }
};

TEST_F(GatewayCameras, OnlyDatasetsWithCamerasHaveThem) {
  std::vector<std::string> ids;
  const Json document = gateway.json("/collections");
  for (const Json& collection : document["collections"]) ids.push_back(collection["id"]);
  EXPECT_THAT(ids, IsSupersetOf({"street.cameras", "street.views"}));
  const RunningGateway town;
  for (const char* id : {"town.cameras", "town.views"}) EXPECT_EQ(town.refusal(std::string("/collections/") + id, 404)["reason"], "UNKNOWN_COLLECTION");
}

TEST_F(GatewayCameras, AreDescribedAsForPartnersAloneWithOneTime) {
  for (const char* id : {"cameras", "views"}) {
    const std::string url = std::string("/collections/street.") + id;
    EXPECT_THAT(gateway.json(url)["description"].get<std::string>(), HasSubstr(registered().handling()));
    for (const char* document : {"/schema", "/queryables"}) {
      int times = 0;
      const Json described = gateway.json(url + document);
      for (const auto& [name, property] : described["properties"].items()) times += property.value("format", "") == "date-time";
      EXPECT_EQ(times, 1) << id << document;
    }
    const Json items = gateway.json(url + "/items");
    EXPECT_EQ(items["wardwatch:context"]["disclosure_rule"], "analyst: exact counts");
    for (const Json& feature : items["features"]) {
      EXPECT_EQ(feature["properties"]["as_at"], "2023-12-31T00:00:00Z");
      const Json one = gateway.json(fmt::format("{}/items/{}", url, Encoded(feature["id"])));
      EXPECT_EQ(one["properties"], feature["properties"]);
      EXPECT_EQ(one["geometry"], feature["geometry"]);
    }
  }
}

TEST_F(GatewayCameras, TheRegisterIsTheRpcs) {
  const v1::ListCamerasResponse answer = registered();
  const Json items = gateway.json("/collections/street.cameras/items");
  ASSERT_EQ(items["numberMatched"], answer.total());
  ASSERT_EQ(items["features"].size(), static_cast<std::size_t>(answer.cameras_size()));
  for (int i = 0; i < answer.cameras_size(); ++i) {
    const Json& feature = items["features"][static_cast<std::size_t>(i)];
    const Json& properties = feature["properties"];
    const v1::RegisteredCamera& camera = answer.cameras(i);
    EXPECT_EQ(properties["camera"], camera.id());
    EXPECT_EQ(properties["model"], camera.model());
    EXPECT_EQ(properties["register"], camera.layer());
    EXPECT_EQ(properties["bearing_deg"], camera.has_bearing_deg() ? Json(camera.bearing_deg()) : Json());
    EXPECT_EQ(properties["works"], camera.state() == v1::CAMERA_STATE_WORKING ? 1 : 0);
    EXPECT_EQ(properties["movable"], camera.movable());
    EXPECT_TRUE(properties["installed"].is_null()) << "not known";
    EXPECT_NEAR(feature["geometry"]["coordinates"][0].get<double>(), camera.position().longitude_deg(), 1e-7);
  }
  EXPECT_EQ(items["features"][0]["properties"]["kind"], "tours");
  EXPECT_EQ(items["features"][0]["properties"]["state"], "faulty");
  EXPECT_EQ(items["features"][1]["properties"]["kind"], "fixed");
  EXPECT_EQ(items["wardwatch:context"]["snapshot"], answer.context().snapshot());
  EXPECT_EQ(matched("cameras", "works=1"), 1);
  EXPECT_EQ(matched("cameras", "filter=" + Encoded("kind = 'tours'")), 1);
  EXPECT_EQ(matched("cameras", "filter=" + Encoded("bearing_deg IS NULL")), 1);
  EXPECT_EQ(matched("cameras", "filter=" + Encoded("kind = 'tours' AND bearing_deg IS NULL")), 1);
}

TEST_F(GatewayCameras, ViewsAreThoseOfTheReview) {
  const v1::ReviewCamerasResponse answer = reviewed();
  const Json features = gateway.json("/collections/street.views/items?limit=100")["features"];
  std::size_t at = 0;
  for (int i = 0; i < answer.views_size(); ++i) {
    const v1::CameraView& view = answer.views(i);
    for (const v1::ViewOutline& outline : view.outlines()) {
      ASSERT_LT(at, features.size());
      const Json& feature = features[at++];
      EXPECT_EQ(feature["id"], view.id() + "." + outline.level());
      const Json ring = Json::parse(outline.geojson())["coordinates"][0], own = feature["geometry"]["coordinates"][0];
      ASSERT_EQ(own.size(), ring.size()) << feature["id"];
      for (std::size_t corner = 0; corner < ring.size(); ++corner) {
        EXPECT_NEAR(own[corner][0].get<double>(), ring[corner][0].get<double>(), 2e-7);
        EXPECT_NEAR(own[corner][1].get<double>(), ring[corner][1].get<double>(), 2e-7);
      }
      std::int64_t homes = 0, others = 0;
      for (const v1::PlacesInView& places : answer.cameras(i).intrusion()) {
        if (places.level() == outline.level()) (places.kind() == "home" ? homes : others) += places.places();
      }
      EXPECT_EQ(feature["properties"]["homes"], homes) << feature["id"];
      EXPECT_EQ(feature["properties"]["other_places"], others) << feature["id"];
      EXPECT_GT(feature["properties"]["area_m2"], 0);
    }
  }
  EXPECT_EQ(at, features.size());
  EXPECT_GT(at, 4U);
}

TEST_F(GatewayCameras, BboxFindsWhatLiesInIt) {
  const Json first = gateway.json("/collections/street.cameras/items?limit=1&crs=" + Encoded(kOnGrid))["features"][0];
  const double east = first["geometry"]["coordinates"][0], north = first["geometry"]["coordinates"][1];
  const auto around = [&](double east_m, double north_m, double half) {
    return fmt::format("bbox-crs={}&bbox={},{},{},{}", Encoded(kOnGrid), east_m - half, north_m - half, east_m + half, north_m + half);
  };
  EXPECT_EQ(matched("cameras", around(east, north, 1)), 1);
  EXPECT_EQ(matched("cameras", around(east, north, 500)), 2);
  EXPECT_EQ(matched("cameras", around(east + 5000, north, 500)), 0);
  EXPECT_GT(matched("views", around(east, north, 0.5)), 0) << "a view begins at its camera";
  EXPECT_EQ(matched("views", around(east + 5000, north, 500)), 0);
}

// OGC API - Features, part 1, 7.15.4: only features whose time intersects `datetime` are selected.
TEST_F(GatewayCameras, DatetimeFindsThemWhereItHoldsTheDayThatTheyAreAsAt) {
  for (const char* id : {"cameras", "views"}) {
    const int all = matched(id, "");
    ASSERT_GT(all, 0);
    for (const char* holds : {"2023-12-31", "2023-12-31T00:00:00Z", "2021-01-01/..", "../2023-12-31", "2023-12-31T00:00:00Z/2024-06-01", "../.."}) {
      EXPECT_EQ(matched(id, std::string("datetime=") + holds), all) << id << holds;
    }
    for (const char* misses : {"2021-06-01", "2023-01-01/2023-12-30", "2024-01-01", "2023-12-31T00:01:00Z", "1990-01-01/1999-12-31"}) {
      EXPECT_EQ(matched(id, std::string("datetime=") + misses), 0) << id << misses;
    }
    EXPECT_EQ(matched(id, "filter=" + Encoded("T_INTERSECTS(as_at, DATE('2023-12-31'))")), all) << "as `datetime`";
    EXPECT_EQ(matched(id, "filter=" + Encoded("T_BEFORE(as_at, DATE('2023-12-31'))")), 0);
    EXPECT_EQ(matched(id, "as_at=2023-12-31T00:00:00Z"), all);
    EXPECT_EQ(gateway.refusal(fmt::format("/collections/street.{}/items?category=robbery", id), 400)["parameter"], "category");
  }
}

TEST_F(GatewayCameras, TheirExtentIsTheirInstantAndHasAllOfThem) {
  for (const char* id : {"cameras", "views"}) {
    const Json interval = gateway.json(std::string("/collections/street.") + id)["extent"]["temporal"]["interval"][0];
    EXPECT_EQ(interval, Json::array({"2023-12-31T00:00:00Z", "2023-12-31T00:00:00Z"})) << id;
    EXPECT_EQ(matched(id, fmt::format("datetime={}/{}", interval[0].get<std::string>(), interval[1].get<std::string>())), matched(id, ""));
    EXPECT_EQ(gateway.json(fmt::format("/collections/street.{}/queryables", id))["properties"]["as_at"]["x-ogc-role"], "primary-instant");
  }
  EXPECT_EQ(gateway.json("/collections/street.incidents")["extent"]["temporal"]["interval"][0][0], "2021-01-01T00:00:00Z");
}

// Two times that no data has are two questions: a tile that is kept for one is not the other's.
TEST_F(GatewayCameras, TilesHoldThemOnTheirDayAlone) {
  EXPECT_EQ(gateway.get("/tiles/street.cameras/0/0/0.mvt?datetime=1990-01-01").status, 204);
  EXPECT_EQ(gateway.get("/tiles/street.cameras/0/0/0.mvt?datetime=2023-12-31").status, 200);
  EXPECT_EQ(gateway.get("/tiles/street.cameras/0/0/0.mvt").body, gateway.get("/tiles/street.cameras/0/0/0.mvt?datetime=2023-12-31").body);
  EXPECT_EQ(gateway.get("/tiles/street.cameras/0/0/0.mvt?datetime=2022-06-01").status, 204);
}

TEST_F(GatewayCameras, TheRpcOfLayersSelectsThemLikewise) {
  const auto layers = v1::LayerService::NewStub(clients.channel);
  v1::StreamFeaturesRequest request;
  request.mutable_question()->set_layer("street.cameras");
  const auto selected = [&] {
    grpc::ClientContext context;
    const auto reader = layers->StreamFeatures(&context, request);
    std::int64_t features = 0;
    for (v1::StreamFeaturesResponse chunk; reader->Read(&chunk);) features += chunk.header().matched();
    EXPECT_TRUE(reader->Finish().ok());
    return features;
  };
  const std::int64_t all = matched("cameras", "");
  EXPECT_EQ(selected(), all);
  request.mutable_question()->mutable_period()->set_calendar_year(2023);
  EXPECT_EQ(selected(), all);
  request.mutable_question()->mutable_period()->set_calendar_year(2022);
  EXPECT_EQ(selected(), 0);
}

TEST_F(GatewayCameras, TilesHoldThem) {
  const Json items = gateway.json("/collections/street.cameras/items");
  const auto world = support::MvtReader::Read(gateway.get("/tiles/street.cameras/0/0/0.mvt").body);
  ASSERT_EQ(world.size(), 1U);
  EXPECT_EQ(world[0].name, "cameras");
  EXPECT_EQ(world[0].features.size(), items["numberMatched"].get<std::size_t>());
  for (const auto& feature : world[0].features) EXPECT_TRUE(feature.properties.contains("works"));
  // The tile of the street itself.
  const int tiles = 1 << 14;
  const Json at = items["features"][0]["geometry"]["coordinates"];
  const double latitude = at[1].get<double>() * std::acos(-1.0) / 180;
  const int x = static_cast<int>((at[0].get<double>() + 180) / 360 * tiles);
  const int y = static_cast<int>((1 - std::asinh(std::tan(latitude)) / std::acos(-1.0)) / 2 * tiles);
  const auto street = support::MvtReader::Read(gateway.get(fmt::format("/tiles/street.views/14/{}/{}.mvt", x, y)).body);
  ASSERT_EQ(street.size(), 1U);
  EXPECT_EQ(street[0].name, "views");
  EXPECT_GT(street[0].features.size(), 1U);
  for (const auto& feature : street[0].features) EXPECT_TRUE(feature.properties.contains("level_index"));
}

// The gRPC answers have a field for it; over HTTP the mark must outlive the download.
TEST_F(GatewayCameras, TheMarkOfHandlingStaysWithWhatIsTakenAway) {
  const std::string mark = registered().handling();
  for (const char* id : {"cameras", "views"}) {
    const std::string url = std::string("/collections/street.") + id;
    for (const std::string& target : {url, url + "/items", url + "/items?f=html", url + "/download?f=geojson", url + "/download?f=csv",
                                      url + "/download?f=gpkg", url + "/download?f=fgb", "/tiles/street." + std::string(id) + "/0/0/0.mvt"}) {
      EXPECT_EQ(gateway.get(target).header("wardwatch-handling"), mark) << target;
    }
    for (const char* json : {"", "/items", "/download?f=geojson"}) EXPECT_EQ(gateway.json(url + json)["wardwatch:handling"], mark) << json;
    const Json items = gateway.json(url + "/items");
    for (const Json& feature : items["features"]) EXPECT_EQ(feature["properties"]["handling"], mark);
    for (const char* file : {"csv", "gpkg", "fgb"}) EXPECT_THAT(gateway.get(url + "/download?f=" + file).body, HasSubstr(mark)) << file;
    const auto csv = gateway.get(url + "/download?f=csv").body;
    EXPECT_THAT(csv.substr(0, csv.find("\r\n")), ::testing::EndsWith(",handling"));
    EXPECT_FALSE(gateway.json("/tiles/street." + std::string(id))["vector_layers"][0]["fields"].contains("handling")) << "once a tile, not once a feature";
  }
  EXPECT_EQ(gateway.get("/collections/street.incidents/items").header("wardwatch-handling"), "");
  EXPECT_FALSE(gateway.json("/collections/street.incidents/items").contains("wardwatch:handling"));
}

TEST_F(GatewayCameras, DescriptionsRefuseIncidentsAsTheirTilesDo) {
  for (const char* id : {"cameras", "views"}) {
    for (const char* query : {"workstream=disorder", "category=robbery"}) {
      const auto tile = gateway.get(fmt::format("/tiles/street.{}/0/0/0.mvt?{}", id, query));
      EXPECT_EQ(tile.status, 400);
      for (const char* description : {"/tiles/street.{}?{}", "/styles/street.{}.json?{}", "/legends/street.{}.json?{}", "/collections/street.{}/tiles?{}"}) {
        EXPECT_EQ(gateway.get(fmt::format(fmt::runtime(description), id, query)).body, tile.body) << description << id << query;
      }
    }
  }
}

TEST_F(GatewayCameras, StylesLegendsAndFilesFollow) {
  for (const auto& [id, property, classes] : {std::tuple("cameras", "works", 2U), std::tuple("views", "level_index", 6U)}) {
    const std::string collection = std::string("street.") + id;
    const Json legend = gateway.json("/legends/" + collection + ".json");
    EXPECT_EQ(legend["property"], property);
    EXPECT_EQ(legend["classes"].size(), classes);
    const Json style = gateway.json("/styles/" + collection + ".json");
    std::size_t by_class = 0;
    for (const Json& layer : style["layers"]) by_class += layer.value("filter", Json::array()).dump().find(property) != std::string::npos;
    EXPECT_EQ(by_class, classes);
    const Json tilejson = gateway.json("/tiles/" + collection);
    EXPECT_EQ(tilejson["vector_layers"][0]["id"], id);
    EXPECT_TRUE(tilejson["vector_layers"][0]["fields"].contains(property));
    const auto csv = gateway.get("/collections/" + collection + "/download?f=csv");
    EXPECT_THAT(csv.body, HasSubstr(",camera,as_at,"));
    EXPECT_EQ(std::count(csv.body.begin(), csv.body.end(), '\n'), matched(id, "") + 1);
    EXPECT_THAT(gateway.get("/collections/" + collection + "/download?f=gpkg").body, StartsWith("SQLite format 3"));
  }
  EXPECT_EQ(gateway.json("/legends/street.views.json")["classes"][3]["label"], "recognise");
}

}  // namespace
}  // namespace service_test
