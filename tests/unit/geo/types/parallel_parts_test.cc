#include "geo/types/parallel_parts.h"

#include <gtest/gtest.h>

#include <atomic>
#include <new>
#include <vector>

namespace geo {
namespace {

TEST(RunParts, RunsEachPartOnceAtAnyNumberOfThreads) {
  for (const int threads : {-1, 0, 1, 2, 3, 8, 100}) {
    std::vector<std::atomic<int>> runs(37);
    ASSERT_TRUE(RunParts(runs.size(), threads, [&](std::size_t part) -> Result<void> {
      ++runs[part];
      return {};
    }));
    for (const auto& run : runs) EXPECT_EQ(run, 1) << threads << " threads";
  }
}

TEST(RunParts, MemoryThatIsNotThereIsAnError) {
  for (const int threads : {1, 4}) {
    const auto outcome = RunParts(8, threads, [](std::size_t part) -> Result<void> {
      if (part == 0) throw std::bad_alloc();
      return {};
    });
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, ErrorCode::kResourceExhausted);
    EXPECT_EQ(outcome.error().reason, "OUT_OF_MEMORY");
  }
}

TEST(RunParts, NoPartsIsNoWork) {
  EXPECT_TRUE(RunParts(0, 4, [](std::size_t) -> Result<void> { return Fail(InvalidArgument("never", "called")); }));
}

TEST(RunParts, TheLowestFailureIsReportedAndNothingBeginsAfterIt) {
  std::vector<int> runs(10);
  const auto outcome = RunParts(runs.size(), 1, [&](std::size_t part) -> Result<void> {
    ++runs[part];
    if (part >= 3) return Fail(InvalidArgument("part", std::to_string(part)));
    return {};
  });
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().message, "3");
  EXPECT_EQ(runs, (std::vector<int>{1, 1, 1, 1, 0, 0, 0, 0, 0, 0}));
  // Every part of one batch fails at once: whichever thread is first, part 0 is among them.
  for (int i = 0; i < 50; ++i) {
    const auto all = RunParts(64, 8, [](std::size_t part) -> Result<void> { return Fail(InvalidArgument("part", std::to_string(part))); });
    ASSERT_FALSE(all);
    EXPECT_EQ(all.error().message, "0");
  }
}

}  // namespace
}  // namespace geo
