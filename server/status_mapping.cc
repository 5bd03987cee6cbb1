#include "server/status_mapping.h"

namespace server {

// No default: a code added to geo does not compile until it has a line here (-Wswitch is an error).
grpc::StatusCode StatusCodeOf(geo::ErrorCode code) {
  switch (code) {
    case geo::ErrorCode::kInvalidArgument:
      return grpc::StatusCode::INVALID_ARGUMENT;
    case geo::ErrorCode::kNotFound:
      return grpc::StatusCode::NOT_FOUND;
    case geo::ErrorCode::kFailedPrecondition:
      return grpc::StatusCode::FAILED_PRECONDITION;
    case geo::ErrorCode::kResourceExhausted:
      return grpc::StatusCode::RESOURCE_EXHAUSTED;
    case geo::ErrorCode::kAborted:
      return grpc::StatusCode::ABORTED;
    case geo::ErrorCode::kCancelled:
      return grpc::StatusCode::CANCELLED;
    case geo::ErrorCode::kDeadlineExceeded:
      return grpc::StatusCode::DEADLINE_EXCEEDED;
    case geo::ErrorCode::kUnavailable:
      return grpc::StatusCode::UNAVAILABLE;
    case geo::ErrorCode::kPermissionDenied:
      return grpc::StatusCode::PERMISSION_DENIED;
    case geo::ErrorCode::kDataLoss:
      return grpc::StatusCode::DATA_LOSS;
    case geo::ErrorCode::kInternal:
      return grpc::StatusCode::INTERNAL;
  }
  return grpc::StatusCode::UNKNOWN;
}

grpc::Status StatusOf(const geo::Error& error) {
  const bool named = error.field.empty() || error.message.starts_with(error.field);
  return {StatusCodeOf(error.code), named ? error.message : error.field + ": " + error.message};
}

const char* StatusName(grpc::StatusCode code) {
  static constexpr const char* kNames[] = {"OK",        "CANCELLED",      "UNKNOWN",           "INVALID_ARGUMENT",   "DEADLINE_EXCEEDED",
                                           "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION",
                                           "ABORTED",   "OUT_OF_RANGE",   "UNIMPLEMENTED",     "INTERNAL",           "UNAVAILABLE",
                                           "DATA_LOSS", "UNAUTHENTICATED"};
  const auto index = static_cast<std::size_t>(code);
  return index < std::size(kNames) ? kNames[index] : "UNKNOWN";
}

}  // namespace server
