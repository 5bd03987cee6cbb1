// wardwatchd as users run it: the store on disk, signals, exits, the log.
#include <gmock/gmock.h>
#include <signal.h>

#include <atomic>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "tests/service/child_server.h"
#include "tests/service/running_server.h"
#include "tests/support/raw_http.h"

namespace service_test {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

struct Process : ::testing::Test {
  Process() { StoreAt(store(), DrawnTown().store()); }
  std::string store() const { return (scratch / "town.gpkg").string(); }
  Scratch scratch;
};

std::string SnapshotOf(Clients& clients) {
  grpc::ClientContext context;
  context.set_wait_for_ready(true);
  v1::GetStatusResponse status;
  EXPECT_TRUE(clients.admin->GetStatus(&context, {}, &status).ok());
  return status.snapshot();
}

std::string WaitForOther(Clients& clients, const std::string& snapshot) {
  for (int i = 0; i < 5000; ++i) {
    const std::string now = SnapshotOf(clients);
    if (now != snapshot) return now;
    std::this_thread::sleep_for(2ms);
  }
  return snapshot;
}

bool WaitForLog(const ChildServer& child, const std::string& text) {
  for (int i = 0; i < 5000; ++i) {
    if (child.log().find(text) != std::string::npos) return true;
    std::this_thread::sleep_for(2ms);
  }
  return false;
}

TEST_F(Process, ServesAStoreAndEndsAtSigterm) {
  ChildServer child({"--store", store(), "--listen", "127.0.0.1:0"});
  ASSERT_GT(child.port(), 0) << child.log();
  Clients clients(child.port());
  grpc::ClientContext context;
  v1::FindHotspotsResponse response;
  const auto status = clients.hotspots->FindHotspots(&context, HotspotsOf2023(), &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.cells(0).count().exact(), 9 * 12);
  child.signal(SIGTERM);
  EXPECT_EQ(child.wait(10s), 0) << child.log();
}

// The port of the gateway, from the log.
int HttpPortOf(const ChildServer& child) {
  const std::string log = child.log(), key = "http_port=\"";
  const auto at = log.find(key);
  return at == std::string::npos ? 0 : std::atoi(log.c_str() + at + key.size());
}

TEST_F(Process, ServesHttpBesideGrpcAndEndsWithIt) {
  ChildServer child({"--store", store(), "--listen", "127.0.0.1:0", "--http", "127.0.0.1:0"});
  ASSERT_GT(child.port(), 0) << child.log();
  ASSERT_TRUE(WaitForLog(child, "event=serving"));
  const int port = HttpPortOf(child);
  ASSERT_GT(port, 0) << child.log();
  support::RawHttp client(port);
  EXPECT_EQ(client.get("/collections/town.cells/items?bbox=-10,48,4,60&category=robbery").status, 200);
  EXPECT_TRUE(WaitForLog(child, "method=GET/collections/{collectionId}/items status=200"));
  EXPECT_THAT(child.log(), Not(HasSubstr("robbery")));  // never what was asked for
  ChildServer second({"--store", store(), "--listen", "127.0.0.1:0", "--http", "127.0.0.1:" + std::to_string(port)});
  EXPECT_EQ(second.wait(20s), 1);
  EXPECT_THAT(second.log(), HasSubstr("--http"));
  child.signal(SIGTERM);
  EXPECT_EQ(child.wait(10s), 0) << child.log();
  EXPECT_TRUE(client.closed_within(2s));
}

TEST_F(Process, R6_SighupSwapsToTheNewStoreAndAStormIsSafe) {
  ChildServer child({"--store", store(), "--listen", "127.0.0.1:0"});
  ASSERT_GT(child.port(), 0) << child.log();
  Clients clients(child.port());
  const std::string first = SnapshotOf(clients);
  StoreAt(store(), DrawnTown(3).store());
  child.signal(SIGHUP);
  const std::string second = WaitForOther(clients, first);
  EXPECT_NE(second, first);
  for (int i = 0; i < 1000; ++i) child.signal(SIGHUP);
  EXPECT_EQ(SnapshotOf(clients), second);
  // R1: a damaged store is refused and the old one goes on.
  std::filesystem::resize_file(store(), 5000);
  child.signal(SIGHUP);
  EXPECT_TRUE(WaitForLog(child, "reload_refused")) << child.log();
  EXPECT_EQ(SnapshotOf(clients), second);
  child.signal(SIGTERM);
  EXPECT_EQ(child.wait(15s), 0) << child.log();
}

TEST_F(Process, R6_ABadConfigurationRefusesTheReload) {
  const std::string config = (scratch / "wardwatchd.toml").string();
  std::ofstream(config) << "threads = 2\nlog_json = true\n";
  ChildServer child({"--store", store(), "--listen", "127.0.0.1:0", "--config", config});
  ASSERT_GT(child.port(), 0) << child.log();
  Clients clients(child.port());
  const std::string first = SnapshotOf(clients);
  std::ofstream(config) << "thraeds = 2\n";
  StoreAt(store(), DrawnTown(3).store());
  child.signal(SIGHUP);
  ASSERT_TRUE(WaitForLog(child, "reload_refused")) << child.log();
  EXPECT_THAT(child.log(), HasSubstr("is not a key"));
  EXPECT_EQ(SnapshotOf(clients), first);
}

TEST_F(Process, SighupTakesTheStoreAnewAndNamesWhatNeedsARestart) {
  const std::string config = (scratch / "wardwatchd.toml").string(), other = (scratch / "other.gpkg").string();
  StoreAt(other, DrawnTown(3).store());
  std::ofstream(config) << "store = '" << store() << "'\nthreads = 1\nlisten = '127.0.0.1:1'\n";
  ChildServer child({"--listen", "127.0.0.1:0", "--config", config});
  ASSERT_GT(child.port(), 0) << child.log();
  Clients clients(child.port());
  const std::string first = SnapshotOf(clients);
  std::ofstream(config) << "store = '" << other << "'\nthreads = 2\nlisten = '127.0.0.1:2'\nlog_json = true\n";
  child.signal(SIGHUP);
  EXPECT_NE(WaitForOther(clients, first), first) << child.log();
  // A flag decides `listen`, so nothing about it was refused.
  EXPECT_THAT(child.log(), HasSubstr("event=restart_needed keys=\"threads, log_json\""));
  std::ofstream(config) << "threads = 2\n";
  child.signal(SIGHUP);
  EXPECT_TRUE(WaitForLog(child, "reload_refused")) << child.log();
}

TEST_F(Process, AFlagForTheStoreWinsAtAReloadToo) {
  const std::string config = (scratch / "wardwatchd.toml").string(), other = (scratch / "other.gpkg").string();
  StoreAt(other, DrawnTown(3).store());
  std::ofstream(config) << "threads = 1\n";
  ChildServer child({"--store", store(), "--listen", "127.0.0.1:0", "--config", config});
  ASSERT_GT(child.port(), 0) << child.log();
  Clients clients(child.port());
  const std::string first = SnapshotOf(clients);
  std::ofstream(config) << "threads = 1\nstore = '" << other << "'\n";
  child.signal(SIGHUP);
  ASSERT_TRUE(WaitForLog(child, "event=reload ")) << child.log();
  EXPECT_EQ(SnapshotOf(clients), first);
}

TEST_F(Process, K5_SigtermLosesNoAnswerUnderWay) {
  ChildServer child({"--store", store(), "--listen", "127.0.0.1:0"});
  ASSERT_GT(child.port(), 0) << child.log();
  std::atomic<int> answered{0}, refused{0}, reset{0};
  std::atomic<bool> stop{false};
  std::vector<std::thread> callers;
  for (int i = 0; i < 8; ++i) {
    callers.emplace_back([&] {
      Clients own(child.port());
      while (!stop) {
        grpc::ClientContext context;
        v1::CompareWardsResponse response;
        const auto status = own.wards->CompareWards(&context, WardsOf2022And2023(), &response);
        if (status.ok()) {
          ++answered;
        } else if (status.error_code() == grpc::StatusCode::UNAVAILABLE) {
          ++refused;
          std::this_thread::sleep_for(200ms);  // as a client does that is told to go elsewhere
        } else {
          // A call that meets the closing of the listener is reset before it is accepted.
          EXPECT_EQ(status.error_code(), grpc::StatusCode::CANCELLED) << status.error_message();
          ++reset;
        }
      }
    });
  }
  while (answered < 50) std::this_thread::sleep_for(1ms);
  child.signal(SIGTERM);
  EXPECT_EQ(child.wait(30s), 0) << child.log();
  stop = true;
  for (auto& caller : callers) caller.join();
  EXPECT_LE(reset, 8);  // once for each connection at most
  EXPECT_GT(refused, 0);
  EXPECT_THAT(child.log(), HasSubstr("event=stopped cut_off=\"0\""));
  // Every answer that the log knows of was received: an accepted request is not lost between the two.
  std::istringstream lines(child.log());
  int logged = 0;
  for (std::string line; std::getline(lines, line);) logged += line.find("method=WardService.CompareWards status=OK") != std::string::npos;
  EXPECT_EQ(logged, answered);
}

TEST_F(Process, K6_ASecondSigtermEndsAtOnce) {
  geo::DrawnDataset many;
  many.record().id = "town";
  many.add_monthly(geo::Period::CalendarYear(2023), 5000, geo::GridPoint::FromMeters(500'000, 200'000));
  StoreAt(store(), many.store());
  ChildServer child({"--store", store(), "--listen", "127.0.0.1:0"});
  ASSERT_GT(child.port(), 0) << child.log();
  Clients clients(child.port());
  // A stream that nobody reads is under way until the deadline that the server gives it (10 s), and holds up a drain until then.
  grpc::ClientContext stream;
  const auto reader = clients.incidents->ListIncidents(&stream, IncidentsOf2023());
  v1::ListIncidentsResponse chunk;
  ASSERT_TRUE(reader->Read(&chunk));
  child.signal(SIGTERM);
  ASSERT_TRUE(WaitForLog(child, "event=drain")) << child.log();
  EXPECT_EQ(child.wait(500ms), std::nullopt) << "it did not wait for the stream: the second signal proves nothing";
  child.signal(SIGTERM);
  EXPECT_EQ(child.wait(2s), 0) << child.log();
  while (reader->Read(&chunk)) {
  }
  EXPECT_FALSE(reader->Finish().ok());
}

TEST_F(Process, K6_SigtermDuringAReloadLeavesTheStore) {
  ChildServer child({"--store", store(), "--listen", "127.0.0.1:0"});
  ASSERT_GT(child.port(), 0) << child.log();
  child.signal(SIGHUP);
  child.signal(SIGTERM);
  EXPECT_EQ(child.wait(10s), 0) << child.log();
  ChildServer again({"--store", store(), "--listen", "127.0.0.1:0"});
  EXPECT_GT(again.port(), 0) << again.log();
}

TEST_F(Process, RefusesToStartAndSaysWhy) {
  struct Start {
    std::vector<std::string> arguments;
    int code;
    const char* says;
  };
  const Start starts[] = {
      {{}, 2, "--store"},
      {{"--store", (scratch / "absent.gpkg").string(), "--listen", "127.0.0.1:0"}, 1, "absent.gpkg"},
      {{"--store", store(), "--listen", "0.0.0.0:0"}, 2, "allow_remote"},
      {{"--store", store(), "--listen", "nonsense"}, 2, "HOST:PORT"},
      {{"--store", store(), "--threads", "0"}, 2, "--threads"},
      {{"--store", store(), "--thraeds", "1"}, 2, "--thraeds"},
      {{"--store", store(), "--config", (scratch / "absent.toml").string()}, 2, "absent.toml"},
  };
  for (const Start& start : starts) {
    ChildServer child(start.arguments);
    EXPECT_EQ(child.port(), 0);
    EXPECT_EQ(child.wait(10s), start.code) << child.log();
    EXPECT_THAT(child.log(), HasSubstr(start.says));
  }
}

// P13: what was asked for does not show in the log, only that something was.
TEST_F(Process, TheLogHasALineForEachRequestAndNoSecrets) {
  ChildServer child({"--store", store(), "--listen", "127.0.0.1:0", "--log-json"});
  ASSERT_GT(child.port(), 0) << child.log();
  Clients clients(child.port());
  grpc::ClientContext good, bad;
  auto request = IncidentsOf2023();
  request.mutable_caller()->set_purpose("CANARY purpose");
  const auto reader = clients.incidents->ListIncidents(&good, request);
  v1::ListIncidentsResponse chunk;
  std::string latitude;  // of some incident, to 10 m: a clock in the log may read "51." too, but not this
  while (reader->Read(&chunk)) {
    for (const auto& incident : chunk.incidents()) {
      if (incident.has_position()) latitude = std::to_string(incident.position().latitude_deg()).substr(0, 7);
    }
  }
  EXPECT_TRUE(reader->Finish().ok());
  ASSERT_EQ(latitude.size(), 7u);
  request.set_cell("s250:r1:CANARY");
  const auto refused = clients.incidents->ListIncidents(&bad, request);
  EXPECT_FALSE(refused->Finish().ok());
  const std::string snapshot = SnapshotOf(clients);
  child.signal(SIGTERM);
  EXPECT_EQ(child.wait(10s), 0);
  EXPECT_THAT(child.log(), Not(HasSubstr("CANARY")));
  EXPECT_THAT(child.log(), Not(HasSubstr(latitude)));
  std::istringstream lines(child.log());
  std::vector<nlohmann::json> requests;
  for (std::string line; std::getline(lines, line);) {
    const auto parsed = nlohmann::json::parse(line, nullptr, false);
    ASSERT_FALSE(parsed.is_discarded()) << line;
    if (parsed["event"] == "request") requests.push_back(parsed);
  }
  ASSERT_EQ(requests.size(), 3U);
  EXPECT_EQ(requests[0]["status"], "OK");
  EXPECT_GT(requests[0]["rows"], 0);
  EXPECT_EQ(requests[0]["purpose_bytes"], 14);
  EXPECT_EQ(requests[1]["status"], "INVALID_ARGUMENT");
  EXPECT_EQ(requests[1]["field"], "cell");
  EXPECT_EQ(requests[1]["snapshot"], snapshot);
  EXPECT_EQ(requests[0]["snapshot"], snapshot);
  EXPECT_EQ(requests[2]["method"], "AdminService.GetStatus");
}

}  // namespace
}  // namespace service_test
