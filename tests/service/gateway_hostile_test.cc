// O4, O5, O10, O11, S3, S8: hostile requests get a clear error or a bounded cost.
#include <chrono>
#include <thread>

#include "tests/service/crowd.h"
#include "tests/service/running_gateway.h"
#include "tests/support/memory_use.h"

namespace service_test {
namespace {

using namespace std::chrono_literals;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::Not;

struct GatewayHostile : ::testing::Test {
  RunningGateway gateway;
};

TEST_F(GatewayHostile, O11_TilesThatAreNot) {
  const std::pair<const char*, int> cases[] = {
      {"/tiles/town.cells/9999/0/0.mvt", 400},
      {"/tiles/town.cells/-1/0/0.mvt", 400},
      {"/tiles/town.cells/2/-1/1.mvt", 400},
      {"/tiles/town.cells/2/4/1.mvt", 400},
      {"/tiles/town.cells/2/1/4.mvt", 400},
      {"/tiles/town.cells/21/0/0.mvt", 400},
      {"/tiles/town.cells/64/0/0.mvt", 400},
      {"/tiles/town.cells/2/1/1.mvt.gz", 404},
      {"/tiles/town.cells/2/1/1", 404},
      {"/tiles/town.cells/2/1/.mvt", 404},
      {"/tiles/town.cells/2/1/1.png", 404},
      {"/tiles/town.density/2/1/1.mvt", 404},
      {"/tiles/town.cells/02/1/1.mvt", 400},
      {"/tiles/town.cells/2/+1/1.mvt", 400},
      {"/tiles/town.cells/2/1/1e0.mvt", 400},
      {"/tiles/town.cells/2/%31/1.mvt", 200},    // decoded once: it is 1
      {"/tiles/town.cells/2/%2531/1.mvt", 400},  // and not twice
      {"/tiles/town.cells/2/1%2f1/1.mvt", 400},
      {"/tiles/town.cells/2/..%2f1/1.mvt", 400},
      {"/tiles/town.cells/99999999999999999999/1/1.mvt", 400},
      {"/tiles/town.cells/2/18446744073709551617/1.mvt", 400},
      {"/tiles/nope/2/1/1.mvt", 404},
      {"/tiles/town.cells/2/1/1.mvt?cache=1", 400},
      {"/tiles/town.cells/2/1/1.mvt?", 200},
      {"/tiles/town.density/2/1/1.png?size=1024", 400},
      {"/collections/town.cells/tiles/WebMercatorQuad/2/1/9", 400},
      {"/collections/town.cells/tiles/Other/2/1/1", 404},
      {"/tileMatrixSets/Other", 404},
      {"/wmts?service=WFS", 400},
      {"/wmts?request=GetTile&layer=town.cells&tilematrix=0&tilerow=0&tilecol=0", 400},
      {"/wmts?request=GetTile&layer=town.density&tilematrix=x&tilerow=0&tilecol=0", 400},
      {"/wmts?REQUEST=GetTile&request=GetTile", 400},
  };
  for (const auto& [target, status] : cases) {
    const int got = gateway.get(target).status;
    EXPECT_TRUE(got == status || (status == 200 && got == 204)) << target << " " << got;
  }
}

TEST_F(GatewayHostile, O11_OneTileIsKeptOnceHoweverItIsAskedFor) {
  for (int i = 0; i < 5; ++i) gateway.get("/tiles/town.cells/10/511/340.mvt");
  gateway.get("/tiles/town.cells/10/%35%31%31/340.mvt");
  gateway.get("/tiles/town.cells/10/511/340.mvt?datetime=2023-06-15");  // the year that is the default
  EXPECT_THAT(gateway.get("/metrics").body, HasSubstr("wardwatch_cache_entries{cache=\"tiles\"} 1\n"));
}

TEST_F(GatewayHostile, O10_DeepAndLargeFiltersEndAtOnce) {
  std::string nested_json = "true";
  for (int i = 0; i < 400; ++i) nested_json = R"({"op":"not","args":[)" + nested_json + "]}";
  std::string items = "rank IN (1";
  for (int i = 0; i < 1000; ++i) items += ",1";
  const std::pair<std::string, std::string> cases[] = {
      {"cql2-text", std::string(1600, '(') + "hot = TRUE" + std::string(1600, ')')},
      {"cql2-text", std::string(4000, '(')},
      {"cql2-text", items + ")"},
      {"cql2-text", "area_title LIKE '" + std::string(200, '%') + "x'"},
      {"cql2-text", "hot = TRUE; DROP TABLE incidents"},
      {"cql2-text", "area_title = 'a\\' OR 1=1 --'"},
      {"cql2-text", "S_INTERSECTS(geometry, BBOX(1e999,0,1,1))"},
      {"cql2-json", nested_json},
      {"cql2-json", std::string(4000, '[')},
      {"cql2-json", "{\"op\":\"=\",\"args\":[{\"property\":\"hot\"}"},
  };
  auto client = gateway.connect();
  for (const auto& [language, text] : cases) {
    const auto begin = std::chrono::steady_clock::now();
    const auto response = client.get("/collections/town.cells/items?filter-lang=" + language + "&filter=" + Encoded(text));
    // Over 8 KiB of percent-encoding the target itself is refused, and the connection with it.
    EXPECT_THAT(response.status, AnyOf(400, 431)) << text.substr(0, 60);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 10s) << text.substr(0, 60);
    if (response.status == 431) client = gateway.connect();
  }
  EXPECT_EQ(gateway.get("/health").status, 200);
}

TEST_F(GatewayHostile, S3_HeadersThatClaimSomethingChangeNothing) {
  const std::string plain = gateway.get("/collections").body;
  for (const char* header : {"X-Role: admin\r\n", "Grpc-Metadata-X-Role: admin\r\n", "X-Forwarded-Host: evil\r\nX-Forwarded-Proto: https\r\n",
                             "X_Role: admin\r\n", "Forwarded: host=evil\r\n", "X-Original-URL: /admin\r\n", "X-HTTP-Method-Override: DELETE\r\n"}) {
    EXPECT_EQ(gateway.get("/collections", header).body, plain) << header;
  }
}

TEST_F(GatewayHostile, AnotherNameInHostIsRefused) {
  auto client = gateway.connect();
  client.send("GET /collections HTTP/1.1\r\nHost: evil.example\r\n\r\n");
  EXPECT_EQ(client.read().status, 421);
  client.send("GET /collections HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n");
  EXPECT_EQ(client.read().status, 200);
}

TEST_F(GatewayHostile, PagesOfOtherSitesCannotRead) {
  EXPECT_EQ(gateway.get("/collections", "Origin: https://evil.example\r\n").header("access-control-allow-origin"), "");
  EXPECT_EQ(gateway.get("/collections", "Origin: null\r\n").header("access-control-allow-origin"), "");
  EXPECT_EQ(gateway.get("/collections", "Origin: http://localhost.evil.example\r\n").header("access-control-allow-origin"), "");
  EXPECT_EQ(gateway.get("/collections", "Origin: http://127.evil.example\r\n").header("access-control-allow-origin"), "") << "a name, not an address";
  for (const char* host : {"127.evil.example", "127.0.0.1.evil.example", "127.1", "0127.0.0.1"}) {
    auto rebound = gateway.connect();
    rebound.send(fmt::format("GET /collections HTTP/1.1\r\nHost: {}\r\n\r\n", host));
    EXPECT_EQ(rebound.read().status, 421) << host;
  }
  EXPECT_EQ(gateway.get("/collections", "Origin: http://localhost:5173\r\n").header("access-control-allow-origin"), "http://localhost:5173");
  const RunningGateway open(LoadTown(), {"https://maps.example"});
  EXPECT_EQ(open.get("/collections", "Origin: https://maps.example\r\n").header("access-control-allow-origin"), "https://maps.example");
  EXPECT_THAT(open.get("/collections").header("vary"), HasSubstr("Origin"));
}

TEST_F(GatewayHostile, PreflightsAreAnswered) {
  auto client = gateway.connect();
  const auto response = client.get(
      "/wardwatch.v1.DatasetService/ListDatasets",
      "Origin: http://localhost:5173\r\nAccess-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: content-type,x-grpc-web\r\n", "OPTIONS");
  EXPECT_EQ(response.status, 204);
  EXPECT_THAT(response.header("access-control-allow-methods"), HasSubstr("POST"));
  EXPECT_THAT(response.header("access-control-allow-headers"), HasSubstr("X-Grpc-Web"));
  EXPECT_EQ(client.get("/", "", "POST").status, 405);
}

TEST_F(GatewayHostile, MethodsThatAResourceHasNotAreRefusedWithThoseThatItHas) {
  auto client = gateway.connect();
  for (const char* method : {"PUT", "DELETE", "PATCH", "POST", "TRACE"}) {
    for (const char* target : {"/", "/collections/town.cells/items", "/tiles/town.cells/0/0/0.mvt", "/health"}) {
      const auto response = client.get(target, "Content-Length: 0\r\n", method);
      EXPECT_EQ(response.status, 405) << method << target;
      EXPECT_EQ(response.header("allow"), "GET, HEAD, OPTIONS") << method << target;
      EXPECT_EQ(Json::parse(response.body)["reason"], "METHOD_NOT_ALLOWED");
      EXPECT_THAT(response.body, HasSubstr(std::string("has no ") + method));
    }
    EXPECT_EQ(client.get("/nope", "Content-Length: 0\r\n", method).status, 404) << method;
  }
  const std::string procedure = "/wardwatch.v1.DatasetService/ListDatasets";
  for (const char* method : {"GET", "PUT", "DELETE"}) {
    const auto response = client.get(procedure, "", method);
    EXPECT_EQ(response.status, 405) << method;
    EXPECT_EQ(response.header("allow"), "OPTIONS, POST") << method;
  }
  EXPECT_EQ(client.get("/collections", "", "OPTIONS").header("allow"), "GET, HEAD, OPTIONS");
  EXPECT_EQ(client.get(procedure, "", "OPTIONS").header("allow"), "OPTIONS, POST");
  EXPECT_EQ(client.get("/", "", "BREW").status, 501);
}

TEST_F(GatewayHostile, APublicAddressIsInEveryLink) {
  const RunningGateway behind(LoadTown(), {}, "https://maps.example/wardwatch");
  auto client = behind.connect();
  client.send("GET /collections HTTP/1.1\r\nHost: maps.example\r\n\r\n");
  const auto response = client.read();
  EXPECT_THAT(response.body, HasSubstr("https://maps.example/wardwatch/collections/town.cells/items"));
  EXPECT_THAT(response.body, Not(HasSubstr("http://maps.example")));
}

// Names that would be something else in HTML, JSON, CSV, headers.
std::shared_ptr<const geo::Snapshot> NastyTown() {
  geo::DrawnDataset town = DrawnTown();
  town.record().title = "<script>alert(1)</script>\"'&";
  town.record().publisher = "=cmd|'/c calc'!A1";
  auto stored = town.store();
  const std::string names[] = {"<img src=x onerror=alert(1)>",
                               "=1+1",
                               "+1",
                               "-1",
                               "@SUM(A1)",
                               "\"quoted\", and\r\nbroken",
                               "</title><script>",
                               "{{7*7}}",
                               "\xE2\x80\xAE"
                               "reversed",
                               "\t=1",
                               "']]>",
                               "${x}"};
  stored.incidents.places.assign({""});
  for (const std::string& name : names) stored.incidents.places.push_back(name);
  for (std::size_t i = 0; i < stored.incidents.size(); ++i) stored.incidents.place[i] = static_cast<geo::PlaceIndex>(i % (std::size(names) + 1));
  for (auto& vintage : stored.areas) vintage[0].name = "<b>Ward</b>";
  std::vector<geo::StoredDataset> all;
  all.push_back(std::move(stored));
  return *geo::BuildSnapshot(std::move(all), 1);
}

TEST_F(GatewayHostile, S8_NamesAreTextInEveryForm) {
  const RunningGateway nasty([snapshot = NastyTown()] { return geo::Result<std::shared_ptr<const geo::Snapshot>>(snapshot); });
  for (const char* path :
       {"/?f=html", "/collections?f=html", "/collections/town.incidents?f=html", "/collections/town.incidents/items?f=html",
        "/collections/town.wards-2022/items?f=html", "/collections/town.contours/items?f=html", "/collections/%3Cscript%3E?f=html", "/%3Cscript%3Ealert(1)"}) {
    const auto response = nasty.get(path);
    EXPECT_EQ(response.header("x-content-type-options"), "nosniff") << path;
    if (response.header("content-type").starts_with("text/html")) {
      for (const char* raw : {"<script", "<img src=x", "<b>Ward", "onerror=alert(1)>"}) EXPECT_THAT(response.body, Not(HasSubstr(raw))) << path;
    }
  }
  const Json items = nasty.json("/collections/town.incidents/items");
  std::set<std::string> places;
  for (const Json& feature : items["features"]) {
    if (!feature["properties"]["place"].is_null()) places.insert(feature["properties"]["place"]);
  }
  EXPECT_EQ(places.count("<img src=x onerror=alert(1)>"), 1U);
  EXPECT_EQ(places.size(), 12U);
  EXPECT_FALSE(nasty.json("/collections").is_discarded());
  const auto csv = nasty.get("/collections/town.incidents/download?f=csv").body;
  for (const char* formula : {",=1+1,", ",+1,", ",-1,", ",@SUM", ",\t=1,"}) EXPECT_THAT(csv, Not(HasSubstr(formula)));
  EXPECT_THAT(csv, HasSubstr(",'=1+1,"));
  EXPECT_THAT(csv, HasSubstr("\"\"\"quoted\"\", and"));
  EXPECT_THAT(nasty.get("/legends/town.cells.svg").body, Not(HasSubstr("<script")));
  EXPECT_THAT(nasty.get("/wmts/1.0.0/WMTSCapabilities.xml").body, Not(HasSubstr("<script")));
}

TEST_F(GatewayHostile, O5_SlowReadersOfLargeAnswersDoNotHoldWorkers) {
  const RunningGateway crowd([] { return geo::Result<std::shared_ptr<const geo::Snapshot>>(Crowd()); });
  // One after another, each until its answer has begun to arrive; none is read to its end. Were a worker held for each, the two there are would be gone.
  std::vector<support::RawHttp> slow;
  for (int i = 0; i < 20; ++i) {
    slow.emplace_back(crowd.server->http_port(), 4096);
    slow.back().send("GET /collections/town.incidents/items?limit=10000 HTTP/1.1\r\nHost: localhost\r\n\r\n");
    ASSERT_TRUE(slow.back().begins(60s)) << i;
  }
  for (int i = 0; i < 10; ++i) EXPECT_EQ(crowd.get("/collections/town.wards-2022/items").status, 200);
}

TEST_F(GatewayHostile, O4_ManyIdleConnectionsBesideBusyOnes) {
  // Kept, and so answered at once: what has to be worked out waits in a queue of bounded length, and is refused beyond it (O7).
  const std::string tile = "/tiles/town.cells/0/0/0.mvt";
  EXPECT_EQ(gateway.get(tile).status, 200);
  const long before = support::MemoryKib("self", "VmRSS");
  std::vector<support::RawHttp> idle;
  for (int i = 0; i < 1000; ++i) {
    idle.push_back(gateway.connect());
    ASSERT_TRUE(idle.back().connected()) << i;
  }
  // A hundred busy connections, ten to a thread, one request of each under way.
  std::atomic<int> good{0};
  std::vector<std::thread> busy;
  for (int t = 0; t < 10; ++t) {
    busy.emplace_back([&] {
      std::vector<support::RawHttp> clients;
      for (int i = 0; i < 10; ++i) clients.push_back(gateway.connect());
      for (int round = 0; round < 5; ++round) {
        for (auto& client : clients) client.send("GET " + tile + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        for (auto& client : clients) good += client.read(60s).status == 200;
      }
    });
  }
  for (auto& thread : busy) thread.join();
  EXPECT_EQ(good, 500);
  if (support::kMemoryIsOurs) {
    EXPECT_LT(support::MemoryKib("self", "VmRSS") - before, 100 << 10) << "KiB, both ends";
  }
  for (const std::size_t one : {std::size_t{0}, std::size_t{999}}) EXPECT_EQ(idle[one].get("/health").status, 200) << "nobody idle had to go";
}

TEST_F(GatewayHostile, DrainingIsToldAndLosesNothing) {
  auto client = gateway.connect();
  EXPECT_EQ(client.get("/health").status, 200);
  std::thread drain([&] { gateway.server->drain(5s); });
  drain.join();
  EXPECT_EQ(gateway.get("/health").status, 0);  // the listener is closed
}

}  // namespace
}  // namespace service_test
