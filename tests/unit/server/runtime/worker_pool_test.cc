#include "server/runtime/worker_pool.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <random>

namespace server {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

std::shared_ptr<StopToken> Within(Clock::duration time) { return std::make_shared<StopToken>(Clock::now() + time); }

// A task that holds its worker until told.
struct Held {
  std::promise<void> started, release;
  Task task() {
    return {Within(1h),
            [this] {
              started.set_value();
              release.get_future().wait();
            },
            [](const geo::Error&) { FAIL() << "skipped"; }};
  }
};

TEST(WorkerPool, RunsWhatItTakes) {
  std::atomic<int> ran{0};
  {
    WorkerPool pool(3, 100);
    for (int i = 0; i < 50; ++i) ASSERT_TRUE(pool.submit({Within(1h), [&] { ++ran; }, [](const geo::Error&) {}}));
  }
  EXPECT_EQ(ran, 50);
}

TEST(WorkerPool, RefusesWhatDoesNotFitBeforeItStarts) {
  WorkerPool pool(1, 1);
  Held running;
  ASSERT_TRUE(pool.submit(running.task()));
  running.started.get_future().wait();
  std::promise<void> queued;
  ASSERT_TRUE(pool.submit({Within(1h), [&] { queued.set_value(); }, [](const geo::Error&) {}}));
  bool touched = false;
  const auto refused = pool.submit({Within(1h), [&] { touched = true; }, [&](const geo::Error&) { touched = true; }});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, geo::ErrorCode::kResourceExhausted);
  EXPECT_EQ(refused.error().reason, "QUEUE_FULL");
  EXPECT_EQ(pool.stats().refused, 1);
  EXPECT_GE(pool.retry_after(), 50ms);
  EXPECT_LE(pool.retry_after(), 5s);
  running.release.set_value();
  queued.get_future().wait();
  EXPECT_FALSE(touched);
}

// While every worker searches, short questions are answered beside them, one at a time; a further search waits.
TEST(WorkerPool, SearchesDoNotHoldUpOthers) {
  std::vector<Held> searches(3);  // outlive the pool
  WorkerPool pool(2, 100);
  for (Held& held : searches) {
    Task task = held.task();
    task.search = true;
    ASSERT_TRUE(pool.submit(std::move(task)));
  }
  searches[0].started.get_future().wait();
  searches[1].started.get_future().wait();
  for (int i = 0; i < 3; ++i) {
    std::promise<void> answered;
    ASSERT_TRUE(pool.submit({Within(1h), [&] { answered.set_value(); }, [](const geo::Error&) {}}));
    answered.get_future().wait();
  }
  EXPECT_EQ(pool.stats().queued, 1);
  auto third = searches[2].started.get_future();
  EXPECT_EQ(third.wait_for(20ms), std::future_status::timeout);
  searches[0].release.set_value();
  third.wait();
  for (std::size_t i = 1; i < searches.size(); ++i) searches[i].release.set_value();
}

// Nobody stands in for a worker that is at something short: no more run than were asked for.
TEST(WorkerPool, BesideAShortQuestionNobodyStandsIn) {
  Held brief, search;
  WorkerPool pool(2, 100);
  Task task = search.task();
  task.search = true;
  ASSERT_TRUE(pool.submit(std::move(task)));
  ASSERT_TRUE(pool.submit(brief.task()));
  search.started.get_future().wait();
  brief.started.get_future().wait();
  std::promise<void> ran;
  ASSERT_TRUE(pool.submit({Within(1h), [&] { ran.set_value(); }, [](const geo::Error&) {}}));
  auto later = ran.get_future();
  EXPECT_EQ(later.wait_for(20ms), std::future_status::timeout);
  brief.release.set_value();
  later.wait();
  search.release.set_value();
}

// K3: a queued request whose time is up is answered then, not when a worker is free, and never starts.
TEST(WorkerPool, AQueuedTaskPastItsDeadlineIsSkippedWhileTheWorkerIsStillBusy) {
  WorkerPool pool(1, 4);
  Held running;
  ASSERT_TRUE(pool.submit(running.task()));
  running.started.get_future().wait();
  std::atomic<bool> started{false};
  std::promise<geo::Error> skipped;
  const auto deadline = Clock::now() + 30ms;
  ASSERT_TRUE(pool.submit({std::make_shared<StopToken>(deadline), [&] { started = true; }, [&](const geo::Error& reason) { skipped.set_value(reason); }}));
  EXPECT_EQ(skipped.get_future().get().code, geo::ErrorCode::kDeadlineExceeded);
  EXPECT_GE(Clock::now(), deadline);
  EXPECT_EQ(pool.stats().queued, 0);
  EXPECT_EQ(pool.stats().skipped, 1);
  running.release.set_value();
  EXPECT_FALSE(started);
}

TEST(WorkerPool, SweepSkipsACancelledTaskAndFreesItsPlace) {
  WorkerPool pool(1, 1);
  Held running;
  ASSERT_TRUE(pool.submit(running.task()));
  running.started.get_future().wait();
  const auto stop = Within(1h);
  std::promise<geo::Error> skipped;
  ASSERT_TRUE(pool.submit({stop, [] { FAIL() << "ran"; }, [&](const geo::Error& reason) { skipped.set_value(reason); }}));
  stop->cancel();
  pool.sweep();
  EXPECT_EQ(skipped.get_future().get().code, geo::ErrorCode::kCancelled);
  std::promise<void> next;
  EXPECT_TRUE(pool.submit({Within(1h), [&] { next.set_value(); }, [](const geo::Error&) {}}));
  running.release.set_value();
  next.get_future().wait();
}

TEST(WorkerPool, AdmittedWorkGoesOnWhenTheQueueIsFull) {
  WorkerPool pool(1, 1);
  Held running;
  ASSERT_TRUE(pool.submit(running.task()));
  running.started.get_future().wait();
  ASSERT_TRUE(pool.submit({Within(1h), [] {}, [](const geo::Error&) {}}));
  std::promise<void> resumed;
  pool.resume({Within(1h), [&] { resumed.set_value(); }, [](const geo::Error&) {}});
  running.release.set_value();
  EXPECT_EQ(resumed.get_future().wait_for(10s), std::future_status::ready);
}

// For ThreadSanitizer as much as for the counts: many callers, cancels at random moments, and every task is run or skipped exactly once.
TEST(WorkerPool, CancelStorm) {
  std::atomic<int> run{0}, skipped{0}, taken{0}, refused{0};
  {
    WorkerPool pool(4, 16);
    std::vector<std::thread> callers;
    for (unsigned caller = 0; caller < 4; ++caller) {
      callers.emplace_back([&, caller] {
        std::mt19937 random(20240502 + caller);
        std::vector<std::shared_ptr<StopToken>> tokens;
        for (int i = 0; i < 500; ++i) {
          tokens.push_back(Within(std::chrono::microseconds(random() % 2000)));
          const auto stop = tokens.back();
          const auto work = [&run, stop] {
            for (int spin = 0; spin < 50 && !stop->stop_requested(); ++spin) std::this_thread::yield();
            ++run;
          };
          if (pool.submit({stop, work, [&](const geo::Error&) { ++skipped; }})) {
            ++taken;
          } else {
            ++refused;
            std::this_thread::sleep_for(50us);
          }
          if (random() % 3 == 0) {
            tokens[random() % tokens.size()]->cancel();
            pool.sweep();
          }
        }
      });
    }
    for (auto& caller : callers) caller.join();
  }
  EXPECT_EQ(run + skipped, taken);
  EXPECT_EQ(taken + refused, 2000);
  EXPECT_GT(run, 0) << "how many is the scheduler's affair";
}

}  // namespace
}  // namespace server
