// Tells the work of one request to end: its caller went away, or its time is up.
#pragma once

#include <atomic>
#include <chrono>

#include "geo/types/stop_signal.h"

namespace server {

using SteadyTime = std::chrono::steady_clock::time_point;

// The monotonic clock: a step of the wall clock neither ends nor prolongs a request. Thread-safe.
class StopToken final : public geo::StopSignal {
 public:
  explicit StopToken(SteadyTime deadline) : deadline_(deadline) {}

  // After the deadline it changes nothing: what follows from the deadline, such as a write cut off, is not the caller's cancel.
  void cancel() {
    if (std::chrono::steady_clock::now() < deadline_) cancelled_.store(true, std::memory_order_relaxed);
  }
  SteadyTime deadline() const { return deadline_; }

  bool stop_requested() const override { return cancelled_.load(std::memory_order_relaxed) || std::chrono::steady_clock::now() >= deadline_; }
  geo::Error reason() const override {
    if (cancelled_.load(std::memory_order_relaxed)) return {geo::ErrorCode::kCancelled, "", "CANCELLED", "the caller cancelled the request"};
    return TimeIsUp();
  }
  static geo::Error TimeIsUp() {
    return {geo::ErrorCode::kDeadlineExceeded, "", "DEADLINE_EXCEEDED", "the request's time was up before its answer; allow more time or ask for less"};
  }

 private:
  std::atomic<bool> cancelled_{false};
  const SteadyTime deadline_;
};

}  // namespace server
