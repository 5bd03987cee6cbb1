#include "server/request_frame.h"

namespace server {

RequestFrame::RequestFrame(CallParts& parts, std::string_view called, SteadyTime deadline)
    : method(called), parts_(parts), stop_(std::make_shared<StopToken>(deadline)) {}

RequestFrame::~RequestFrame() {
  if (entered_) parts_.gate.leave();
}

geo::Result<std::shared_ptr<const geo::Snapshot>> RequestFrame::enter() {
  if (auto entered = parts_.gate.enter(); !entered) return geo::Fail(entered.error());
  entered_ = true;
  snapshot_ = parts_.snapshots.current();
  if (!snapshot_) return geo::Fail({geo::ErrorCode::kUnavailable, "", "NO_DATA", "no store is loaded yet; try again later"});
  return snapshot_;
}

void RequestFrame::tell_log(std::string_view status, const geo::Error* error) {
  const std::chrono::duration<double, std::milli> ms = std::chrono::steady_clock::now() - begin_;
  const std::string snapshot = snapshot_ ? snapshot_->id : std::string();
  // A reader's hold on an old snapshot ends with its answer, not when the client has taken it.
  snapshot_.reset();
  const std::string_view reason = error != nullptr ? std::string_view(error->reason) : std::string_view();
  const std::string_view field = error != nullptr ? std::string_view(error->field) : std::string_view();
  parts_.log.request({method, status, reason, field, ms.count(), rows, snapshot, purpose_bytes});
}

geo::Error RequestFrame::Unexpected(const std::exception& thrown) {
  try {
    parts_.log.event("unexpected", {{"method", std::string(method)}, {"what", thrown.what()}}, true);
  } catch (const std::exception&) {
    // A log that cannot be written costs the line, not the answer.
  }
  return {geo::ErrorCode::kInternal, "", "UNEXPECTED", "the server failed to answer; its log has an event \"unexpected\" of this time that says why"};
}

void RequestFrame::cancel() {
  stop_->cancel();
  parts_.pool.sweep();
}

}  // namespace server
