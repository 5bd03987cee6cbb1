// Long questions: they say how far they are, and stop at once when cancelled or out of time. K1 and K3 for the calls of HotspotService that stream.
#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <thread>

#include "tests/service/crowd.h"
#include "tests/service/streamed_answers.h"

namespace service_test {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr Clock::duration kGenerous = 5s;

struct LongQuestions : ::testing::Test {
  RunningServer running{[] { return geo::Result<std::shared_ptr<const geo::Snapshot>>(Crowd()); }, 2};
  grpc::ClientContext context;
  Clients& clients() { return *running.clients; }

  void ExpectIdle() {
    const auto begin = Clock::now();
    v1::GetStatusResponse status;
    do {
      grpc::ClientContext own;
      ASSERT_TRUE(clients().admin->GetStatus(&own, {}, &status).ok());
      std::this_thread::sleep_for(1ms);
    } while (status.running() + status.queued() > 0 && Clock::now() - begin < kGenerous);
    EXPECT_EQ(status.running() + status.queued(), 0) << "the work goes on";
  }
};

// Tens of millions of permutations: seconds of work wherever it runs.
v1::FindHotspotsRequest ManyPermutations() {
  auto request = HotspotsOf2023();
  request.mutable_cells()->set_cell_size_m(50);
  request.set_previous_years(0);
  request.mutable_significance()->set_statistic(v1::LOCAL_STATISTIC_LOCAL_MORAN);
  request.mutable_significance()->set_permutations(9'999);
  return request;
}

// 30,000 incidents with an exponential for each cell of 20 m within 1.2 km: some hundred million, seconds of work within the budget of pairs.
v1::ComputeSurfaceRequest FineSurface() {
  auto request = SurfaceOf2023();
  request.set_cell_size_m(20);
  request.mutable_density()->set_kernel(v1::KERNEL_NEGATIVE_EXPONENTIAL);
  request.mutable_density()->set_bandwidth_m(30);
  return request;
}

void ExpectOrderly(const std::vector<v1::Progress>& progress) {
  std::map<std::string, double> last;
  for (const auto& one : progress) {
    EXPECT_FALSE(one.stage().empty());
    EXPECT_GE(one.share(), 0);
    EXPECT_LE(one.share(), 1);
    EXPECT_GE(one.share(), last[one.stage()]) << one.stage();
    last[one.stage()] = one.share();
  }
}

TEST_F(LongQuestions, ProgressArrivesAndACancelStopsTheWork) {
  int heard = 0;
  Clock::time_point cancelled;
  const auto watched = Watch(clients(), context, ManyPermutations(), [&](const v1::Progress&) {
    if (++heard < 2) return;
    cancelled = Clock::now();
    context.TryCancel();
  });
  EXPECT_EQ(watched.status.error_code(), grpc::StatusCode::CANCELLED) << "answered within " << heard << " reports: not a long question";
  EXPECT_GE(heard, 2);
  EXPECT_LT(Clock::now() - cancelled, kGenerous);
  ExpectOrderly(watched.progress);
  ExpectIdle();
}

TEST_F(LongQuestions, ADeadlineEndsAWatch) {
  context.set_deadline(std::chrono::system_clock::now() + 300ms);
  const auto begin = Clock::now();
  const auto watched = Watch(clients(), context, ManyPermutations());
  EXPECT_EQ(watched.status.error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  EXPECT_FALSE(watched.answer);
  EXPECT_LT(Clock::now() - begin, kGenerous);
  ExpectIdle();
}

TEST_F(LongQuestions, ADeadlineThatHasPassedStartsNothing) {
  context.set_deadline(std::chrono::system_clock::now() - 1s);
  EXPECT_EQ(ReadSurface(clients(), context, SurfaceOf2023()).status.error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  grpc::ClientContext areas;
  areas.set_deadline(std::chrono::system_clock::now() - 1s);
  v1::FindAreaHotspotsResponse response;
  EXPECT_EQ(clients().hotspots->FindAreaHotspots(&areas, AreaHotspotsOf2023(), &response).error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
}

TEST_F(LongQuestions, ASurfaceTellsItsProgressAndIsCancelled) {
  int heard = 0;
  const auto surface = ReadSurface(clients(), context, FineSurface(), [&](const v1::Progress&) {
    ++heard;
    context.TryCancel();
  });
  EXPECT_EQ(surface.status.error_code(), grpc::StatusCode::CANCELLED) << "heard " << heard;
  EXPECT_GE(heard, 1);
  ExpectOrderly(surface.progress);
  ExpectIdle();
}

TEST_F(LongQuestions, ADeadlineEndsASurface) {
  context.set_deadline(std::chrono::system_clock::now() + 150ms);
  const auto surface = ReadSurface(clients(), context, FineSurface());
  EXPECT_EQ(surface.status.error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  EXPECT_FALSE(surface.context);
  ExpectIdle();
}

TEST_F(LongQuestions, ADeadlineAndACancelEndPlaces) {
  auto request = PlacesOf2023();
  *request.mutable_surface() = FineSurface();
  context.set_deadline(std::chrono::system_clock::now() + 150ms);
  v1::FindPlacesResponse response;
  EXPECT_EQ(clients().hotspots->FindPlaces(&context, request, &response).error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  ExpectIdle();
  grpc::ClientContext cancelled;
  std::thread caller([&] { EXPECT_EQ(clients().hotspots->FindPlaces(&cancelled, request, &response).error_code(), grpc::StatusCode::CANCELLED); });
  std::this_thread::sleep_for(50ms);
  cancelled.TryCancel();
  caller.join();
  ExpectIdle();
}

// Progress is no part of the answer: with it or without, at any pace, the answer has the same bytes.
TEST_F(LongQuestions, TheAnswerIsTheSameWithProgress) {
  auto request = ManyPermutations();
  request.mutable_cells()->set_cell_size_m(500);
  request.mutable_significance()->set_permutations(20'000);
  const auto watched = Watch(clients(), context, request);
  ASSERT_TRUE(watched.status.ok()) << watched.status.error_message();
  ExpectOrderly(watched.progress);
  grpc::ClientContext plain;
  v1::FindHotspotsResponse found;
  ASSERT_TRUE(clients().hotspots->FindHotspots(&plain, request, &found).ok());
  EXPECT_EQ(server::DeterministicBytes(*watched.answer), server::DeterministicBytes(found));
}

// A client that hears of progress and then reads no more: its place is free again at the server's own deadline.
TEST(K3_Watch, ThatNobodyReadsEnds) {
  RunningServer running([] { return geo::Result<std::shared_ptr<const geo::Snapshot>>(Crowd()); }, 1, 0, {8s, 60s});
  grpc::ClientContext context;
  v1::WatchHotspotsRequest request;
  *request.mutable_question() = ManyPermutations();
  const auto reader = running.clients->hotspots->WatchHotspots(&context, request);
  v1::WatchHotspotsResponse piece;
  ASSERT_TRUE(reader->Read(&piece));
  EXPECT_TRUE(piece.has_progress());
  EXPECT_TRUE(running.server->drain(60s));  // waits for what is under way
  while (reader->Read(&piece)) {
  }
  EXPECT_FALSE(reader->Finish().ok());
}

// Only so many surfaces are held at a time: each holds its values until its reader has taken them.
TEST(O7_Surfaces, TooManyAtOnceAreRefusedWithAHint) {
  RunningServer running([] { return geo::Result<std::shared_ptr<const geo::Snapshot>>(Crowd()); }, 1);
  grpc::ChannelArguments narrow;
  narrow.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  narrow.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  narrow.SetInt(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, 65'535);
  const auto stub =
      v1::HotspotService::NewStub(grpc::CreateCustomChannel("127.0.0.1:" + std::to_string(running.server->port()), grpc::InsecureChannelCredentials(), narrow));
  auto request = SurfaceOf2023();
  request.set_cell_size_m(10);
  request.mutable_density()->set_bandwidth_m(20);
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<std::unique_ptr<grpc::ClientReader<v1::ComputeSurfaceResponse>>> readers;
  v1::ComputeSurfaceResponse piece;
  for (int i = 0; i < server::limits::kLiveSurfaces; ++i) {
    readers.push_back(stub->ComputeSurface(contexts.emplace_back(std::make_unique<grpc::ClientContext>()).get(), request));
    do {
      ASSERT_TRUE(readers.back()->Read(&piece));
    } while (!piece.has_header());
  }
  grpc::ClientContext refused, later;
  EXPECT_EQ(ReadSurface(*running.clients, refused, request).status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(Detail(refused, "wardwatch-reason"), "QUEUE_FULL");
  EXPECT_NE(Detail(refused, "retry-after-ms"), "");
  for (auto& context : contexts) context->TryCancel();
  for (auto& reader : readers) {
    while (reader->Read(&piece)) {
    }
    EXPECT_FALSE(reader->Finish().ok());
  }
  const auto begin = Clock::now();
  grpc::StatusCode code = grpc::StatusCode::RESOURCE_EXHAUSTED;
  while (code == grpc::StatusCode::RESOURCE_EXHAUSTED && Clock::now() - begin < kGenerous) {
    grpc::ClientContext again;
    code = ReadSurface(*running.clients, again, SurfaceOf2023()).status.error_code();
  }
  EXPECT_EQ(code, grpc::StatusCode::OK);
}

}  // namespace
}  // namespace service_test
