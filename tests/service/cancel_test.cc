// K1 and K3: a cancel and a deadline stop the work, not only the reply.
#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <thread>

#include "tests/service/crowd.h"
#include "tests/service/running_server.h"
#include "tests/service/ward_requests.h"

namespace service_test {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

// A stop is quick when it takes nothing like as long as the work: seconds are allowed where milliseconds are usual, so that no busy machine can
// fail it.
constexpr Clock::duration kSoon = 2s;

constexpr Clock::duration kWardsSoon = 5s;

v1::FindHotspotsRequest Heavy() {
  auto request = HotspotsOf2023();
  request.mutable_cells()->set_cell_size_m(50);
  // An exponential for each of 590 million pairs, and then more than a thousand million draws.
  request.mutable_density()->set_kernel(v1::KERNEL_NEGATIVE_EXPONENTIAL);
  request.mutable_density()->set_bandwidth_m(600);
  request.mutable_significance()->set_statistic(v1::LOCAL_STATISTIC_LOCAL_MORAN);
  request.mutable_significance()->set_permutations(9'999);
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

void ExpectSoon(const std::vector<Clock::duration>& tries) {
  for (const auto took : tries) EXPECT_LT(took, kSoon);
}

struct Loaded : ::testing::Test {
  RunningServer running{[] { return geo::Result<std::shared_ptr<const geo::Snapshot>>(Crowd()); }, 1};
  Clock::duration idle() { return UntilIdle(*running.clients, 20s); }
};

TEST_F(Loaded, TheHeavyRequestIsHeavy) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kSoon + 1s);
  v1::FindHotspotsResponse response;
  EXPECT_EQ(running.clients->hotspots->FindHotspots(&context, Heavy(), &response).error_code(), grpc::StatusCode::DEADLINE_EXCEEDED)
      << "the tests below prove nothing with a request that ends by itself";
}

TEST_F(Loaded, K1_ACancelFreesTheWorker) {
  std::mt19937 random(20240502);
  std::vector<Clock::duration> tries;
  for (int round = 0; round < 9; ++round) {
    grpc::ClientContext context;
    v1::FindHotspotsResponse response;
    std::thread caller([&] { EXPECT_EQ(running.clients->hotspots->FindHotspots(&context, Heavy(), &response).error_code(), grpc::StatusCode::CANCELLED); });
    const auto limit = Clock::now() + 20s;
    while (StatusOf(*running.clients).running() == 0 && Clock::now() < limit) std::this_thread::sleep_for(1ms);
    std::this_thread::sleep_for(std::chrono::milliseconds(random() % 50));
    context.TryCancel();
    tries.push_back(idle());
    caller.join();
  }
  ExpectSoon(tries);
}

TEST_F(Loaded, K3_NoAnswerAfterTheDeadlineAndNoWorkEither) {
  std::vector<Clock::duration> replies, works;
  for (const Clock::duration deadline : {1ms, 10ms, 30ms, 100ms, 300ms}) {
    grpc::ClientContext context;
    const auto begin = Clock::now();
    context.set_deadline(std::chrono::system_clock::now() + deadline);
    v1::FindHotspotsResponse response;
    const auto status = running.clients->hotspots->FindHotspots(&context, Heavy(), &response);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
    replies.push_back(Clock::now() - begin - deadline);
    works.push_back(idle());
  }
  ExpectSoon(replies);
  ExpectSoon(works);
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
  EXPECT_LT(idle(), kSoon);
}

// A client that goes away in the middle of a stream.
TEST_F(Loaded, K1_ACancelledStreamFreesItsPlace) {
  std::vector<Clock::duration> tries;
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
    tries.push_back(idle());
  }
  ExpectSoon(tries);
}

// A client whose side of the wire holds little: unread, a list of some megabytes stands still at the server.
std::unique_ptr<v1::IncidentService::Stub> NarrowClient(int port) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  arguments.SetInt(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, 65'535);
  return v1::IncidentService::NewStub(grpc::CreateCustomChannel("127.0.0.1:" + std::to_string(port), grpc::InsecureChannelCredentials(), arguments));
}

// A reader that takes nothing and names no deadline: its place, its rows and its hold on the snapshot end at the server's own deadline.
TEST(K3_Stream, ThatNobodyReadsIsCutOffAtTheServersDeadline) {
  std::weak_ptr<const geo::Snapshot> old;
  RunningServer running(
      [&] {
        // Counted apart at each load, so that only the server holds it.
        const auto own = std::make_shared<std::shared_ptr<const geo::Snapshot>>(Crowd());
        std::shared_ptr<const geo::Snapshot> snapshot(own, own->get());
        if (old.expired()) old = snapshot;
        return geo::Result<std::shared_ptr<const geo::Snapshot>>(std::move(snapshot));
      },
      1, 0, {4s, 60s});
  grpc::ClientContext context;
  const auto begin = Clock::now();
  const auto client = NarrowClient(running.server->port());
  const auto reader = client->ListIncidents(&context, IncidentsOf2023());
  v1::ListIncidentsResponse chunk;
  ASSERT_TRUE(reader->Read(&chunk));  // it has begun; from here on nobody reads
  grpc::ClientContext reload;
  v1::ReloadResponse reloaded;
  ASSERT_TRUE(running.clients->admin->Reload(&reload, {}, &reloaded).ok());
  EXPECT_FALSE(old.expired()) << "the stream ended before anyone had to end it";
  while (!old.expired() && Clock::now() - begin < 20s) std::this_thread::sleep_for(5ms);
  EXPECT_TRUE(old.expired());
  EXPECT_GE(Clock::now() - begin, 4s);
  while (reader->Read(&chunk)) {
  }
  EXPECT_FALSE(reader->Finish().ok());
}

// Nor does a deadline of a day hold a place for a day.
TEST(K3_Stream, ALongDeadlineIsCutToTheServersMost) {
  RunningServer running([] { return geo::Result<std::shared_ptr<const geo::Snapshot>>(Crowd()); }, 1, 0, {60s, 4s});
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + 24h);
  const auto client = NarrowClient(running.server->port());
  const auto reader = client->ListIncidents(&context, IncidentsOf2023());
  v1::ListIncidentsResponse chunk;
  ASSERT_TRUE(reader->Read(&chunk));
  // The drain waits for what is under way, and so for the stream.
  EXPECT_TRUE(running.server->drain(40s));
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
  EXPECT_LT(Clock::now() - begin, kSoon);
  EXPECT_EQ(Detail(refused, "wardwatch-reason"), "QUEUE_FULL");
  EXPECT_GE(std::stoi("0" + Detail(refused, "retry-after-ms")), 50);
  grpc::health::v1::HealthCheckResponse healthy;
  EXPECT_TRUE(running.clients->health->Check(&health, {}, &healthy).ok());
  EXPECT_EQ(healthy.status(), grpc::health::v1::HealthCheckResponse::SERVING);
  EXPECT_EQ(StatusOf(*running.clients).refused(), 1);
  for (auto& context : contexts) context.TryCancel();
  for (auto& caller : callers) caller.join();
}

// 900 wards with one to three incidents a month each, from 2020 to 2023.
std::shared_ptr<const geo::Snapshot> ManyWards() {
  static const auto county = [] {
    geo::DrawnDataset drawn;
    drawn.record().id = "town";
    const auto wards = drawn.add_vintage("wards-2022", geo::DayOf(2022, 5, 1));
    std::mt19937 random(20240502);
    for (int i = 0; i < 900; ++i) {
      const std::string code = "E" + std::to_string(1000 + i);
      const double easting_m = 500'000 + 250 * (i % 30), northing_m = 200'000 + 250 * (i / 30);
      drawn.add_square(wards, code, easting_m, northing_m, 250);
      drawn.add_residents(wards, code, 2023, 1000 + static_cast<double>(random() % 1000));
      drawn.add_monthly({geo::DayOf(2020, 1, 1), geo::DayOf(2024, 1, 1)}, 1 + static_cast<std::int64_t>(random() % 3),
                        geo::GridPoint::FromMeters(easting_m + 125, northing_m + 125), 0);
    }
    return drawn.build();
  }();
  return county;
}

// Ranks of 900 wards under two denominators, each drawn a hundred thousand times, come near the most that is drawn at all.
TEST(K1_Wards, ACancelledRankingFreesTheWorker) {
  RunningServer running([] { return geo::Result<std::shared_ptr<const geo::Snapshot>>(ManyWards()); }, 1);
  auto request = RanksOf2023();
  request.set_draws(100'000);
  grpc::ClientContext in_time;
  in_time.set_deadline(std::chrono::system_clock::now() + kWardsSoon + 1s);
  v1::RankWardsResponse response;
  ASSERT_EQ(running.clients->wards->RankWards(&in_time, request, &response).error_code(), grpc::StatusCode::DEADLINE_EXCEEDED)
      << "the request ends by itself, so stopping it proves nothing";
  EXPECT_LT(UntilIdle(*running.clients, 60s), kWardsSoon) << "after the deadline";
  for (int round = 0; round < 3; ++round) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + 60s);
    std::thread caller([&] {
      v1::RankWardsResponse unread;
      EXPECT_EQ(running.clients->wards->RankWards(&context, request, &unread).error_code(), grpc::StatusCode::CANCELLED);
    });
    const auto limit = Clock::now() + 20s;
    while (StatusOf(*running.clients).running() == 0 && Clock::now() < limit) std::this_thread::sleep_for(1ms);
    std::this_thread::sleep_for(std::chrono::milliseconds(100 * round));
    context.TryCancel();
    EXPECT_LT(UntilIdle(*running.clients, 60s), kWardsSoon) << "round " << round;
    caller.join();
  }
  grpc::ClientContext next;
  EXPECT_TRUE(running.clients->wards->RankWards(&next, RanksOf2023(), &response).ok()) << "with the draws of a usual question";
}

// Nor do 900 series of four years hold it.
TEST(K1_Wards, CancelledTrendsFreeTheWorker) {
  RunningServer running([] { return geo::Result<std::shared_ptr<const geo::Snapshot>>(ManyWards()); }, 1);
  for (int round = 0; round < 3; ++round) {
    grpc::ClientContext context;
    std::thread caller([&] {
      v1::AnalyseTrendsResponse unread;
      // A machine quick enough may have answered.
      const auto status = running.clients->wards->AnalyseTrends(&context, TrendsFrom2020(), &unread);
      EXPECT_TRUE(status.ok() || status.error_code() == grpc::StatusCode::CANCELLED) << status.error_message();
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(10 + 50 * round));
    context.TryCancel();
    EXPECT_LT(UntilIdle(*running.clients, 60s), kWardsSoon) << "round " << round;
    caller.join();
  }
}

}  // namespace
}  // namespace service_test
