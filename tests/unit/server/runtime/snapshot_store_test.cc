#include "server/runtime/snapshot_store.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <stdexcept>
#include <thread>

#include "server/runtime/reload_thread.h"

namespace server {
namespace {

using namespace std::chrono_literals;

// Every part of the snapshot carries the same number, so that a reader can tell whether it sees one snapshot.
std::shared_ptr<const geo::Snapshot> Numbered(int number) {
  auto snapshot = std::make_shared<geo::Snapshot>();
  snapshot->id = std::to_string(number);
  for (int i = 0; i < 3; ++i) {
    geo::DatasetSnapshot data;
    data.record.id = snapshot->id;
    data.incidents.resize(static_cast<std::size_t>(number));
    snapshot->datasets.push_back(std::move(data));
  }
  return snapshot;
}

TEST(SnapshotStore, SwapsWholeAndKeepsTheOldForItsReaders) {
  int number = 0;
  SnapshotStore store([&] { return geo::Result<std::shared_ptr<const geo::Snapshot>>(Numbered(++number)); });
  EXPECT_EQ(store.current(), nullptr);
  ASSERT_TRUE(store.reload());
  const auto held = store.current();
  const std::weak_ptr<const geo::Snapshot> watched = held;
  const auto swap = store.reload();
  ASSERT_TRUE(swap);
  EXPECT_EQ(swap->previous, "1");
  EXPECT_EQ(swap->current, "2");
  EXPECT_EQ(held->id, "1");
  EXPECT_EQ(store.current()->id, "2");
  EXPECT_FALSE(watched.expired());
}

TEST(SnapshotStore, TheOldOneGoesWithItsLastReader) {
  int number = 0;
  SnapshotStore store([&] { return geo::Result<std::shared_ptr<const geo::Snapshot>>(Numbered(++number)); });
  ASSERT_TRUE(store.reload());
  std::weak_ptr<const geo::Snapshot> old = store.current();
  ASSERT_TRUE(store.reload());
  EXPECT_TRUE(old.expired());
}

// R1: whatever goes wrong, what is served stays as it was, and the reason is kept.
TEST(SnapshotStore, AFailedReloadChangesNothing) {
  int call = 0;
  SnapshotStore store([&]() -> geo::Result<std::shared_ptr<const geo::Snapshot>> {
    switch (++call) {
      case 1:
      case 5:
        return Numbered(call);
      case 2:
        return geo::Fail({geo::ErrorCode::kDataLoss, "", "STORE_DAMAGED", "block 7 is damaged"});
      case 3:
        throw std::bad_alloc();
      default:
        throw std::runtime_error("library failed");
    }
  });
  ASSERT_TRUE(store.reload());
  EXPECT_EQ(store.reload().error().code, geo::ErrorCode::kDataLoss);
  EXPECT_EQ(store.last_error(), "block 7 is damaged");
  EXPECT_EQ(store.reload().error().code, geo::ErrorCode::kResourceExhausted);
  EXPECT_EQ(store.reload().error().code, geo::ErrorCode::kInternal);
  EXPECT_EQ(store.current()->id, "1");
  ASSERT_TRUE(store.reload());
  EXPECT_EQ(store.current()->id, "5");
  EXPECT_EQ(store.last_error(), "");
}

// R3: two at once: one wins, the other is told.
TEST(SnapshotStore, ASecondReloadIsAborted) {
  std::promise<void> begun, release;
  int number = 0;
  SnapshotStore store([&] {
    begun.set_value();
    release.get_future().wait();
    return geo::Result<std::shared_ptr<const geo::Snapshot>>(Numbered(++number));
  });
  auto first = std::async(std::launch::async, [&] { return store.reload(); });
  begun.get_future().wait();
  const auto second = store.reload();
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, geo::ErrorCode::kAborted);
  EXPECT_EQ(second.error().reason, "RELOAD_RUNNING");
  release.set_value();
  EXPECT_TRUE(first.get());
}

// R2, for ThreadSanitizer: 200 reloads under readers; each reader sees one snapshot, and never an older one than before.
TEST(SnapshotStore, ReadersSeeOneSnapshotWhileItIsReloaded) {
  std::atomic<int> number{0};
  SnapshotStore store([&] { return geo::Result<std::shared_ptr<const geo::Snapshot>>(Numbered(++number)); });
  ASSERT_TRUE(store.reload());
  std::atomic<bool> stop{false};
  std::atomic<int> mixed{0}, backwards{0};
  std::vector<std::thread> readers;
  for (int i = 0; i < 4; ++i) {
    readers.emplace_back([&] {
      std::size_t last = 0;
      while (!stop) {
        const auto seen = store.current();
        const auto id = static_cast<std::size_t>(std::stoi(seen->id));
        for (const auto& data : seen->datasets) mixed += data.record.id != seen->id || data.incidents.size() != id;
        backwards += id < last;
        last = id;
      }
    });
  }
  for (int i = 0; i < 200; ++i) ASSERT_TRUE(store.reload());
  stop = true;
  for (auto& reader : readers) reader.join();
  EXPECT_EQ(mixed, 0);
  EXPECT_EQ(backwards, 0);
}

TEST(ReloadThread, AnswersWhoAskedAndRefusesASecond) {
  std::promise<void> begun, release;
  std::atomic<int> loads{0};
  SnapshotStore store([&] {
    if (++loads == 1) {
      begun.set_value();
      release.get_future().wait();
    }
    return geo::Result<std::shared_ptr<const geo::Snapshot>>(Numbered(loads));
  });
  ReloadThread reloads(store, nullptr);
  std::promise<std::string> done;
  ASSERT_TRUE(reloads.start([&](const geo::Result<SnapshotSwap>& swap) { done.set_value(swap->current); }));
  begun.get_future().wait();
  EXPECT_EQ(reloads.start([](const geo::Result<SnapshotSwap>&) { FAIL(); }).error().code, geo::ErrorCode::kAborted);
  EXPECT_TRUE(reloads.busy());
  release.set_value();
  EXPECT_EQ(done.get_future().get(), "1");
}

// R6: a thousand SIGHUPs during one reload make one more, not a thousand.
TEST(ReloadThread, ManyRequestsMakeOneReload) {
  std::promise<void> begun, release;
  std::atomic<int> loads{0}, observed{0};
  SnapshotStore store([&] {
    if (++loads == 1) {
      begun.set_value();
      release.get_future().wait();
    }
    return geo::Result<std::shared_ptr<const geo::Snapshot>>(Numbered(loads));
  });
  ReloadThread reloads(store, [&](const geo::Result<SnapshotSwap>&) { ++observed; });
  reloads.request();
  begun.get_future().wait();
  for (int i = 0; i < 1000; ++i) reloads.request();
  release.set_value();
  while (reloads.busy()) std::this_thread::sleep_for(1ms);
  EXPECT_EQ(loads, 2);
  EXPECT_EQ(observed, 2);
}

}  // namespace
}  // namespace server
