// Y1: the abstract tests of OGC API - Features, parts 1, 2 and 3, as far as this service claims them, written as tests of our own.
#include <atomic>
#include <regex>

#include "tests/service/running_gateway.h"

namespace service_test {
namespace {

using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

struct GatewayFeatures : ::testing::Test {
  RunningGateway gateway;
};

TEST_F(GatewayFeatures, LandingPageLeadsToEverything) {
  const Json landing = gateway.json("/");
  EXPECT_FALSE(landing["title"].empty());
  for (const char* rel : {"self", "service-desc", "service-doc", "conformance", "data"}) {
    const std::string href = LinkOf(landing, rel);
    ASSERT_FALSE(href.empty()) << rel;
    EXPECT_EQ(gateway.get(TargetOf(href)).status, 200) << href;
  }
  EXPECT_EQ(LinkOf(landing, "data"), "http://localhost/collections");
}

TEST_F(GatewayFeatures, ConformanceNamesTheClasses) {
  const Json classes = gateway.json("/conformance")["conformsTo"];
  EXPECT_THAT(classes.get<std::vector<std::string>>(), Contains("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core"));
}

TEST_F(GatewayFeatures, EveryResourceIsDescribedAndEveryDescriptionIsThere) {
  const auto response = gateway.get("/api");
  EXPECT_EQ(response.header("content-type"), "application/vnd.oai.openapi+json;version=3.0");
  const Json api = Json::parse(response.body);
  EXPECT_THAT(api["openapi"].get<std::string>(), StartsWith("3.0"));
  std::set<std::string> ids;
  for (const auto& [path, operations] : api["paths"].items()) {
    EXPECT_TRUE(ids.insert(operations["get"]["operationId"].get<std::string>()).second) << path;
    for (const Json& parameter : operations["get"].value("parameters", Json::array())) {
      const std::string reference = parameter["$ref"].get<std::string>();
      EXPECT_TRUE(api.contains(Json::json_pointer(reference.substr(1)))) << reference;
    }
    // A path with its names filled in is a resource: never "there is nothing here".
    std::string target = std::regex_replace(path, std::regex("\\{collectionId\\}|\\{layerId\\}"), "town.cells");
    target = std::regex_replace(target, std::regex("\\{tileMatrixSetId\\}"), "WebMercatorQuad");
    target = std::regex_replace(target, std::regex("\\{style\\}|\\{legend\\}"), "town.cells.json");
    target = std::regex_replace(target, std::regex("/\\{y\\}"), "/0.mvt");
    target = std::regex_replace(target, std::regex("\\{[a-zA-Z]+\\}"), "0");
    EXPECT_THAT(gateway.get(target).body, Not(HasSubstr("UNKNOWN_RESOURCE"))) << target;
  }
}

TEST_F(GatewayFeatures, CollectionsHaveExtentsCrsAndLinks) {
  const Json document = gateway.json("/collections");
  std::vector<std::string> ids;
  for (const Json& collection : document["collections"]) {
    ids.push_back(collection["id"]);
    const Json box = collection["extent"]["spatial"]["bbox"][0];
    ASSERT_EQ(box.size(), 4U);
    EXPECT_LT(box[0], box[2]);
    EXPECT_LT(box[1], box[3]);
    EXPECT_EQ(collection["extent"]["temporal"]["interval"][0][0], "2020-01-01T00:00:00Z");
    EXPECT_EQ(collection["storageCrs"], "http://www.opengis.net/def/crs/EPSG/0/27700");
    EXPECT_THAT(collection["crs"].get<std::vector<std::string>>(), Contains("http://www.opengis.net/def/crs/OGC/1.3/CRS84"));
    EXPECT_EQ(collection["itemType"], "feature");
    for (const char* rel : {"self", "items", "http://www.opengis.net/def/rel/ogc/1.0/queryables"}) {
      EXPECT_EQ(gateway.get(TargetOf(LinkOf(collection, rel))).status, 200) << collection["id"] << rel;
    }
    EXPECT_EQ(gateway.json("/collections/" + collection["id"].get<std::string>())["id"], collection["id"]);
  }
  EXPECT_THAT(ids,
              ::testing::ElementsAre("town.wards-2015", "town.wards-2022", "town.cells", "town.hotspots", "town.contours", "town.clusters", "town.incidents"));
}

TEST_F(GatewayFeatures, ItemsAreFeaturesOfTheSchema) {
  for (const char* id : {"town.wards-2022", "town.cells", "town.hotspots", "town.contours", "town.clusters", "town.incidents"}) {
    const auto response = gateway.get(fmt::format("/collections/{}/items?limit=5", id));
    ASSERT_EQ(response.status, 200) << id << response.body;
    EXPECT_EQ(response.header("content-type"), "application/geo+json");
    EXPECT_EQ(response.header("content-crs"), "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>");
    const Json items = Json::parse(response.body);
    EXPECT_EQ(items["type"], "FeatureCollection");
    EXPECT_EQ(items["features"].size(), items["numberReturned"].get<std::size_t>());
    EXPECT_GE(items["numberMatched"], items["numberReturned"]);
    EXPECT_TRUE(std::regex_match(items["timeStamp"].get<std::string>(), std::regex("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ")));
    EXPECT_EQ(items["wardwatch:context"]["disclosure_rule"], "analyst: exact counts");
    const Json schema = gateway.json(fmt::format("/collections/{}/schema", id));
    int times = 0;
    for (const auto& [name, property] : schema["properties"].items()) times += property.value("format", "") == "date-time";
    EXPECT_EQ(times, 1) << id << " has exactly one date-time property";
    if (std::string(id) == "town.incidents") {
      EXPECT_EQ(schema["properties"]["began"]["x-ogc-role"], "primary-instant");
    } else {
      EXPECT_EQ(schema["properties"]["period_begin"]["x-ogc-role"], "primary-interval-start") << id;
      EXPECT_EQ(schema["properties"]["period_last_day"]["x-ogc-role"], "primary-interval-end") << id;
    }
    for (const Json& feature : items["features"]) {
      EXPECT_EQ(feature["type"], "Feature");
      for (const auto& [name, value] : feature["properties"].items()) EXPECT_TRUE(schema["properties"].contains(name)) << name;
      const Json one = gateway.json(fmt::format("/collections/{}/items/{}", id, Encoded(feature["id"])));
      EXPECT_EQ(one["properties"], feature["properties"]);
      EXPECT_EQ(one["geometry"], feature["geometry"]);
      EXPECT_FALSE(LinkOf(one, "collection").empty());
    }
  }
}

TEST_F(GatewayFeatures, TheSameNumbersAsTheRpc) {
  Clients clients(gateway.server->port());
  grpc::ClientContext context;
  v1::CompareWardsResponse answer;
  ASSERT_TRUE(clients.wards->CompareWards(&context, WardsOf2022And2023(), &answer).ok());
  const Json items = gateway.json("/collections/town.wards-2022/items");
  ASSERT_EQ(items["features"].size(), 2U);
  for (int i = 0; i < 2; ++i) {
    const Json& properties = items["features"][static_cast<std::size_t>(i)]["properties"];
    EXPECT_EQ(properties["area_code"], answer.rows(i).area_code());
    EXPECT_EQ(properties["incidents"], answer.rows(i).after().incidents().exact());
    EXPECT_EQ(properties["incidents_before"], answer.rows(i).before().incidents().exact());
    EXPECT_EQ(properties["rate_per_1000_per_year"], answer.rows(i).after().rate_per_1000_per_year());
    EXPECT_EQ(properties["q_value"], answer.rows(i).change().q_value());
    EXPECT_EQ(properties["explanation"], answer.rows(i).change().explanation());
  }
  EXPECT_EQ(items["wardwatch:context"]["snapshot"], answer.context().snapshot());
  EXPECT_EQ(items["wardwatch:context"]["method"], answer.context().method());
}

TEST_F(GatewayFeatures, TheFirstYearHasCountsAndNoVerdict) {
  const Json items = gateway.json("/collections/town.wards-2022/items?datetime=2020-06-01");
  EXPECT_GT(items["features"][0]["properties"]["incidents"], 0);
  EXPECT_TRUE(items["features"][0]["properties"]["incidents_before"].is_null());
  EXPECT_EQ(items["features"][0]["properties"]["verdict"], "not comparable");
}

TEST_F(GatewayFeatures, PagesConcatenateToTheWhole) {
  const Json whole = gateway.json("/collections/town.incidents/items?limit=10000");
  const std::size_t matched = whole["numberMatched"].get<std::size_t>();
  ASSERT_EQ(whole["features"].size(), matched);
  std::vector<Json> all;
  std::string target = "/collections/town.incidents/items?limit=50";
  while (!target.empty()) {
    const Json page = gateway.json(target);
    EXPECT_EQ(page["numberMatched"].get<std::size_t>(), matched);
    EXPECT_LE(page["features"].size(), 50U);
    for (const Json& feature : page["features"]) all.push_back(feature);
    const std::string next = LinkOf(page, "next");
    target = next.empty() ? "" : TargetOf(next);
  }
  EXPECT_EQ(all, whole["features"].get<std::vector<Json>>());
}

TEST_F(GatewayFeatures, ATokenIsOfItsRequestAndItsData) {
  const std::string next = TargetOf(LinkOf(gateway.json("/collections/town.incidents/items?limit=5"), "next"));
  const std::string token = next.substr(next.find("token="));
  EXPECT_EQ(gateway.refusal("/collections/town.incidents/items?limit=5&category=robbery&" + token, 400)["reason"], "TOKEN_OF_ANOTHER_REQUEST");
  EXPECT_EQ(gateway.refusal("/collections/town.cells/items?" + token, 400)["reason"], "TOKEN_OF_ANOTHER_REQUEST");
  EXPECT_EQ(gateway.refusal("/collections/town.incidents/items?token=abc", 400)["reason"], "BAD_PAGE_TOKEN");
  EXPECT_EQ(gateway.get("/collections/town.incidents/items?limit=7&" + token).status, 200);  // another size is the same question
}

TEST_F(GatewayFeatures, LimitIsClampedAboveAndRefusedBelow) {
  EXPECT_EQ(gateway.json("/collections/town.incidents/items?limit=3")["numberReturned"], 3);
  EXPECT_EQ(gateway.get("/collections/town.incidents/items?limit=99999999999999999999").status, 200);
  for (const char* bad : {"0", "-1", "1.5", "abc", "", "1e3", "+5", "0x10"}) {
    EXPECT_EQ(gateway.refusal(std::string("/collections/town.cells/items?limit=") + bad, 400)["parameter"], "limit") << bad;
  }
}

TEST_F(GatewayFeatures, UnknownAndRepeatedParametersAreRefused) {
  for (const char* path :
       {"/", "/conformance", "/api", "/collections", "/collections/town.cells", "/collections/town.cells/queryables", "/collections/town.cells/items",
        "/health", "/metrics", "/tiles/town.cells", "/tiles/town.cells/0/0/0.mvt", "/styles/town.cells.json"}) {
    const Json refused = gateway.refusal(std::string(path) + "?unknown=1", 400);
    EXPECT_EQ(refused["reason"], "UNKNOWN_PARAMETER") << path;
    EXPECT_EQ(refused["parameter"], "unknown");
    EXPECT_EQ(gateway.get(std::string(path) + "?f=json&f=json").status, 400) << path;
  }
}

TEST_F(GatewayFeatures, UnknownThingsAreNotFound) {
  EXPECT_EQ(gateway.refusal("/collections/nope", 404)["reason"], "UNKNOWN_COLLECTION");
  EXPECT_EQ(gateway.refusal("/collections/nope/items", 404)["reason"], "UNKNOWN_COLLECTION");
  EXPECT_EQ(gateway.refusal("/collections/town.cells/items/nope", 404)["reason"], "UNKNOWN_FEATURE");
  EXPECT_EQ(gateway.refusal("/nope", 404)["reason"], "UNKNOWN_RESOURCE");
}

TEST_F(GatewayFeatures, BboxSelectsByGeometry) {
  const auto matched = [&](const std::string& query) { return gateway.json("/collections/town.cells/items?" + query)["numberMatched"].get<int>(); };
  const int all = matched("");
  ASSERT_GT(all, 3);
  EXPECT_EQ(matched("bbox=-180,-90,180,90"), all);
  EXPECT_EQ(matched("bbox=-180,-90,0,180,90,100"), all);  // with heights
  EXPECT_EQ(matched("bbox=170,-90,-170,90"), 0);          // across the antimeridian, where nothing is
  EXPECT_EQ(matched("bbox=-10,-90,-170,90"), all);        // and the long way round
  EXPECT_EQ(matched("bbox=0,0,1,1"), 0);
  const std::string grid = "&bbox-crs=" + Encoded("http://www.opengis.net/def/crs/EPSG/0/27700");
  // One cell alone: its inside.
  const Json first = gateway.json("/collections/town.cells/items?limit=1&crs=" + Encoded("http://www.opengis.net/def/crs/EPSG/0/27700"))["features"][0];
  const Json corner = first["geometry"]["coordinates"][0][0];
  const double west = corner[0], south = corner[1];
  EXPECT_EQ(matched(fmt::format("bbox={},{},{},{}{}", west + 10, south + 10, west + 240, south + 240, grid)), 1);
  // Both systems name the same cells where the rectangle is a cell's own inside.
  const Json degrees = gateway.json("/collections/town.cells/items?limit=1")["features"][0]["geometry"]["coordinates"][0];
  const double middle_x = (degrees[0][0].get<double>() + degrees[2][0].get<double>()) / 2,
               middle_y = (degrees[0][1].get<double>() + degrees[2][1].get<double>()) / 2;
  EXPECT_EQ(matched(fmt::format("bbox={},{},{},{}", middle_x, middle_y, middle_x, middle_y)), 1);
  for (const char* bad :
       {"1,2,3", "1,2,3,4,5", "1,2,3,4,5,6,7", "a,b,c,d", "", "0,5,1,4", "-200,0,0,0", "0,0,0,91", "nan,0,1,1", "0,0,inf,1", "1e999,0,1,1", "0, 0,1,1"}) {
    EXPECT_EQ(gateway.refusal("/collections/town.cells/items?bbox=" + Encoded(bad), 400)["parameter"], "bbox") << bad;
  }
}

TEST_F(GatewayFeatures, CrsIsAnsweredAndUnknownOnesRefused) {
  const auto response = gateway.get("/collections/town.wards-2022/items?crs=" + Encoded("http://www.opengis.net/def/crs/EPSG/0/27700"));
  EXPECT_EQ(response.header("content-crs"), "<http://www.opengis.net/def/crs/EPSG/0/27700>");
  const Json corner = Json::parse(response.body)["features"][0]["geometry"]["coordinates"][0][0];
  EXPECT_EQ(corner[0], 500'000.0);
  EXPECT_EQ(corner[1], 200'000.0);
  for (const char* parameter : {"crs", "bbox-crs", "filter-crs"}) {
    EXPECT_EQ(gateway.refusal(fmt::format("/collections/town.cells/items?{}=EPSG:9999", parameter), 400)["reason"], "UNKNOWN_CRS") << parameter;
  }
}

TEST_F(GatewayFeatures, DatetimeSelectsIncidentsByWhenTheyBegan) {
  const auto matched = [&](const std::string& datetime) {
    return gateway.json("/collections/town.incidents/items?datetime=" + Encoded(datetime))["numberMatched"].get<int>();
  };
  const int year = matched("2023-01-01/2023-12-31");
  EXPECT_EQ(year, gateway.json("/collections/town.incidents/items")["numberMatched"].get<int>());  // the default
  EXPECT_EQ(matched("2023-01-01T00:00:00Z/2023-12-31T23:59:59Z"), year);
  EXPECT_EQ(matched("2023-01-01/.."), year);
  EXPECT_EQ(matched("2023-01-01/"), year);
  EXPECT_EQ(matched("../2023-12-31"), matched("2020-01-01/2023-12-31"));
  EXPECT_EQ(matched("1990-01-01/1999-12-31"), 0);
  for (const char* far : {"9999-12-31", "1799-01-01", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "../1799-01-01", "9999-01-01/.."}) {
    EXPECT_EQ(matched(far), 0) << far;
    EXPECT_EQ(gateway.json("/collections/town.cells/items?datetime=" + Encoded(far))["numberMatched"], 0) << far;
  }
  EXPECT_EQ(matched("1799-01-01/.."), matched("../.."));
  EXPECT_EQ(matched("2023-01-01/9999-12-31"), year);
  const auto filtered = [&](const std::string& filter) {
    return gateway.json("/collections/town.incidents/items?filter=" + Encoded(filter))["numberMatched"].get<int>();
  };
  EXPECT_EQ(filtered("T_BEFORE(began, DATE('9999-12-31'))"), year);
  EXPECT_EQ(filtered("T_AFTER(began, TIMESTAMP('9999-12-31T23:59:59Z'))"), 0);
  EXPECT_EQ(filtered("T_AFTER(began, TIMESTAMP('1799-01-01T00:00:00Z'))"), year);
  EXPECT_EQ(matched("2023-01-01/2023-01-31") * 12, year);
  for (const char* bad : {"2023", "2023-13-01", "2023-02-30", "2023-01-01T25:00:00Z", "2023-01-01T00:00:00", "yesterday", "2023-12-31/2023-01-01",
                          "9999-12-31/9999-01-01", "9999-13-01", "a/b", "2023-01-01/2023-02-01/x", "2023-01-01T00:00:00Z x"}) {
    EXPECT_EQ(gateway.refusal("/collections/town.incidents/items?datetime=" + Encoded(bad), 400)["parameter"], "datetime") << bad;
  }
}

TEST_F(GatewayFeatures, AQuestionThatTheDataCannotCarryIsToldSo) {
  // The council knows only months.
  EXPECT_EQ(gateway.refusal("/collections/town.cells/items?datetime=2023-01-01/2023-01-10", 422)["reason"], "PERIOD_FINER_THAN_DATA");
  EXPECT_EQ(gateway.get("/collections/town.cells/items?datetime=2023-01-01/2023-01-31").status, 200);
}

TEST_F(GatewayFeatures, CategoriesAndWorkstreamsAreCountedApart) {
  const auto total = [&](const std::string& query) {
    int sum = 0;
    const Json page = gateway.json("/collections/town.cells/items?" + query);
    for (const Json& feature : page["features"]) sum += feature["properties"]["incidents"].get<int>();
    return sum;
  };
  const int all = total("");
  EXPECT_EQ(total("category=robbery") + total("category=anti-social-behaviour"), all);
  EXPECT_EQ(total("category=robbery,anti-social-behaviour"), all);
  EXPECT_EQ(total("workstream=street"), all) << "its two categories";
  const Json refused = gateway.refusal("/collections/town.cells/items?workstream=disorder", 422);
  EXPECT_EQ(refused["reason"], "TIER_NEEDS_AREAS") << "of very high sensitivity: by ward alone";
  EXPECT_EQ(refused["parameter"], "workstream");
  EXPECT_GT(gateway.json("/collections/town.wards-2022/items?workstream=disorder")["numberMatched"].get<int>(), 0);
  EXPECT_EQ(gateway.refusal("/collections/town.cells/items?category=nope", 404)["parameter"], "category");
  EXPECT_EQ(gateway.refusal("/collections/town.cells/items?workstream=nope", 404)["parameter"], "workstream");
}

TEST_F(GatewayFeatures, PropertiesAndFiltersSelect) {
  const auto matched = [&](const std::string& query) { return gateway.json("/collections/town.cells/items?" + query)["numberMatched"].get<int>(); };
  const int all = matched(""), hot = matched("hot=true");
  EXPECT_EQ(hot + matched("hot=false"), all);
  EXPECT_EQ(matched("filter=" + Encoded("hot = TRUE")), hot);
  EXPECT_EQ(matched("filter-lang=cql2-json&filter=" + Encoded(R"({"op":"=","args":[{"property":"hot"},true]})")), hot);
  EXPECT_EQ(matched("filter=" + Encoded("rank = 1")), 1);
  EXPECT_EQ(matched("rank=1"), 1);
  EXPECT_EQ(matched("filter=" + Encoded("area_code IS NULL")) + matched("filter=" + Encoded("area_code IS NOT NULL")), all);
  EXPECT_EQ(gateway.refusal("/collections/town.cells/items?hot=maybe", 400)["parameter"], "hot");
  EXPECT_EQ(gateway.refusal("/collections/town.cells/items?rank=x", 400)["parameter"], "rank");
  EXPECT_EQ(gateway.refusal("/collections/town.cells/items?filter=nope%3D1", 400)["reason"], "UNKNOWN_PROPERTY");
  const std::string twice = R"({"op":"=","op":"<>","args":[{"property":"hot"},true]})";
  const Json refused = gateway.refusal("/collections/town.cells/items?filter-lang=cql2-json&filter=" + Encoded(twice), 400);
  EXPECT_EQ(refused["parameter"], "filter");
  EXPECT_THAT(refused["detail"].get<std::string>(), HasSubstr("\"op\" twice"));
  EXPECT_EQ(gateway.refusal("/collections/town.cells/items?filter-lang=sql&filter=a", 400)["parameter"], "filter-lang");
}

TEST_F(GatewayFeatures, HtmlForPeopleByAcceptOrF) {
  for (const char* path :
       {"/", "/conformance", "/api", "/collections", "/collections/town.cells", "/collections/town.cells/queryables", "/collections/town.cells/items"}) {
    for (const auto& response : {gateway.get(std::string(path) + "?f=html"), gateway.get(path, "Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\n")}) {
      EXPECT_EQ(response.header("content-type"), "text/html; charset=utf-8") << path;
      EXPECT_THAT(response.header("content-security-policy"), HasSubstr("default-src 'none'"));
      EXPECT_THAT(response.body, Not(HasSubstr("<script")));
    }
  }
  EXPECT_EQ(gateway.refusal("/?f=xml", 400)["parameter"], "f");
}

TEST_F(GatewayFeatures, ATagNamesTheDataAndTheRequest) {
  const auto first = gateway.get("/collections/town.cells/items?limit=2");
  const std::string tag = first.header("etag");
  EXPECT_EQ(gateway.get("/collections/town.cells/items?limit=2", "If-None-Match: " + tag + "\r\n").status, 304);
  EXPECT_EQ(gateway.get("/collections/town.cells/items?limit=3", "If-None-Match: " + tag + "\r\n").status, 200);
  EXPECT_EQ(gateway.get("/collections/town.cells/items?f=json&limit=2").header("etag"), "" + tag);
  EXPECT_EQ(gateway.get("/collections/town.cells/items?limit=2").body, first.body);
  gateway.server->request_reload();
  while (gateway.server->reloading()) {
  }
  // The same data, put in place anew.
  EXPECT_EQ(gateway.get("/collections/town.cells/items?limit=2").status, 200);
}

TEST_F(GatewayFeatures, AReloadEndsTokensAndTags) {
  const auto weight = std::make_shared<std::atomic<int>>(1);
  const RunningGateway changing([weight] { return geo::Result<std::shared_ptr<const geo::Snapshot>>(DrawnTown(*weight).build()); });
  const auto first = changing.get("/collections/town.incidents/items?limit=5");
  const std::string next = TargetOf(LinkOf(Json::parse(first.body), "next"));
  ASSERT_EQ(changing.get(next).status, 200);
  *weight = 3;
  changing.server->request_reload();
  while (changing.json("/health")["snapshot"] == Json::parse(first.body)["wardwatch:context"]["snapshot"]) {
  }
  EXPECT_EQ(changing.refusal(next, 410)["reason"], "SNAPSHOT_CHANGED");
  const auto after = changing.get("/collections/town.incidents/items?limit=5", "If-None-Match: " + first.header("etag") + "\r\n");
  EXPECT_EQ(after.status, 200);
  EXPECT_GT(Json::parse(after.body)["numberMatched"], Json::parse(first.body)["numberMatched"]);
}

TEST_F(GatewayFeatures, HealthAndMetrics) {
  const Json health = gateway.json("/health");
  EXPECT_EQ(health["ready"], true);
  EXPECT_EQ(health["snapshot"].get<std::string>().size(), 16U);
  EXPECT_EQ(gateway.json("/health/live")["live"], true);
  gateway.get("/collections");
  const auto metrics = gateway.get("/metrics");
  EXPECT_THAT(metrics.header("content-type"), StartsWith("text/plain; version=0.0.4"));
  EXPECT_THAT(metrics.body, HasSubstr("wardwatch_http_requests_total{route=\"GET/collections\",status=\"200\"} 1"));
  // Every line is a comment or a sample.
  std::istringstream lines(metrics.body);
  for (std::string line; std::getline(lines, line);) {
    EXPECT_TRUE(std::regex_match(line, std::regex("# (HELP|TYPE) .*|[a-z_]+(\\{[^}]*\\})? [-+0-9.einf]+"))) << line;
  }
}

}  // namespace
}  // namespace service_test
