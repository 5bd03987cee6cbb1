// R1 to R4 in one process: a reload swaps whole or not at all, under load.
#include <atomic>
#include <future>
#include <mutex>
#include <set>
#include <thread>

#include "tests/service/running_server.h"

namespace service_test {
namespace {

using SnapshotResult = geo::Result<std::shared_ptr<const geo::Snapshot>>;

TEST(R1_FailedReload, LeavesWhatIsServed) {
  int call = 0;
  RunningServer running([&]() -> SnapshotResult {
    if (++call == 1) return DrawnTown().build();
    return geo::Fail({geo::ErrorCode::kDataLoss, "", "STORE_DAMAGED", "the store is damaged"});
  });
  grpc::ClientContext before, reload, after;
  v1::GetStatusResponse status;
  ASSERT_TRUE(running.clients->admin->GetStatus(&before, {}, &status).ok());
  const std::string served = status.snapshot();
  v1::ReloadResponse reloaded;
  const auto refused = running.clients->admin->Reload(&reload, {}, &reloaded);
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::DATA_LOSS);
  EXPECT_EQ(Detail(reload, "wardwatch-reason"), "STORE_DAMAGED");
  ASSERT_TRUE(running.clients->admin->GetStatus(&after, {}, &status).ok());
  EXPECT_EQ(status.snapshot(), served);
  EXPECT_EQ(status.last_reload_error(), "the store is damaged");
  grpc::ClientContext context;
  v1::FindHotspotsResponse response;
  EXPECT_TRUE(running.clients->hotspots->FindHotspots(&context, HotspotsOf2023(), &response).ok());
}

// Each answer's own numbers tell which snapshot it came from; its context must name the same.
TEST(R2_ReloadUnderLoad, EveryAnswerIsOfOneSnapshot) {
  const std::shared_ptr<const geo::Snapshot> towns[] = {DrawnTown(1).build(), DrawnTown(5).build()};
  std::atomic<unsigned> loads{0};
  RunningServer running([&] { return SnapshotResult(towns[loads++ % 2]); });
  std::atomic<bool> stop{false};
  std::atomic<int> answers{0}, wrong{0}, failed{0};
  std::vector<std::thread> readers;
  for (int i = 0; i < 4; ++i) {
    readers.emplace_back([&] {
      Clients own(running.server->port());
      while (!stop) {
        grpc::ClientContext context;
        v1::CompareWardsResponse response;
        if (!own.wards->CompareWards(&context, WardsOf2022And2023(), &response).ok()) {
          ++failed;
          continue;
        }
        // Outside every ward: 2 or 10 a month.
        const bool first = response.context().snapshot() == towns[0]->id;
        wrong += response.rows(2).after().incidents().exact() != (first ? 24 : 120);
        ++answers;
      }
    });
  }
  for (int i = 0; i < 200; ++i) {
    grpc::ClientContext context;
    v1::ReloadResponse reloaded;
    EXPECT_TRUE(running.clients->admin->Reload(&context, {}, &reloaded).ok());
    EXPECT_NE(reloaded.snapshot(), reloaded.previous_snapshot());
  }
  stop = true;
  for (auto& reader : readers) reader.join();
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(wrong, 0);
  EXPECT_GT(answers, 20);
}

TEST(R3_TwoReloadsAtOnce, OneWinsAndTheOtherIsAborted) {
  std::promise<void> begun, release;
  std::atomic<int> loads{0};
  RunningServer running([&] {
    if (++loads == 2) {
      begun.set_value();
      release.get_future().wait();
    }
    return SnapshotResult(DrawnTown().build());
  });
  auto first = std::async(std::launch::async, [&] {
    grpc::ClientContext context;
    v1::ReloadResponse reloaded;
    return running.clients->admin->Reload(&context, {}, &reloaded);
  });
  begun.get_future().wait();
  grpc::ClientContext context;
  v1::ReloadResponse reloaded;
  EXPECT_EQ(running.clients->admin->Reload(&context, {}, &reloaded).error_code(), grpc::StatusCode::ABORTED);
  EXPECT_EQ(Detail(context, "wardwatch-reason"), "RELOAD_RUNNING");
  release.set_value();
  EXPECT_TRUE(first.get().ok());
}

// R4: a stream ends on the snapshot on which it began, and the old snapshot goes with its last reader.
TEST(R4_StreamAcrossReload, EndsOnItsOwnSnapshot) {
  geo::DrawnDataset many;
  many.record().id = "town";
  many.add_monthly(geo::Period::CalendarYear(2023), 4000, geo::GridPoint::FromMeters(500'000, 200'000));
  auto old = many.build();
  const std::weak_ptr<const geo::Snapshot> watched = old;
  const std::string old_id = old->id;
  RunningServer running([&]() -> SnapshotResult { return old ? std::exchange(old, nullptr) : DrawnTown().build(); });
  grpc::ClientContext stream, reload;
  const auto reader = running.clients->incidents->ListIncidents(&stream, IncidentsOf2023());
  v1::ListIncidentsResponse chunk, last;
  ASSERT_TRUE(reader->Read(&chunk));
  EXPECT_EQ(chunk.context().snapshot(), old_id);
  v1::ReloadResponse reloaded;
  ASSERT_TRUE(running.clients->admin->Reload(&reload, {}, &reloaded).ok());
  EXPECT_NE(reloaded.snapshot(), old_id);
  EXPECT_FALSE(watched.expired()) << "the stream ended before the reload: it proves nothing";
  std::int64_t rows = chunk.incidents_size();
  while (reader->Read(&chunk)) {
    rows += chunk.incidents_size();
    last = chunk;
  }
  ASSERT_TRUE(reader->Finish().ok());
  EXPECT_EQ(rows, 48'000);
  EXPECT_EQ(last.context().snapshot(), old_id);
  for (int i = 0; i < 1000 && !watched.expired(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  EXPECT_TRUE(watched.expired());
}

}  // namespace
}  // namespace service_test
