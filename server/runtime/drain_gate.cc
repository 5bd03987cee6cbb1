#include "server/runtime/drain_gate.h"

#include "geo/types/check.h"

namespace server {

geo::Result<void> DrainGate::enter() {
  const std::lock_guard lock(mutex_);
  if (closed_) return geo::Fail({geo::ErrorCode::kUnavailable, "", "DRAINING", "this server is shutting down; ask another, or try again later"});
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
  changed_.wait_for(lock, limit, [this] { return under_way_ == 0 || interrupted_; });
  return under_way_ == 0;
}

void DrainGate::interrupt() {
  const std::lock_guard lock(mutex_);
  interrupted_ = true;
  changed_.notify_all();
}

}  // namespace server
