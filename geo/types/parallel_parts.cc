#include "geo/types/parallel_parts.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <new>
#include <thread>
#include <vector>

namespace geo {
namespace {

class PartQueue {
 public:
  PartQueue(std::size_t parts, const std::function<Result<void>(std::size_t)>& part) : parts_(parts), part_(part) {}

  void work() noexcept {
    while (!failed_.load(std::memory_order_relaxed)) {
      const std::size_t mine = next_.fetch_add(1, std::memory_order_relaxed);
      if (mine >= parts_) return;
      auto done = run(mine);
      if (done) continue;
      const std::lock_guard<std::mutex> lock(mutex_);
      failed_ = true;
      if (mine < failed_part_) {
        failed_part_ = mine;
        outcome_ = Fail(std::move(done.error()));
      }
    }
  }
  Result<void> run(std::size_t part) {
    try {
      return part_(part);
    } catch (const std::bad_alloc&) {
      return Fail({ErrorCode::kResourceExhausted, "", "OUT_OF_MEMORY", "the work needs more memory than there is; ask for less, or later"});
    }
  }
  // After every worker has ended.
  Result<void> outcome() { return std::move(outcome_); }

 private:
  const std::size_t parts_;
  const std::function<Result<void>(std::size_t)>& part_;
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> failed_{false};
  std::mutex mutex_;
  std::size_t failed_part_ = static_cast<std::size_t>(-1);
  Result<void> outcome_;
};

}  // namespace

Result<void> RunParts(std::size_t parts, int threads, const std::function<Result<void>(std::size_t part)>& part) {
  PartQueue queue(parts, part);
  {
    std::vector<std::jthread> helpers;
    const std::size_t wanted = std::min(parts, static_cast<std::size_t>(std::max(threads, 1)));
    try {
      while (helpers.size() + 1 < wanted) helpers.emplace_back([&queue] { queue.work(); });
    } catch (const std::exception&) {
      // No thread, or no memory for its handle: those that run share the work.
    }
    queue.work();
  }
  return queue.outcome();
}

}  // namespace geo
