#include "server/runtime/progress_gate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

namespace server {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

std::shared_ptr<StopToken> Within(std::chrono::steady_clock::duration time) { return std::make_shared<StopToken>(std::chrono::steady_clock::now() + time); }

// Writes that end when the test says so.
struct Written {
  std::vector<std::pair<std::string, double>> told;
  bool may_begin = true;
  ProgressGate::Write write() {
    return [this](const ProgressReport& report) {
      if (may_begin) told.emplace_back(report.stage, report.share);
      return may_begin;
    };
  }
};

TEST(ProgressGate, ShortWorkTellsNothing) {
  Written stream;
  ProgressGate gate(Within(1h), 1h, stream.write());
  for (int i = 0; i <= 100; ++i) gate.progressed("density", i, 100);
  EXPECT_TRUE(gate.close());
  EXPECT_TRUE(stream.told.empty());
}

TEST(ProgressGate, TheLatestWinsWhileAWriteIsPending) {
  Written stream;
  ProgressGate gate(Within(1h), 0ns, stream.write());
  gate.progressed("density", 1, 10);
  for (int i = 2; i <= 7; ++i) gate.progressed("density", i, 10);
  EXPECT_THAT(stream.told, ElementsAre(std::pair("density", 0.1)));
  EXPECT_FALSE(gate.written());  // the work goes on by itself
  EXPECT_THAT(stream.told, ElementsAre(std::pair("density", 0.1), std::pair("density", 0.7)));
  EXPECT_FALSE(gate.written());
  EXPECT_EQ(stream.told.size(), 2U);  // nothing new to tell
}

TEST(ProgressGate, AShareNeverGoesBackWithinItsStage) {
  Written stream;
  ProgressGate gate(Within(1h), 0ns, stream.write());
  const auto tell = [&](const char* stage, int done) {
    gate.progressed(stage, done, 10);
    gate.written();
  };
  tell("density", 5);
  tell("density", 3);
  tell("density", 5);
  tell("permutations", 2);
  tell("permutations", 20);  // a stage that counts past its end
  EXPECT_THAT(stream.told, ElementsAre(std::pair("density", 0.5), std::pair("permutations", 0.2), std::pair("permutations", 1.0)));
}

TEST(ProgressGate, AStageWithoutStepsHasOnlyBegun) {
  Written stream;
  ProgressGate gate(Within(1h), 0ns, stream.write());
  gate.progressed("density", 1, 2);
  gate.written();
  gate.progressed("empty", 0, 0);
  gate.written();
  gate.progressed("wrong", -5, -10);
  EXPECT_THAT(stream.told, ElementsAre(std::pair("density", 0.5), std::pair("empty", 0.0), std::pair("wrong", 0.0)));
}

TEST(ProgressGate, NoSoonerThanItsPace) {
  Written stream;
  const auto begin = std::chrono::steady_clock::now();  // before the gate, whose pace counts from its own look at the clock
  ProgressGate gate(Within(1h), 40ms, stream.write());
  int steps = 0;
  while (stream.told.size() < 3) {
    const std::size_t before = stream.told.size();
    gate.progressed("density", ++steps, 1 << 30);
    if (stream.told.size() > before) gate.written();
  }
  EXPECT_GE(std::chrono::steady_clock::now() - begin, 120ms);
}

TEST(ProgressGate, TheAnswerWaitsForTheLastOfIt) {
  Written stream;
  ProgressGate gate(Within(1h), 0ns, stream.write());
  gate.progressed("density", 1, 10);
  gate.progressed("density", 2, 10);
  EXPECT_FALSE(gate.close());
  EXPECT_TRUE(gate.written());        // go on
  EXPECT_EQ(stream.told.size(), 1U);  // what was kept is of no interest any more
  EXPECT_TRUE(gate.written());        // and after each piece of the answer
  gate.progressed("density", 3, 10);
  EXPECT_EQ(stream.told.size(), 1U);
}

TEST(ProgressGate, AWriteThatMayNotBeginIsNotPending) {
  Written stream;
  stream.may_begin = false;
  ProgressGate gate(Within(1h), 0ns, stream.write());
  gate.progressed("density", 1, 10);
  EXPECT_TRUE(gate.close());
}

TEST(ProgressGate, NorIsOneThatFollowsAnother) {
  Written stream;
  ProgressGate gate(Within(1h), 0ns, stream.write());
  gate.progressed("density", 1, 10);
  gate.progressed("density", 2, 10);
  stream.may_begin = false;
  EXPECT_FALSE(gate.written());
  EXPECT_TRUE(gate.close());
}

TEST(ProgressGate, WithoutAWriteItIsClosed) {
  ProgressGate gate(Within(1h), 0ns, nullptr);
  gate.progressed("density", 1, 10);
  EXPECT_TRUE(gate.written());
  EXPECT_TRUE(gate.close());
}

TEST(ProgressGate, TheStopIsTheTokens) {
  const auto token = Within(1h);
  const ProgressGate gate(token, 0ns, nullptr);
  EXPECT_FALSE(gate.stop_requested());
  token->cancel();
  EXPECT_TRUE(gate.stop_requested());
  EXPECT_EQ(gate.reason().code, geo::ErrorCode::kCancelled);
}

// Four threads work and a fifth ends the writes, as gRPC's does. Never are two pending, and the answer begins exactly once. For ThreadSanitizer.
TEST(ProgressGate, ManyThreadsOneWrite) {
  for (int round = 0; round < 50; ++round) {
    std::mutex mutex;
    std::condition_variable changed;
    int begun = 0, ended = 0, answers = 0;
    bool over = false;
    std::atomic<int> pending{0}, most_pending{0};
    ProgressGate gate(Within(1h), 10us, [&](const ProgressReport&) {
      most_pending = std::max<int>(most_pending, ++pending);
      const std::lock_guard lock(mutex);
      ++begun;
      changed.notify_one();
      return true;
    });
    std::thread stream([&] {
      std::unique_lock lock(mutex);
      while (true) {
        changed.wait(lock, [&] { return over || ended < begun; });
        if (ended == begun) return;
        ++ended;
        lock.unlock();
        --pending;
        const bool go_on = gate.written();
        lock.lock();
        if (go_on) ++answers;
      }
    });
    std::vector<std::thread> workers;
    for (int w = 0; w < 4; ++w) {
      workers.emplace_back([&gate, w] {
        for (int i = 0; i < 500; ++i) gate.progressed("density", i * 4 + w, 2000);
      });
    }
    for (auto& worker : workers) worker.join();
    const bool at_once = gate.close();
    {
      const std::lock_guard lock(mutex);
      if (at_once) ++answers;
      over = true;
    }
    changed.notify_one();
    stream.join();
    EXPECT_EQ(answers, 1);
    EXPECT_EQ(most_pending, 1);
    EXPECT_EQ(begun, ended);
  }
}

}  // namespace
}  // namespace server
