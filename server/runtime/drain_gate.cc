#include "server/runtime/drain_gate.h"

#include <algorithm>
#include <thread>

#include "geo/types/check.h"

namespace server {

geo::Result<void> DrainGate::enter() {
  const std::lock_guard lock(mutex_);
  if (closed_) {
    last_refused_ = std::chrono::steady_clock::now();
    return geo::Fail({geo::ErrorCode::kUnavailable, "", "DRAINING", "this server is shutting down; ask another, or try again later"});
  }
  ++under_way_;
  return {};
}

void DrainGate::leave() {
  const std::lock_guard lock(mutex_);
  WARDWATCH_CHECK(under_way_ > 0, "a request left that had not entered");
  if (--under_way_ == 0) changed_.notify_all();
}

void DrainGate::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  changed_.notify_all();
}

bool DrainGate::closed() const {
  const std::lock_guard lock(mutex_);
  return closed_;
}

int DrainGate::under_way() const {
  const std::lock_guard lock(mutex_);
  return under_way_;
}

bool DrainGate::wait_empty(std::chrono::milliseconds limit) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, limit, [this] { return under_way_ == 0; });
  return under_way_ == 0;
}

void DrainGate::wait_quiet(std::chrono::milliseconds quiet, std::chrono::milliseconds limit) {
  const auto begin = std::chrono::steady_clock::now();
  std::unique_lock lock(mutex_);
  while (true) {
    const auto until = std::min(std::max(begin, last_refused_) + quiet, begin + limit);
    if (std::chrono::steady_clock::now() >= until) return;
    lock.unlock();
    std::this_thread::sleep_until(until);
    lock.lock();
  }
}

}  // namespace server
