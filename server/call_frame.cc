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

grpc::Status CallFrame::close(const geo::Result<void>& outcome) {
  if (outcome) {
    tell_log("OK", nullptr);
    return grpc::Status::OK;
  }
  const geo::Error& error = outcome.error();
  context_.AddTrailingMetadata("wardwatch-reason", error.reason);
  if (!error.field.empty()) context_.AddTrailingMetadata("wardwatch-field", error.field);
  if (error.reason == "QUEUE_FULL") context_.AddTrailingMetadata("retry-after-ms", std::to_string(parts().pool.retry_after().count()));
  grpc::Status status = StatusOf(error);
  tell_log(StatusName(status.error_code()), &error);
  return status;
}

}  // namespace server
