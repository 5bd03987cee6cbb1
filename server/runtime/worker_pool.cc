#include "server/runtime/worker_pool.h"

#include <fmt/format.h>

#include <algorithm>

#include "server/limits.h"

namespace server {

WorkerPool::WorkerPool(int threads, int queue) : threads_(threads), queue_limit_(static_cast<std::size_t>(queue)) {
  workers_.reserve(static_cast<std::size_t>(threads) + 1);
  for (int i = 0; i <= threads; ++i) workers_.emplace_back([this] { Work(); });
  reaper_ = std::thread([this] { Reap(); });
}

WorkerPool::~WorkerPool() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  work_.notify_all();
  reap_.notify_all();
  for (auto& worker : workers_) worker.join();
  reaper_.join();
}

void WorkerPool::Push(Task task) {
  // The reaper sleeps until the earliest deadline that it knows; it must hear of an earlier one only.
  const bool earlier = task.stop->deadline() < reap_at_;
  queue_.push_back(std::move(task));
  if (earlier) {
    reap_at_ = queue_.back().stop->deadline();
    reap_.notify_one();
  }
  work_.notify_one();
}

geo::Result<void> WorkerPool::submit(Task task) {
  const std::lock_guard lock(mutex_);
  const auto idle = static_cast<std::size_t>(std::max(0, threads_ - running_));
  if (queue_.size() >= queue_limit_ + idle) {
    ++refused_;
    return geo::Fail({geo::ErrorCode::kResourceExhausted, "", "QUEUE_FULL",
                      fmt::format("{} requests are running and {} waiting, as many as this server takes; try again later", running_, queue_.size())});
  }
  Push(std::move(task));
  return {};
}

void WorkerPool::resume(Task task) {
  const std::lock_guard lock(mutex_);
  Push(std::move(task));
}

void WorkerPool::sweep() {
  {
    const std::lock_guard lock(mutex_);
    if (queue_.empty()) return;
    sweep_ = true;
  }
  reap_.notify_one();
}

PoolStats WorkerPool::stats() const {
  const std::lock_guard lock(mutex_);
  return {threads_, running_, static_cast<int>(queue_.size()), refused_, skipped_};
}

std::chrono::milliseconds WorkerPool::retry_after() const {
  const std::lock_guard lock(mutex_);
  const double wait_ms = mean_run_ms_ * static_cast<double>(queue_.size() + static_cast<std::size_t>(running_)) / threads_;
  const auto wait = std::chrono::milliseconds(static_cast<std::int64_t>(std::min(wait_ms, 1e9)));
  return std::clamp(wait, limits::kRetryAfterMin, limits::kRetryAfterMax);
}

std::deque<Task>::iterator WorkerPool::Next() {
  if (running_ < threads_) return queue_.begin();
  if (searching_ < threads_) return queue_.end();
  return std::find_if(queue_.begin(), queue_.end(), [](const Task& task) { return !task.search; });
}

void WorkerPool::Work() {
  std::unique_lock lock(mutex_);
  while (true) {
    work_.wait(lock, [this] { return closing_ || Next() != queue_.end(); });
    const auto next = Next();
    if (next == queue_.end()) return;  // what is left is for those that work
    Task task = std::move(*next);
    queue_.erase(next);
    const bool stopped = task.stop->stop_requested(), search = task.search;
    stopped ? ++skipped_ : ++running_;
    if (!stopped && search) ++searching_;
    if (Next() != queue_.end()) work_.notify_one();  // the search that begins here may be what lets another stand in
    lock.unlock();
    const auto begin = std::chrono::steady_clock::now();
    stopped ? task.skip(task.stop->reason()) : task.run();
    const std::chrono::duration<double, std::milli> ran = std::chrono::steady_clock::now() - begin;
    task = {};  // what the task held is let go before the worker counts as idle
    lock.lock();
    if (!stopped) {
      --running_;
      if (search) --searching_;
      mean_run_ms_ += 0.1 * (ran.count() - mean_run_ms_);
    }
  }
}

void WorkerPool::Reap() {
  std::unique_lock lock(mutex_);
  while (!closing_) {
    reap_at_ = SteadyTime::max();
    for (const Task& task : queue_) reap_at_ = std::min(reap_at_, task.stop->deadline());
    // A wait until the end of time overflows in some library versions: wait an hour at a time.
    const auto wake = std::min(reap_at_, std::chrono::steady_clock::now() + std::chrono::hours(1));
    if (!sweep_) reap_.wait_until(lock, wake);
    sweep_ = false;
    std::vector<Task> stopped;
    for (auto task = queue_.begin(); task != queue_.end();) {
      if (!task->stop->stop_requested()) {
        ++task;
        continue;
      }
      stopped.push_back(std::move(*task));
      task = queue_.erase(task);
    }
    skipped_ += static_cast<std::int64_t>(stopped.size());
    lock.unlock();
    for (Task& task : stopped) task.skip(task.stop->reason());
    stopped.clear();
    lock.lock();
  }
}

}  // namespace server
