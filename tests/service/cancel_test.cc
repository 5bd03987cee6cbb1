// K1 and K3: a cancel and a deadline stop the work, not only the reply.
#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <thread>

#include "tests/service/running_server.h"

namespace service_test {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

#ifdef WARDWATCH_SANITIZED
constexpr auto kSlack = 100ms;
#else
constexpr auto kSlack = 50ms;
#endif
// What a busy machine adds between the worker and this thread's look at it; the promise itself is kSlack.
constexpr auto kMachine = 100ms;

// Enough distinct places for a kernel that takes seconds: every place asks for every other within 5 km.
std::shared_ptr<const geo::Snapshot> Crowd() {
  static const auto crowd = [] {
    geo::DrawnDataset town;
    town.record().id = "town";
    std::mt19937 random(20240502);
    const geo::LocalMinute year = geo::DayOf(2023, 1, 1) * geo::kMinutesPerDay;
    for (int i = 0; i < 30'000; ++i) {
      const auto at = geo::GridPoint::FromMeters(500'000 + static_cast<double>(random() % 7000), 200'000 + static_cast<double>(random() % 7000));
      const auto from = year + static_cast<geo::LocalMinute>(random() % (365 * geo::kMinutesPerDay));
      town.add({at, from, from + 1, 0, 0});
    }
    return town.build();
  }();
  return crowd;
}

v1::FindHotspotsRequest Heavy() {
  auto request = HotspotsOf2023();
  request.mutable_cells()->set_cell_size_m(10);
  request.set_bandwidth_m(5000);
  request.set_selection(v1::CELL_SELECTION_OCCUPIED);
  request.set_previous_years(0);
  return request;
}

v1::GetStatusResponse StatusOf(Clients& clients) {
  grpc::ClientContext context;
  v1::GetStatusResponse status;
  EXPECT_TRUE(clients.admin->GetStatus(&context, {}, &status).ok());
  return status;
}

// How long until no worker is busy.
Clock::duration UntilIdle(Clients& clients, Clock::duration limit) {
  const auto begin = Clock::now();
  while (Clock::now() - begin < limit) {
    const auto status = StatusOf(clients);
    if (status.running() == 0 && status.queued() == 0) break;
    std::this_thread::sleep_for(1ms);
  }
  return Clock::now() - begin;
}

struct Loaded : ::testing::Test {
  RunningServer running{[] { return geo::Result<std::shared_ptr<const geo::Snapshot>>(Crowd()); }, 1};
  void ExpectIdleWithin(Clock::duration promise) {
    const auto took = UntilIdle(*running.clients, 20s);
    RecordProperty("idle_ms", static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(took).count()));
    EXPECT_LT(took, promise + kMachine);
  }
};

TEST_F(Loaded, TheHeavyRequestIsHeavy) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + 500ms);
  v1::FindHotspotsResponse response;
  EXPECT_EQ(running.clients->hotspots->FindHotspots(&context, Heavy(), &response).error_code(), grpc::StatusCode::DEADLINE_EXCEEDED)
      << "the tests below prove nothing with a request that ends by itself";
}

TEST_F(Loaded, K1_ACancelFreesTheWorker) {
  std::mt19937 random(20240502);
  for (int round = 0; round < 10; ++round) {
    grpc::ClientContext context;
    v1::FindHotspotsResponse response;
    std::thread caller([&] { EXPECT_EQ(running.clients->hotspots->FindHotspots(&context, Heavy(), &response).error_code(), grpc::StatusCode::CANCELLED); });
    const auto limit = Clock::now() + 20s;
    while (StatusOf(*running.clients).running() == 0 && Clock::now() < limit) std::this_thread::sleep_for(1ms);
    std::this_thread::sleep_for(std::chrono::milliseconds(random() % 50));
    context.TryCancel();
    ExpectIdleWithin(kSlack);
    caller.join();
  }
}

TEST_F(Loaded, K3_NoAnswerAfterTheDeadlineAndNoWorkEither) {
  for (const auto deadline : {1ms, 10ms, 100ms, 300ms}) {
    grpc::ClientContext context;
    const auto begin = Clock::now();
    context.set_deadline(std::chrono::system_clock::now() + deadline);
    v1::FindHotspotsResponse response;
    const auto status = running.clients->hotspots->FindHotspots(&context, Heavy(), &response);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
    EXPECT_LT(Clock::now() - begin, deadline + kSlack + kMachine);
    ExpectIdleWithin(kSlack);
  }
}

TEST_F(Loaded, K3_QueuedRequestsPastTheirDeadlineNeverStart) {
  grpc::ClientContext first;
  v1::FindHotspotsResponse response;
  std::thread caller([&] { (void)running.clients->hotspots->FindHotspots(&first, Heavy(), &response); });
  const auto limit = Clock::now() + 20s;
  while (StatusOf(*running.clients).running() == 0 && Clock::now() < limit) std::this_thread::sleep_for(1ms);
  for (int i = 0; i < 5; ++i) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + 20ms);
    v1::FindHotspotsResponse queued;
    EXPECT_EQ(running.clients->hotspots->FindHotspots(&context, Heavy(), &queued).error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  }
  first.TryCancel();
  caller.join();
  // Had one of them started, it would keep the worker for seconds.
  ExpectIdleWithin(kSlack);
}

// A client that goes away in the middle of a stream.
TEST_F(Loaded, K1_ACancelledStreamFreesItsPlace) {
  for (int round = 0; round < 5; ++round) {
    grpc::ClientContext context;
    const auto reader = running.clients->incidents->ListIncidents(&context, IncidentsOf2023());
    v1::ListIncidentsResponse chunk;
    ASSERT_TRUE(reader->Read(&chunk));
    EXPECT_LE(chunk.ByteSizeLong(), 1U << 20);
    context.TryCancel();
    while (reader->Read(&chunk)) {
    }
    EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
    ExpectIdleWithin(kSlack);
  }
}

// A slow reader costs one chunk, no worker: others are answered meanwhile by the one worker.
TEST_F(Loaded, O5_ASlowReaderHoldsNoWorker) {
  grpc::ClientContext slow;
  const auto reader = running.clients->incidents->ListIncidents(&slow, IncidentsOf2023());
  v1::ListIncidentsResponse chunk;
  ASSERT_TRUE(reader->Read(&chunk));
  for (int i = 0; i < 5; ++i) {
    grpc::ClientContext context;
    v1::FindHotspotsResponse response;
    EXPECT_TRUE(running.clients->hotspots->FindHotspots(&context, HotspotsOf2023(), &response).ok());
  }
  std::int64_t rows = chunk.incidents_size();
  while (reader->Read(&chunk)) rows += chunk.incidents_size();
  EXPECT_TRUE(reader->Finish().ok());
  EXPECT_EQ(rows, 30'000);
}

// O7: what does not fit is refused with a hint, and the health check answers meanwhile.
TEST(O7_Overload, IsRefusedWithAHint) {
  RunningServer running([] { return geo::Result<std::shared_ptr<const geo::Snapshot>>(Crowd()); }, 1, 1);
  grpc::ClientContext contexts[2];
  std::vector<std::thread> callers;
  for (auto& context : contexts) {
    callers.emplace_back([&] {
      v1::FindHotspotsResponse response;
      (void)running.clients->hotspots->FindHotspots(&context, Heavy(), &response);
    });
  }
  const auto limit = Clock::now() + 20s;
  while (StatusOf(*running.clients).queued() == 0 && Clock::now() < limit) std::this_thread::sleep_for(1ms);
  grpc::ClientContext refused, health;
  v1::FindHotspotsResponse response;
  const auto begin = Clock::now();
  EXPECT_EQ(running.clients->hotspots->FindHotspots(&refused, Heavy(), &response).error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_LT(Clock::now() - begin, 10ms + kMachine);
  EXPECT_EQ(Detail(refused, "wardwatch-reason"), "QUEUE_FULL");
  EXPECT_GE(std::stoi("0" + Detail(refused, "retry-after-ms")), 50);
  grpc::health::v1::HealthCheckResponse healthy;
  EXPECT_TRUE(running.clients->health->Check(&health, {}, &healthy).ok());
  EXPECT_EQ(healthy.status(), grpc::health::v1::HealthCheckResponse::SERVING);
  EXPECT_EQ(StatusOf(*running.clients).refused(), 1);
  for (auto& context : contexts) context.TryCancel();
  for (auto& caller : callers) caller.join();
}

}  // namespace
}  // namespace service_test
