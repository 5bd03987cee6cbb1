#include "server/runtime/drain_gate.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace server {
namespace {

using namespace std::chrono_literals;

TEST(DrainGate, ClosesForNewOnesAndWaitsForThoseInside) {
  DrainGate gate;
  ASSERT_TRUE(gate.enter());
  gate.close();
  const auto late = gate.enter();
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, geo::ErrorCode::kUnavailable);
  EXPECT_EQ(late.error().reason, "DRAINING");
  EXPECT_FALSE(gate.wait_empty(1ms));
  std::thread leaver([&] {
    std::this_thread::sleep_for(5ms);
    gate.leave();
  });
  EXPECT_TRUE(gate.wait_empty(10s));
  leaver.join();
}

TEST(DrainGate, WaitsUntilTheLastRefusalIsAWhileAgo) {
  DrainGate gate;
  gate.close();
  const auto begin = std::chrono::steady_clock::now();
  std::thread late([&] {
    std::this_thread::sleep_for(20ms);
    EXPECT_FALSE(gate.enter());
  });
  gate.wait_quiet(60ms, 10s);
  late.join();
  EXPECT_GE(std::chrono::steady_clock::now() - begin, 60ms);
  gate.wait_quiet(60s, 1ms);  // never longer than the limit
}

// Everyone who entered is waited for, whatever the moment of closing.
TEST(DrainGate, NobodyIsLostInTheRace) {
  for (int round = 0; round < 50; ++round) {
    DrainGate gate;
    std::atomic<int> inside{0};
    std::vector<std::thread> callers;
    for (int i = 0; i < 4; ++i) {
      callers.emplace_back([&] {
        while (gate.enter()) {
          ++inside;
          --inside;
          gate.leave();
        }
      });
    }
    gate.close();
    EXPECT_TRUE(gate.wait_empty(10s));
    EXPECT_EQ(inside, 0);
    for (auto& caller : callers) caller.join();
    EXPECT_EQ(gate.under_way(), 0);
  }
}

}  // namespace
}  // namespace server
