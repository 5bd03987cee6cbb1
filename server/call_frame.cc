#include "server/call_frame.h"

#include <algorithm>
#include <string>

#include "server/status_mapping.h"

namespace server {

SteadyTime DeadlineOf(const grpc::CallbackServerContext& context, const Deadlines& deadlines) {
  const auto now = std::chrono::steady_clock::now();
  const auto deadline = context.deadline();
  // gRPC gives deadlines on the wall clock; only the time left is taken from it.
  if (deadline == std::chrono::system_clock::time_point::max()) return now + std::min(deadlines.usual, deadlines.most);
  const auto left = deadline - std::chrono::system_clock::now();
  return now + std::chrono::duration_cast<SteadyTime::duration>(std::min<std::chrono::system_clock::duration>(left, deadlines.most));
}

CallFrame::CallFrame(CallParts& parts, grpc::CallbackServerContext& context, std::string_view method)
    : parts_(parts), context_(context), method_(method), stop_(std::make_shared<StopToken>(DeadlineOf(context, parts.deadlines))) {}

CallFrame::~CallFrame() {
  if (entered_) parts_.gate.leave();
}

geo::Result<std::shared_ptr<const geo::Snapshot>> CallFrame::enter() {
  if (auto entered = parts_.gate.enter(); !entered) return geo::Fail(entered.error());
  entered_ = true;
  snapshot_ = parts_.snapshots.current();
  if (!snapshot_) return geo::Fail({geo::ErrorCode::kUnavailable, "", "NO_DATA", "no store is loaded yet; try again later"});
  return snapshot_;
}

grpc::Status CallFrame::close(const geo::Result<void>& outcome) {
  const std::chrono::duration<double, std::milli> ms = std::chrono::steady_clock::now() - begin_;
  const std::string snapshot = snapshot_ ? snapshot_->id : std::string();
  // A reader's hold on an old snapshot ends with its answer, not when the client has taken it.
  snapshot_.reset();
  if (outcome) {
    parts_.log.request({method_, "OK", "", "", ms.count(), rows, snapshot, purpose_bytes});
    return grpc::Status::OK;
  }
  const geo::Error& error = outcome.error();
  context_.AddTrailingMetadata("wardwatch-reason", error.reason);
  if (!error.field.empty()) context_.AddTrailingMetadata("wardwatch-field", error.field);
  if (error.reason == "QUEUE_FULL") context_.AddTrailingMetadata("retry-after-ms", std::to_string(parts_.pool.retry_after().count()));
  grpc::Status status = StatusOf(error);
  parts_.log.request({method_, StatusName(status.error_code()), error.reason, error.field, ms.count(), rows, snapshot, purpose_bytes});
  return status;
}

geo::Error CallFrame::Unexpected(const std::exception& thrown) {
  try {
    parts_.log.event("unexpected", {{"method", std::string(method_)}, {"what", thrown.what()}}, true);
  } catch (const std::exception&) {
    // A log that cannot be written costs the line, not the answer.
  }
  return {geo::ErrorCode::kInternal, "", "UNEXPECTED", "the server failed to answer; its log has an event \"unexpected\" of this time that says why"};
}

void CallFrame::cancel() {
  stop_->cancel();
  parts_.pool.sweep();
}

}  // namespace server
