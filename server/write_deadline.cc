#include "server/write_deadline.h"

#include <grpc/support/time.h>

#include <algorithm>
#include <chrono>
#include <mutex>

namespace server {

struct WriteDeadline::State {
  // Recursive: a cancel may run the call's last callbacks, and so our destructor, before it returns.
  std::recursive_mutex mutex;
  grpc::CallbackServerContext* context = nullptr;  // null when the call is over
  bool writing = false;
  bool expired = false;

  void expire() {
    const std::lock_guard lock(mutex);
    expired = true;
    if (writing && context != nullptr) context->TryCancel();
  }
};

WriteDeadline::WriteDeadline(grpc::CallbackServerContext& context, SteadyTime deadline) : state_(std::make_shared<State>()) {
  using std::chrono::milliseconds;
  state_->context = &context;
  const auto left = std::chrono::duration_cast<milliseconds>(deadline - std::chrono::steady_clock::now());
  // Never before the stop token's own time, and not for ever where a caller's clock is far off.
  const auto wait = std::clamp(left, milliseconds(0), milliseconds(std::chrono::hours(24))) + milliseconds(1);
  alarm_.Set(gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC), gpr_time_from_millis(wait.count(), GPR_TIMESPAN)), [state = state_](bool rang) {
    if (rang) state->expire();
  });
}

WriteDeadline::~WriteDeadline() {
  const std::lock_guard lock(state_->mutex);
  state_->context = nullptr;
}

bool WriteDeadline::begin_write() {
  const std::lock_guard lock(state_->mutex);
  state_->writing = !state_->expired;
  return state_->writing;
}

void WriteDeadline::end_write() {
  const std::lock_guard lock(state_->mutex);
  state_->writing = false;
}

}  // namespace server
