// Against a gRPC server in this process: pages, errors, the one retry, an address where nobody is.
#include "server/cli/connection.h"

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "server/cli/error_text.h"
#include "wardwatch/v1/admin_service.pb.h"
#include "wardwatch/v1/dataset_service.grpc.pb.h"
#include "wardwatch/v1/hotspot_service.grpc.pb.h"
#include "wardwatch/v1/incident_service.grpc.pb.h"
#include "wardwatch/v1/ward_service.grpc.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;
using std::chrono::milliseconds;

// Pages of one cell: three of them.
class PagedHotspots final : public api::HotspotService::Service {
 public:
  grpc::Status FindHotspots(grpc::ServerContext*, const api::FindHotspotsRequest* request, api::FindHotspotsResponse* response) override {
    const int page = request->page_token().empty() ? 0 : std::stoi(request->page_token());
    response->add_cells()->set_cell("s250:r1:c" + std::to_string(page));
    response->add_years()->set_hot_cells(7);
    response->mutable_context()->set_snapshot("page " + std::to_string(page));
    if (page < 2) response->set_next_page_token(std::to_string(page + 1));
    if (request->dataset() == "datasets/loop") response->set_next_page_token("1");
    return grpc::Status::OK;
  }
};

class BusyWards final : public api::WardService::Service {
 public:
  explicit BusyWards(int refusals) : refusals_(refusals) {}
  grpc::Status CompareWards(grpc::ServerContext* context, const api::CompareWardsRequest* request, api::CompareWardsResponse* response) override {
    ++calls;
    if (request->vintage() == "bad") {
      context->AddTrailingMetadata("wardwatch-reason", "UNKNOWN_VINTAGE");
      context->AddTrailingMetadata("wardwatch-field", "vintage");
      return {grpc::StatusCode::INVALID_ARGUMENT, "vintage: bad is unknown"};
    }
    if (request->vintage() == "draining") {
      context->AddTrailingMetadata("wardwatch-reason", "DRAINING");
      return {grpc::StatusCode::UNAVAILABLE, "the server is going down"};
    }
    if (calls <= refusals_) {
      context->AddTrailingMetadata("wardwatch-reason", "QUEUE_FULL");
      context->AddTrailingMetadata("retry-after-ms", "20");
      return {grpc::StatusCode::RESOURCE_EXHAUSTED, "the queue is full"};
    }
    response->add_rows()->set_area_code("E05014449");
    return grpc::Status::OK;
  }
  std::atomic<int> calls = 0;

 private:
  int refusals_;
};

class StreamedIncidents final : public api::IncidentService::Service {
 public:
  grpc::Status ListIncidents(grpc::ServerContext* context, const api::ListIncidentsRequest* request,
                             grpc::ServerWriter<api::ListIncidentsResponse>* writer) override {
    ++calls;
    for (int i = 0; i < 3; ++i) {
      api::ListIncidentsResponse chunk;
      chunk.add_incidents()->set_id("row " + std::to_string(i));
      if (!writer->Write(chunk)) return grpc::Status::CANCELLED;
    }
    if (request->cell().empty()) return grpc::Status::OK;
    context->AddTrailingMetadata("retry-after-ms", "1");
    return {grpc::StatusCode::RESOURCE_EXHAUSTED, "over the budget"};
  }
  std::atomic<int> calls = 0;
};

class ConnectionTest : public testing::Test {
 protected:
  void Serve(int refusals) {
    wards_ = std::make_unique<BusyWards>(refusals);
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(&hotspots_);
    builder.RegisterService(wards_.get());
    builder.RegisterService(&incidents_);
    server_ = builder.BuildAndStart();
    ASSERT_NE(server_, nullptr);
    address_ = "127.0.0.1:" + std::to_string(port);
    connection_ = std::make_unique<Connection>(address_, milliseconds(5000));
  }

  PagedHotspots hotspots_;
  std::unique_ptr<BusyWards> wards_;
  StreamedIncidents incidents_;
  std::unique_ptr<grpc::Server> server_;
  std::string address_;
  std::unique_ptr<Connection> connection_;
};

TEST_F(ConnectionTest, FollowsPagesAndKeepsTheFirstContext) {
  Serve(0);
  const auto answer = connection_->find_hotspots(api::FindHotspotsRequest());
  ASSERT_TRUE(answer) << answer.error().message;
  ASSERT_EQ(answer->cells_size(), 3);
  EXPECT_EQ(answer->cells(2).cell(), "s250:r1:c2");
  EXPECT_EQ(answer->years_size(), 1);
  EXPECT_EQ(answer->context().snapshot(), "page 0");
  EXPECT_TRUE(answer->next_page_token().empty());
}

TEST_F(ConnectionTest, PagesThatDoNotEndAreAnError) {
  Serve(0);
  api::FindHotspotsRequest request;
  request.set_dataset("datasets/loop");
  const auto answer = connection_->find_hotspots(request);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().reason, "PAGES_DO_NOT_END");
}

TEST_F(ConnectionTest, WaitsAndAsksOnceMoreWhenToldHowLong) {
  Serve(1);
  const auto answer = connection_->compare_wards(api::CompareWardsRequest());
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->rows_size(), 1);
  EXPECT_EQ(wards_->calls, 2);
}

TEST_F(ConnectionTest, AsksNoThirdTime) {
  Serve(5);
  const auto answer = connection_->compare_wards(api::CompareWardsRequest());
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, geo::ErrorCode::kResourceExhausted);
  EXPECT_EQ(answer.error().reason, "QUEUE_FULL");
  EXPECT_EQ(wards_->calls, 2);
  EXPECT_EQ(ExitCodeOf(answer.error()), kExitNoAnswer);
}

TEST_F(ConnectionTest, ReasonAndFieldComeFromTheMetadata) {
  Serve(0);
  api::CompareWardsRequest request;
  request.set_vintage("bad");
  const auto answer = connection_->compare_wards(request);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error(), (geo::Error{geo::ErrorCode::kInvalidArgument, "vintage", "UNKNOWN_VINTAGE", "vintage: bad is unknown"}));
  EXPECT_EQ(ExitCodeOf(answer.error()), kExitUsage);
  EXPECT_EQ(ErrorText(answer.error()), "wardwatch: vintage: bad is unknown [UNKNOWN_VINTAGE, set by --vintage]\n");
  EXPECT_EQ(wards_->calls, 1);
}

TEST_F(ConnectionTest, ADrainingServerIsNotUnreachable) {
  Serve(0);
  api::CompareWardsRequest request;
  request.set_vintage("draining");
  const auto answer = connection_->compare_wards(request);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().reason, "DRAINING");
  EXPECT_EQ(ExitCodeOf(answer.error()), kExitNoAnswer);
}

TEST_F(ConnectionTest, StreamsInOrderAndStopsWhenTheReaderDoes) {
  Serve(0);
  std::vector<std::string> ids;
  const auto take = [&ids](const api::ListIncidentsResponse& chunk) -> geo::Result<void> {
    for (const auto& incident : chunk.incidents()) ids.push_back(incident.id());
    return {};
  };
  ASSERT_TRUE(connection_->list_incidents(api::ListIncidentsRequest(), take));
  EXPECT_EQ(ids, (std::vector<std::string>{"row 0", "row 1", "row 2"}));

  const auto stopped = connection_->list_incidents(api::ListIncidentsRequest(), [](const api::ListIncidentsResponse&) -> geo::Result<void> {
    return geo::Fail({geo::ErrorCode::kInternal, "", "DISK_FULL", "no room"});
  });
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().reason, "DISK_FULL");
}

TEST_F(ConnectionTest, AStreamThatHasBegunIsNeverRepeated) {
  Serve(0);
  api::ListIncidentsRequest request;
  request.set_cell("s250:r1:c1");
  int rows = 0;
  const auto answer = connection_->list_incidents(request, [&rows](const api::ListIncidentsResponse& chunk) -> geo::Result<void> {
    rows += chunk.incidents_size();
    return {};
  });
  ASSERT_FALSE(answer);
  EXPECT_EQ(rows, 3);
  EXPECT_EQ(incidents_.calls, 1);
}

TEST_F(ConnectionTest, NobodyThere) {
  Serve(0);
  server_->Shutdown();
  server_->Wait();
  server_.reset();
  Connection nobody(address_, milliseconds(2000));
  const auto answer = nobody.get_status();
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().reason, kUnreachable);
  EXPECT_EQ(ExitCodeOf(answer.error()), kExitUnreachable);
  EXPECT_NE(ErrorText(answer.error()).find("is wardwatchd running? server/run starts it"), std::string::npos);
}

TEST(ErrorText, NamesTheFieldOnce) {
  EXPECT_EQ(ErrorText({geo::ErrorCode::kInvalidArgument, "cells.cell_size_m", "OUT_OF_RANGE", "5 is outside 10 to 100000"}),
            "wardwatch: cells.cell_size_m: 5 is outside 10 to 100000 [OUT_OF_RANGE, set by --cell-size]\n");
  EXPECT_EQ(ErrorText({geo::ErrorCode::kInvalidArgument, "--days", "BAD_FLAG", "x is no day"}), "wardwatch: --days: x is no day\n");
  EXPECT_EQ(ErrorText({geo::ErrorCode::kFailedPrecondition, "", "HOUR_UNKNOWN", "only the\nmonth"}), "wardwatch: only the?month [HOUR_UNKNOWN]\n");
}

}  // namespace
}  // namespace server
