#include "server/runtime/answer_cache.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "geo/types/stop_signal.h"

namespace server {
namespace {

struct Value {
  int number = 0;
  std::size_t size = 10;
  std::size_t bytes() const { return size; }
};

using Made = geo::Result<std::shared_ptr<const Value>>;
const geo::NeverStop kNever;

struct Stopped final : geo::StopSignal {
  bool stop_requested() const override { return true; }
  geo::Error reason() const override { return {geo::ErrorCode::kCancelled, "", "CANCELLED", "left"}; }
};

Made Make(int number, std::size_t size = 10) { return std::make_shared<const Value>(Value{number, size}); }

TEST(AnswerCache, MakesOnceAndKeeps) {
  AnswerCache<Value> cache(100);
  int made = 0;
  for (int i = 0; i < 3; ++i) EXPECT_EQ((*cache.get("s", "k", kNever, [&] { return Make(++made); }))->number, 1);
  EXPECT_EQ(cache.stats().hits, 2);
  EXPECT_EQ(cache.stats().misses, 1);
  EXPECT_EQ(cache.peek("s", "k")->number, 1);
  EXPECT_EQ(cache.peek("s", "other"), nullptr);
  EXPECT_EQ(cache.peek("t", "k"), nullptr);
}

TEST(AnswerCache, AnotherSnapshotLetsGoOfTheOld) {
  AnswerCache<Value> cache(100);
  static_cast<void>(cache.get("s", "k", kNever, [] { return Make(1); }));
  EXPECT_EQ((*cache.get("t", "k", kNever, [] { return Make(2); }))->number, 2);
  EXPECT_EQ(cache.stats().entries, 1U);
  cache.keep_only("u");
  EXPECT_EQ(cache.stats().entries, 0U);
  EXPECT_EQ(cache.stats().bytes, 0U);
}

TEST(AnswerCache, TheLongestUnusedGoesFirst) {
  AnswerCache<Value> cache(100);
  for (const char* key : {"a", "b", "c"}) static_cast<void>(cache.get("s", key, kNever, [] { return Make(1, 33); }));
  EXPECT_NE(cache.peek("s", "a"), nullptr);
  static_cast<void>(cache.get("s", "d", kNever, [] { return Make(1, 33); }));
  EXPECT_NE(cache.peek("s", "a"), nullptr);
  EXPECT_EQ(cache.peek("s", "b"), nullptr);
  EXPECT_LE(cache.stats().bytes, 100U);
  static_cast<void>(cache.get("s", "huge", kNever, [] { return Make(1, 60); }));
  EXPECT_EQ(cache.peek("s", "huge"), nullptr);  // over half of the budget: for this request alone
}

TEST(AnswerCache, AFailureIsNotKept) {
  AnswerCache<Value> cache(100);
  EXPECT_FALSE(cache.get("s", "k", kNever, []() -> Made { return geo::Fail({geo::ErrorCode::kInternal, "", "X", ""}); }));
  EXPECT_EQ((*cache.get("s", "k", kNever, [] { return Make(2); }))->number, 2);
}

TEST(AnswerCache, ManyAskAndOneMakes) {
  AnswerCache<Value> cache(100);
  std::atomic<int> made{0};
  std::vector<std::thread> threads;
  std::atomic<int> right{0};
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&] {
      const auto value = cache.get("s", "k", kNever, [&] {
        ++made;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        return Make(7);
      });
      right += value && (*value)->number == 7;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(made, 1);
  EXPECT_EQ(right, 8);
}

TEST(AnswerCache, WhoWaitsStopsWhenToldAndTakesOverFromOneWhoGaveUp) {
  AnswerCache<Value> cache(100);
  std::atomic<bool> begun{false}, go{false};
  std::thread maker([&] {
    static_cast<void>(cache.get("s", "k", kNever, [&]() -> Made {
      begun = true;
      while (!go) std::this_thread::yield();
      return geo::Fail({geo::ErrorCode::kCancelled, "", "CANCELLED", "left"});
    }));
  });
  while (!begun) std::this_thread::yield();
  const auto stopped = cache.get("s", "k", Stopped(), [] { return Make(1); });
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().reason, "CANCELLED");
  std::thread waiter([&] { EXPECT_EQ((*cache.get("s", "k", kNever, [] { return Make(2); }))->number, 2); });
  std::this_thread::sleep_for(std::chrono::milliseconds(10));
  go = true;
  maker.join();
  waiter.join();
}

}  // namespace
}  // namespace server
