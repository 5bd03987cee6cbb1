#include "server/runtime/progress_gate.h"

#include <algorithm>
#include <utility>

namespace server {
namespace {

std::int64_t Nanoseconds(std::chrono::steady_clock::time_point at) {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(at.time_since_epoch()).count();
}

}  // namespace

ProgressGate::ProgressGate(std::shared_ptr<const StopToken> stop, std::chrono::steady_clock::duration every, Write write, SteadyTime answer_by)
    : stop_(std::move(stop)), every_(every), write_(std::move(write)), answer_by_(answer_by), due_(Nanoseconds(std::chrono::steady_clock::now() + every)), closed_(!write_) {}

void ProgressGate::progressed(std::string_view stage, std::int64_t done, std::int64_t of) const {
  const auto now = std::chrono::steady_clock::now();
  if (!write_ || Nanoseconds(now) < due_.load(std::memory_order_relaxed)) return;
  Report({std::string(stage), of <= 0 ? 0 : std::clamp(static_cast<double>(done) / static_cast<double>(of), 0.0, 1.0), {}, {}}, now);
}

void ProgressGate::searched(double value, double bound) const {
  const auto now = std::chrono::steady_clock::now();
  if (!write_ || Nanoseconds(now) < due_.load(std::memory_order_relaxed)) return;
  Report({"search", bound > 0 ? std::clamp(value / bound, 0.0, 1.0) : 0, value, bound}, now);
}

void ProgressGate::Report(ProgressReport report, std::chrono::steady_clock::time_point now) const {
  {
    const std::lock_guard lock(mutex_);
    if (closed_ || Nanoseconds(now) < due_.load(std::memory_order_relaxed)) return;
    // Threads report out of order; a share that went back would read as work undone.
    if (report.stage == last_.stage && report.share <= last_.share) return;
    last_ = report;
    if (pending_) {
      waiting_ = std::move(report);
      return;
    }
    pending_ = true;
    due_.store(Nanoseconds(now + every_), std::memory_order_relaxed);
  }
  Tell(std::move(report));
}

// Holds `pending_`, which only this call and the written() that answers it may end.
void ProgressGate::Tell(ProgressReport report) const {
  if (write_(report)) return;
  const std::lock_guard lock(mutex_);
  pending_ = false;
}

bool ProgressGate::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  waiting_.reset();
  return !pending_;
}

bool ProgressGate::written() {
  ProgressReport next;
  {
    const std::lock_guard lock(mutex_);
    if (closed_ || !waiting_) {
      pending_ = false;
      return closed_;
    }
    next = *std::exchange(waiting_, std::nullopt);
    due_.store(Nanoseconds(std::chrono::steady_clock::now() + every_), std::memory_order_relaxed);
  }
  if (write_(next)) return false;
  const std::lock_guard lock(mutex_);
  pending_ = false;
  return closed_;
}

}  // namespace server
