// Workstreams defined anew over the wire, kept in the store, with their history.
#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <signal.h>

#include <fstream>

#include "geo/io/durable_file.h"
#include "tests/service/child_server.h"
#include "tests/service/running_server.h"
#include "wardwatch/v1/planning_service.grpc.pb.h"

namespace service_test {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

v1::SaveWorkstreamRequest Save(const std::string& text) {
  v1::SaveWorkstreamRequest request;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &request)) << text;
  return request;
}

const char kTheft[] = R"(dataset: "datasets/town" author: "Smith" note: "agreed" workstream { id: "theft" title: "Theft" priority: "Streets"
                        entries { category: "robbery" weight: 3 } views: [] minimum_count: 2 })";

v1::ListWorkstreamsResponse List(Clients& clients) {
  v1::ListWorkstreamsRequest request;
  request.set_dataset("datasets/town");
  v1::ListWorkstreamsResponse response;
  grpc::ClientContext context;
  const auto status = clients.planning->ListWorkstreams(&context, request, &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  return response;
}

std::vector<std::string> IdsOf(const v1::ListWorkstreamsResponse& response) {
  std::vector<std::string> ids;
  for (const auto& workstream : response.workstreams()) ids.push_back(workstream.id());
  return ids;
}

std::string Metadata(const grpc::ClientContext& context, const char* key) {
  const auto found = context.GetServerTrailingMetadata().find(key);
  return found == context.GetServerTrailingMetadata().end() ? "" : std::string(found->second.data(), found->second.size());
}

struct WorkstreamEdit : ::testing::Test {
  WorkstreamEdit() { StoreAt(store(), DrawnTown().store()); }
  std::string store() const { return (scratch / "town.gpkg").string(); }
  Scratch scratch;
};

TEST_F(WorkstreamEdit, IsServedAtOnceAndSurvivesARestart) {
  std::string snapshot;
  {
    ChildServer child({"--store", store(), "--listen", "127.0.0.1:0"});
    ASSERT_GT(child.port(), 0) << child.log();
    Clients clients(child.port());
    EXPECT_THAT(IdsOf(List(clients)), ::testing::ElementsAre("disorder", "night", "street"));
    grpc::ClientContext context;
    v1::SaveWorkstreamResponse saved;
    const auto status = clients.planning->SaveWorkstream(&context, Save(kTheft), &saved);
    ASSERT_TRUE(status.ok()) << status.error_message();
    EXPECT_EQ(saved.workstream().revision(), 1);
    EXPECT_TRUE(saved.workstream().targeting());
    EXPECT_EQ(saved.workstream().cell_size_m(), 250);
    snapshot = saved.snapshot();
    const auto listed = List(clients);
    EXPECT_THAT(IdsOf(listed), ::testing::ElementsAre("disorder", "night", "street", "theft"));
    EXPECT_EQ(listed.context().snapshot(), snapshot);
    // What it says can be asked at once, and sent back as it was told.
    v1::RankPrioritiesRequest rank;
    rank.set_dataset("datasets/town");
    rank.mutable_period()->set_calendar_year(2023);
    rank.add_workstreams()->set_workstream("theft");
    v1::RankPrioritiesResponse ranked;
    grpc::ClientContext ranking;
    EXPECT_TRUE(clients.planning->RankPriorities(&ranking, rank, &ranked).ok());
    EXPECT_GT(ranked.priorities_size(), 0);
    v1::SaveWorkstreamRequest again = Save(kTheft);
    *again.mutable_workstream() = saved.workstream();
    grpc::ClientContext same;
    EXPECT_EQ(clients.planning->SaveWorkstream(&same, again, &saved).error_code(), grpc::StatusCode::INVALID_ARGUMENT);
    EXPECT_EQ(Metadata(same, "wardwatch-reason"), "NO_CHANGE");
    child.signal(SIGTERM);
    EXPECT_EQ(child.wait(30s), 0);
  }
  ChildServer child({"--store", store(), "--listen", "127.0.0.1:0"});
  Clients clients(child.port());
  const auto listed = List(clients);
  EXPECT_EQ(listed.context().snapshot(), snapshot) << "the store holds what was served";
  EXPECT_EQ(listed.workstreams_size(), 4);
}

TEST_F(WorkstreamEdit, HistoryTellsWhoWhenAndWhy) {
  ChildServer child({"--store", store(), "--listen", "127.0.0.1:0"});
  Clients clients(child.port());
  v1::SaveWorkstreamRequest request = Save(kTheft);
  for (int weight = 1; weight <= 3; ++weight) {
    request.mutable_workstream()->mutable_entries(0)->set_weight(weight);
    request.set_base_revision(weight - 1);
    grpc::ClientContext context;
    v1::SaveWorkstreamResponse saved;
    const auto status = clients.planning->SaveWorkstream(&context, request, &saved);
    ASSERT_TRUE(status.ok()) << status.error_message();
    EXPECT_EQ(saved.workstream().revision(), weight);
  }
  request.mutable_workstream()->mutable_entries(0)->set_weight(7);
  grpc::ClientContext stale;
  v1::SaveWorkstreamResponse saved;
  EXPECT_EQ(clients.planning->SaveWorkstream(&stale, request, &saved).error_code(), grpc::StatusCode::ABORTED);
  EXPECT_EQ(Metadata(stale, "wardwatch-reason"), "STALE_REVISION");

  v1::RemoveWorkstreamRequest remove;
  remove.set_dataset("datasets/town");
  remove.set_workstream("theft");
  remove.set_author("Jones");
  v1::RemoveWorkstreamResponse removed;
  grpc::ClientContext removing;
  ASSERT_TRUE(clients.planning->RemoveWorkstream(&removing, remove, &removed).ok());
  EXPECT_EQ(List(clients).workstreams_size(), 3);
  grpc::ClientContext twice;
  EXPECT_EQ(clients.planning->RemoveWorkstream(&twice, remove, &removed).error_code(), grpc::StatusCode::NOT_FOUND);

  v1::ListWorkstreamRevisionsRequest ask;
  ask.set_dataset("datasets/town");
  ask.set_workstream("theft");
  ask.set_page_size(3);
  v1::ListWorkstreamRevisionsResponse first, second;
  grpc::ClientContext listing, listing_on;
  ASSERT_TRUE(clients.planning->ListWorkstreamRevisions(&listing, ask, &first).ok());
  ask.set_page_token(first.next_page_token());
  ASSERT_TRUE(clients.planning->ListWorkstreamRevisions(&listing_on, ask, &second).ok());
  first.MergeFrom(second);
  ASSERT_EQ(first.revisions_size(), 4);
  EXPECT_EQ(first.revisions(0).revision(), 4);
  EXPECT_FALSE(first.revisions(0).has_definition());
  EXPECT_EQ(first.revisions(0).author(), "Jones");
  EXPECT_EQ(first.revisions(1).definition().entries(0).weight(), 3);
  EXPECT_EQ(first.revisions(3).definition().entries(0).weight(), 1);
  EXPECT_EQ(first.revisions(3).note(), "agreed");
  EXPECT_EQ(first.revisions(3).origin(), v1::REVISION_ORIGIN_EDIT);
  EXPECT_THAT(first.revisions(3).made_at(), ::testing::MatchesRegex("20..-..-..T..:..:..Z"));
  for (const auto& revision : first.revisions()) EXPECT_FALSE(revision.in_force());
}

TEST_F(WorkstreamEdit, IsRefusedByField) {
  ChildServer child({"--store", store(), "--listen", "127.0.0.1:0"});
  Clients clients(child.port());
  struct Refused {
    std::string change;
    const char* field;
    const char* reason;
  };
  const Refused table[] = {
      {"workstream { entries { category: \"piracy\" weight: 1 } }", "workstream.entries[1].category", "UNKNOWN_CATEGORY"},
      {"workstream { entries { category: \"robbery\" weight: 1 } }", "workstream.entries[1].category", "REPEATED"},
      {"workstream { entries { category: \"anti-social-behaviour\" weight: nan } }", "workstream.entries[1].weight", "OUT_OF_RANGE"},
      {"workstream { entries { category: \"anti-social-behaviour\" weight: -1 } }", "workstream.entries[1].weight", "OUT_OF_RANGE"},
      {"workstream { window { begin_minute: 60 end_minute: 60 } }", "workstream.window.end_minute", "OUT_OF_RANGE"},
      {"workstream { time_window: \"noon\" }", "workstream.time_window", "UNKNOWN_TIME_WINDOW"},
      {"workstream { flags: \"weapon\" }", "workstream.flags[0]", "UNKNOWN_FLAG"},
      {"workstream { sources: \"press\" }", "workstream.sources[0]", "UNKNOWN_SOURCE"},
      {"workstream { sources: \"police\" sources: \"police\" }", "workstream.sources[1]", "REPEATED"},
      {"workstream { denominators: \"dogs\" }", "workstream.denominators[0]", "UNKNOWN_DENOMINATOR"},
      {"workstream { location_roles: 7 }", "workstream.location_roles[0]", "UNKNOWN_VALUE"},
      {"workstream { sensitivity: 9 }", "workstream.sensitivity", "UNKNOWN_VALUE"},
      {"workstream { cell_size_m: 3 }", "workstream.cell_size_m", "OUT_OF_RANGE"},
      {"workstream { minimum_count: -1 }", "workstream.minimum_count", "OUT_OF_RANGE"},
      {"workstream { cell_size_m: 333.3333 }", "workstream.cell_size_m", "OUT_OF_RANGE"},
      {"workstream { concern: 0.5 }", "workstream.concern_interval", "MISSING"},
      {"workstream { concern_interval { low: 0.4 high: 0.6 } }", "workstream.concern", "MISSING"},
      {"workstream { concern: 0.5 concern_interval { low: 0.6 high: 0.7 } }", "workstream.concern", "BAD_INTERVAL"},
      {"base_revision: -1", "base_revision", "OUT_OF_RANGE"},
      {"author: \"  \"", "author", "MISSING"},
      {"note: \"agreed\\nrevision 9 by Jones\"", "note", "BAD_TEXT"},
      {"workstream { title: \"  \" }", "workstream.title", "MISSING"},
      {"workstream { title: \"Theft\\033[2J\" }", "workstream.title", "BAD_TEXT"},
      {"workstream { caveat: \"\\342\\200\\256tfehT\" }", "workstream.caveat", "BAD_TEXT"},
      {"author: \"" + std::string(201, 'a') + "\"", "author", "OUT_OF_RANGE"},
      {"dataset: \"datasets/none\"", "dataset", "UNKNOWN_DATASET"},
      {"workstream { id: \"disorder\" sensitivity: SENSITIVITY_TIER_LOW }", "workstream.sensitivity", "TIER_LOWERED"},
  };
  const std::string before = List(clients).context().snapshot();
  for (const Refused& refused : table) {
    v1::SaveWorkstreamRequest request = Save(kTheft), change;
    ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(refused.change, &change)) << refused.change;
    request.MergeFrom(change);
    grpc::ClientContext context;
    v1::SaveWorkstreamResponse saved;
    const auto status = clients.planning->SaveWorkstream(&context, request, &saved);
    EXPECT_FALSE(status.ok()) << refused.change;
    EXPECT_EQ(Metadata(context, "wardwatch-field"), refused.field) << refused.change << ": " << status.error_message();
    EXPECT_EQ(Metadata(context, "wardwatch-reason"), refused.reason) << refused.change << ": " << status.error_message();
  }
  for (const char* missing : {"workstream", "author", "dataset"}) {
    v1::SaveWorkstreamRequest request = Save(kTheft);
    request.GetReflection()->ClearField(&request, request.GetDescriptor()->FindFieldByName(missing));
    grpc::ClientContext context;
    v1::SaveWorkstreamResponse saved;
    EXPECT_EQ(clients.planning->SaveWorkstream(&context, request, &saved).error_code(), grpc::StatusCode::INVALID_ARGUMENT);
    EXPECT_EQ(Metadata(context, "wardwatch-field"), missing);
  }
  EXPECT_EQ(List(clients).context().snapshot(), before);
}

TEST_F(WorkstreamEdit, AStoreThatALoadHoldsRefusesAndKeeps) {
  ChildServer child({"--store", store(), "--listen", "127.0.0.1:0"});
  Clients clients(child.port());
  v1::SaveWorkstreamResponse saved;
  {
    const auto lock = geo::StoreLock::Take(store());
    ASSERT_TRUE(lock) << lock.error().message;
    grpc::ClientContext held;
    EXPECT_EQ(clients.planning->SaveWorkstream(&held, Save(kTheft), &saved).error_code(), grpc::StatusCode::ABORTED);
    EXPECT_EQ(Metadata(held, "wardwatch-reason"), "STORE_LOCKED");
    EXPECT_EQ(List(clients).workstreams_size(), 3) << "what is served stays";
  }
  grpc::ClientContext released;
  EXPECT_TRUE(clients.planning->SaveWorkstream(&released, Save(kTheft), &saved).ok());
}

TEST_F(WorkstreamEdit, AStoreThatIsGoneRefusesAndKeeps) {
  ChildServer child({"--store", store(), "--listen", "127.0.0.1:0"});
  Clients clients(child.port());
  std::filesystem::remove(store());
  grpc::ClientContext context;
  v1::SaveWorkstreamResponse saved;
  EXPECT_EQ(clients.planning->SaveWorkstream(&context, Save(kTheft), &saved).error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(Metadata(context, "wardwatch-reason"), "NO_STORE");
  EXPECT_EQ(List(clients).workstreams_size(), 3) << "what is served stays";
}

// A server without a store of its own, and one that others can reach, take no edits.
TEST(WorkstreamEditOfMemory, IsRefusedAsReadOnly) {
  RunningServer running;
  grpc::ClientContext context;
  v1::SaveWorkstreamResponse saved;
  EXPECT_EQ(running.clients->planning->SaveWorkstream(&context, Save(kTheft), &saved).error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(Metadata(context, "wardwatch-reason"), "READ_ONLY");
}

TEST_F(WorkstreamEdit, AServerThatOthersReachTakesNone) {
  std::ofstream(scratch / "open.toml") << "allow_remote = true\n";
  ChildServer child({"--store", store(), "--listen", "0.0.0.0:0", "--config", (scratch / "open.toml").string()});
  ASSERT_GT(child.port(), 0) << child.log();
  Clients clients(child.port());
  grpc::ClientContext context;
  v1::SaveWorkstreamResponse saved;
  EXPECT_EQ(clients.planning->SaveWorkstream(&context, Save(kTheft), &saved).error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(Metadata(context, "wardwatch-reason"), "READ_ONLY");
}

}  // namespace
}  // namespace service_test
