// Between the threads that work on an answer and the one write that its stream may have pending: progress goes out at a steady pace, the latest wins, and the
// answer's first piece waits for the last of it.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "server/runtime/stop_token.h"

namespace server {

struct ProgressReport {
  std::string stage;
  double share = 0;  // of this stage, 0 to 1; never less than what was told of it before
  std::optional<double> value, bound;  // of a search: the best so far, and what nothing can exceed; then `share` is one over the other
};

// Thread-safe. The work sees it as its stop signal; the stop itself is the token's. Life of a gate: progressed() while it is open, by any of the work's
// threads; close() once, when all of them have ended; written() after every write of the stream, before the gate is closed and after.
class ProgressGate final : public geo::StopSignal {
 public:
  // Begins a write; false when none may begin any more. Called without a lock, and never while a write is pending.
  using Write = std::function<bool(const ProgressReport&)>;

  // The first report goes out no sooner than `every` after now: a short question tells nothing. Without `write` the gate is closed from the start.
  // The work is told to stop at `answer_by`, as though that were the deadline: what has an answer at any time then still comes in time.
  ProgressGate(std::shared_ptr<const StopToken> stop, std::chrono::steady_clock::duration every, Write write, SteadyTime answer_by = SteadyTime::max());

  bool stop_requested() const override { return stop_->stop_requested() || std::chrono::steady_clock::now() >= answer_by_; }
  geo::Error reason() const override { return stop_->stop_requested() ? stop_->reason() : StopToken::TimeIsUp(); }
  // Writes, or keeps the latest while a write is pending, or drops it when it comes too soon. Cheap where nothing is due: one look at the clock.
  void progressed(std::string_view stage, std::int64_t done, std::int64_t of) const override;
  // The same of a search, as stage "search".
  void searched(double value, double bound) const override;

  // No progress from here on. False while a write is pending: the written() that ends it returns true then.
  bool close();
  // A write has ended. True when the work is to go on: the gate is closed. False: it was progress, and the work goes on by itself.
  bool written();

 private:
  void Report(ProgressReport report, std::chrono::steady_clock::time_point now) const;
  void Tell(ProgressReport report) const;

  const std::shared_ptr<const StopToken> stop_;
  const std::chrono::steady_clock::duration every_;
  const Write write_;
  const SteadyTime answer_by_;
  mutable std::atomic<std::int64_t> due_;  // steady clock, ns: nothing is told before
  mutable std::mutex mutex_;
  mutable bool pending_ = false;
  mutable bool closed_ = false;
  mutable ProgressReport last_;                    // told, or kept
  mutable std::optional<ProgressReport> waiting_;  // came while a write was pending
};

}  // namespace server
