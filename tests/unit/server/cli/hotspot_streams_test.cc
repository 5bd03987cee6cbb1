// Streams of HotspotService against a gRPC server in this process: progress, the whole surface, and a call that is stopped.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "server/cli/connection.h"
#include "server/cli/error_text.h"
#include "server/cli/interrupt.h"
#include "server/cli/progress_line.h"
#include "server/cli/surface_answer.h"
#include "wardwatch/v1/hotspot_service.grpc.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;
using std::chrono::milliseconds;

class StreamingHotspots final : public api::HotspotService::Service {
 public:
  grpc::Status FindHotspots(grpc::ServerContext*, const api::FindHotspotsRequest* request, api::FindHotspotsResponse* response) override {
    response->add_cells()->set_cell("page " + request->page_token());
    return grpc::Status::OK;
  }
  grpc::Status WatchHotspots(grpc::ServerContext*, const api::WatchHotspotsRequest* request, grpc::ServerWriter<api::WatchHotspotsResponse>* writer) override {
    for (const double share : {0.25, 1.0}) {
      api::WatchHotspotsResponse piece;
      piece.mutable_progress()->set_stage("permutations");
      piece.mutable_progress()->set_share(share);
      writer->Write(piece);
    }
    if (request->question().dataset() == "datasets/silent") return grpc::Status::OK;
    api::WatchHotspotsResponse last;
    last.mutable_answer()->add_cells()->set_cell("first");
    last.mutable_answer()->set_next_page_token("two");
    writer->Write(last);
    return grpc::Status::OK;
  }
  grpc::Status ComputeSurface(grpc::ServerContext* context, const api::ComputeSurfaceRequest* request,
                              grpc::ServerWriter<api::ComputeSurfaceResponse>* writer) override {
    api::ComputeSurfaceResponse progress;
    progress.mutable_progress()->set_stage("density");
    writer->Write(progress);
    if (request->dataset() == "datasets/endless") {
      while (!context->IsCancelled()) std::this_thread::sleep_for(milliseconds(5));
      cancelled = true;
      return {grpc::StatusCode::CANCELLED, "stopped"};
    }
    api::ComputeSurfaceResponse header;
    header.mutable_header()->set_columns(2);
    header.mutable_header()->set_rows(1);
    header.mutable_header()->set_cell_size_m(100);
    writer->Write(header);
    if (request->dataset() == "datasets/cut") return grpc::Status::OK;
    api::ComputeSurfaceResponse rows;
    rows.mutable_rows()->add_values(1.5);
    rows.mutable_rows()->add_values(2.5);
    writer->Write(rows);
    api::ComputeSurfaceResponse end;
    end.mutable_context()->set_snapshot("s");
    writer->Write(end);
    return grpc::Status::OK;
  }
  std::atomic<bool> cancelled = false;
};

class HotspotStreams : public testing::Test {
 protected:
  HotspotStreams() {
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(&hotspots_);
    server_ = builder.BuildAndStart();
    connection_ = std::make_unique<Connection>("127.0.0.1:" + std::to_string(port), milliseconds(20'000));
  }
  api::ComputeSurfaceRequest about(const std::string& dataset) {
    api::ComputeSurfaceRequest request;
    request.set_dataset(dataset);
    return request;
  }
  // Waits for what another thread does; false after ten seconds.
  static bool Soon(const std::atomic<bool>& flag) {
    for (int i = 0; i < 2000 && !flag; ++i) std::this_thread::sleep_for(milliseconds(5));
    return flag;
  }

  StreamingHotspots hotspots_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<Connection> connection_;
};

TEST_F(HotspotStreams, WatchTellsProgressAndFetchesTheRestOfThePages) {
  std::vector<double> shares;
  const auto answer = connection_->watch_hotspots(api::FindHotspotsRequest(), [&](const api::Progress& progress) { shares.push_back(progress.share()); });
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_THAT(shares, testing::ElementsAre(0.25, 1.0));
  ASSERT_EQ(answer->cells_size(), 2);
  EXPECT_EQ(answer->cells(1).cell(), "page two");
}

TEST_F(HotspotStreams, AStreamWithoutAnAnswerIsAnError) {
  api::FindHotspotsRequest request;
  request.set_dataset("datasets/silent");
  EXPECT_EQ(connection_->watch_hotspots(request, {}).error().reason, "BAD_STREAM");
  EXPECT_EQ(connection_->compute_surface(about("datasets/cut"), {}).error().reason, "BAD_STREAM");
}

TEST_F(HotspotStreams, ASurfaceComesWhole) {
  int steps = 0;
  const auto surface = connection_->compute_surface(about("datasets/medway"), [&](const api::Progress&) { ++steps; });
  ASSERT_TRUE(surface) << surface.error().message;
  EXPECT_EQ(steps, 1);
  EXPECT_THAT(surface->values, testing::ElementsAre(1.5, 2.5));
  EXPECT_EQ(surface->context.snapshot(), "s");
}

TEST_F(HotspotStreams, CancelEndsTheCallAtOnceAndTellsTheServer) {
  std::atomic<bool> begun = false;
  std::atomic<bool> busy = false;
  std::thread other([&] {
    ASSERT_TRUE(Soon(begun));
    busy = connection_->cancel();
  });
  const auto start = std::chrono::steady_clock::now();
  const auto stopped = connection_->compute_surface(about("datasets/endless"), [&](const api::Progress&) { begun = true; });
  const auto took = std::chrono::steady_clock::now() - start;
  other.join();
  ASSERT_FALSE(stopped);
  EXPECT_TRUE(busy);
  EXPECT_EQ(stopped.error().reason, kInterrupted);
  EXPECT_EQ(ExitCodeOf(stopped.error()), kExitInterrupted);
  EXPECT_EQ(ErrorText(stopped.error()), "wardwatch: stopped\n");
  EXPECT_LT(took, std::chrono::seconds(10));
  EXPECT_TRUE(Soon(hotspots_.cancelled)) << "the server was not told";
  EXPECT_EQ(connection_->compute_surface(about("datasets/medway"), {}).error().reason, kInterrupted) << "and nothing is asked after that";
  EXPECT_FALSE(connection_->cancel()) << "no call is under way";
}

// In a process of its own: here other threads, which do not block the signal, would take it.
TEST(InterruptDeathTest, ActsInsteadOfEndingTheProcess) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  for (const int signal : {SIGINT, SIGTERM}) {
    EXPECT_EXIT(
        {
          const Interrupt interrupt([] { _exit(7); });
          kill(getpid(), signal);
          std::this_thread::sleep_for(std::chrono::seconds(10));
        },
        testing::ExitedWithCode(7), "");
  }
}

TEST(InterruptDeathTest, GivesTheSignalBackAndLeavesAnIgnoredOneIgnored) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_EXIT(
      {
        {
          const Interrupt interrupt([] { _exit(7); });
        }
        kill(getpid(), SIGINT);
        std::this_thread::sleep_for(std::chrono::seconds(10));
      },
      testing::KilledBySignal(SIGINT), "");
  EXPECT_EXIT(
      {
        std::signal(SIGINT, SIG_IGN);
        const Interrupt interrupt([] { _exit(7); });
        kill(getpid(), SIGINT);
        std::this_thread::sleep_for(milliseconds(100));
        _exit(8);
      },
      testing::ExitedWithCode(8), "");
}

TEST(ProgressLine, ShowsChangesOnlyAndGoes) {
  std::string screen;
  {
    ProgressLine line([&screen](std::string_view text) { screen += text; });
    api::Progress progress;
    progress.set_stage("density\x1b[2J");
    progress.set_share(0.429);
    line.show(progress);
    line.show(progress);
    progress.set_share(7);
    line.show(progress);
  }
  EXPECT_EQ(screen, "\r\x1b[Kwardwatch: density?[2J 42 %\r\x1b[Kwardwatch: density?[2J 100 %\r\x1b[K");
  ProgressLine silent{ProgressLine::Write()};
  silent.show(api::Progress());
  silent.clear();
}

}  // namespace
}  // namespace server
