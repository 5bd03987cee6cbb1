#include "server/cli/connection_channel.h"

#include <fmt/format.h>

#include <charconv>

namespace server {
namespace {

using std::chrono::milliseconds;

geo::ErrorCode CodeOf(grpc::StatusCode code) {
  switch (code) {
    case grpc::StatusCode::INVALID_ARGUMENT:
    case grpc::StatusCode::OUT_OF_RANGE:
      return geo::ErrorCode::kInvalidArgument;
    case grpc::StatusCode::NOT_FOUND:
      return geo::ErrorCode::kNotFound;
    case grpc::StatusCode::FAILED_PRECONDITION:
      return geo::ErrorCode::kFailedPrecondition;
    case grpc::StatusCode::RESOURCE_EXHAUSTED:
      return geo::ErrorCode::kResourceExhausted;
    case grpc::StatusCode::ABORTED:
      return geo::ErrorCode::kAborted;
    case grpc::StatusCode::CANCELLED:
      return geo::ErrorCode::kCancelled;
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      return geo::ErrorCode::kDeadlineExceeded;
    case grpc::StatusCode::UNAVAILABLE:
      return geo::ErrorCode::kUnavailable;
    case grpc::StatusCode::PERMISSION_DENIED:
    case grpc::StatusCode::UNAUTHENTICATED:
      return geo::ErrorCode::kPermissionDenied;
    case grpc::StatusCode::DATA_LOSS:
      return geo::ErrorCode::kDataLoss;
    default:
      return geo::ErrorCode::kInternal;
  }
}

std::string Trailing(const grpc::ClientContext& context, const char* key) {
  const auto& metadata = context.GetServerTrailingMetadata();
  const auto found = metadata.find(key);
  return found == metadata.end() ? std::string() : std::string(found->second.data(), found->second.size());
}

}  // namespace

std::optional<milliseconds> RetryAfter(const grpc::ClientContext& context) {
  const std::string text = Trailing(context, "retry-after-ms");
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
  return milliseconds(value);
}

geo::Error Connection::Channel::error_of(const grpc::Status& status, const grpc::ClientContext& context) const {
  geo::Error error{CodeOf(status.error_code()), Trailing(context, "wardwatch-field"), Trailing(context, "wardwatch-reason"), status.error_message()};
  const bool connected = answered || grpc->GetState(false) == GRPC_CHANNEL_READY;
  // Our server always gives a reason; without one, UNAVAILABLE comes from the channel itself.
  const bool nobody = status.error_code() == grpc::StatusCode::UNAVAILABLE && error.reason.empty();
  if (nobody || (status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED && !connected)) {
    error.code = geo::ErrorCode::kUnavailable;
    error.reason = kUnreachable;
    error.message = fmt::format("no answer from {}: {}", server, status.error_message());
  } else if (status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED && error.reason.empty()) {
    error.reason = "DEADLINE_EXCEEDED";
    error.message = fmt::format("no answer within {} ms; --timeout waits longer, a shorter period or larger cells need less work", timeout.count());
  }
  return error;
}

}  // namespace server
