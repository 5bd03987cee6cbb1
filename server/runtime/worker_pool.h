// A fixed number of workers and a bounded queue in front of them. What does not fit is refused before it costs anything.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "geo/types/result.h"
#include "server/runtime/stop_token.h"

namespace server {

// Exactly one of `run` and `skip` is called, once. `skip` gets the reason of a stop that came before the task could start.
struct Task {
  std::shared_ptr<const StopToken> stop;
  std::function<void()> run;
  std::function<void(const geo::Error&)> skip;
  bool search = false;  // may work for seconds; see WorkerPool
};

struct PoolStats {
  int workers = 0;
  int running = 0;
  int queued = 0;
  std::int64_t refused = 0;
  std::int64_t skipped = 0;  // stopped while they waited; they never started
};

// Thread-safe. First come, first served. While every worker is at a search one more stands in, for what is none: short questions are answered beside them.
class WorkerPool {
 public:
  WorkerPool(int threads, int queue);
  // Runs or skips what is queued, then ends. Nothing may be submitted once this has begun.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // Error: kResourceExhausted QUEUE_FULL; neither function of the task is called then. A task waits only while every worker that may take it is busy.
  geo::Result<void> submit(Task task);
  // The next piece of work that was admitted before: never refused. The caller bounds how many there can be.
  void resume(Task task);
  // Skips the queued tasks that have been stopped, soon and on another thread. Deadlines need no call: a task is skipped when its own passes.
  void sweep();

  PoolStats stats() const;
  // When a refused caller may try again: how long the queue needs at the recent pace, within the limits.
  std::chrono::milliseconds retry_after() const;

 private:
  void Work();
  std::deque<Task>::iterator Next();  // the first that may run now; holds mutex_
  void Reap();
  void Push(Task task);  // holds mutex_

  const int threads_;
  const std::size_t queue_limit_;
  mutable std::mutex mutex_;
  std::condition_variable work_;
  std::condition_variable reap_;
  std::deque<Task> queue_;
  bool closing_ = false;
  bool sweep_ = false;
  SteadyTime reap_at_ = SteadyTime::max();  // when the reaper wakes next
  int running_ = 0;
  int searching_ = 0;  // of those
  std::int64_t refused_ = 0;
  std::int64_t skipped_ = 0;
  double mean_run_ms_ = 10;  // recent, exponentially weighted
  std::vector<std::thread> workers_;
  std::thread reaper_;
};

}  // namespace server
