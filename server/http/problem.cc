#include "server/http/problem.h"

#include <nlohmann/json.hpp>

namespace server::http {
namespace {

Response Document(int status, const geo::Error& error) {
  nlohmann::ordered_json body{{"type", "about:blank"}, {"title", ReasonOf(status)}, {"status", status}};
  body["detail"] = error.field.empty() || error.message.starts_with(error.field) ? error.message : error.field + ": " + error.message;
  body["reason"] = error.reason;
  if (!error.field.empty()) body["parameter"] = error.field;
  Response response;
  response.status = status;
  response.content_type = "application/problem+json";
  response.body = MakeBytes(body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
  response.cache_control = "no-store";
  response.error = error;
  return response;
}

}  // namespace

// No default: a code added to geo does not compile until it has a line here (-Wswitch is an error).
int StatusOf(const geo::Error& error) {
  switch (error.code) {
    case geo::ErrorCode::kInvalidArgument:
      return 400;
    case geo::ErrorCode::kNotFound:
      return 404;
    case geo::ErrorCode::kFailedPrecondition:
      // A page of data that is served no more is gone; everything else is a question that this data cannot carry.
      return error.reason == "SNAPSHOT_CHANGED" ? 410 : 422;
    case geo::ErrorCode::kResourceExhausted:
      // Too busy now, or too much at any time.
      return error.reason == "QUEUE_FULL" || error.reason == "OUT_OF_MEMORY" ? 503 : 422;
    case geo::ErrorCode::kAborted:
      return 409;
    case geo::ErrorCode::kCancelled:
      return 499;
    case geo::ErrorCode::kDeadlineExceeded:
      return 504;
    case geo::ErrorCode::kUnavailable:
      return 503;
    case geo::ErrorCode::kPermissionDenied:
      return 403;
    case geo::ErrorCode::kDataLoss:
    case geo::ErrorCode::kInternal:
      return 500;
  }
  return 500;
}

Response Problem(const geo::Error& error, int retry_after) {
  Response response = Document(StatusOf(error), error);
  if (retry_after > 0) response.headers.emplace_back("Retry-After", std::to_string(retry_after));
  return response;
}

Response Problem(int status, std::string_view reason, std::string_view detail, bool close) {
  Response response = Document(status, {geo::ErrorCode::kInvalidArgument, "", std::string(reason), std::string(detail)});
  response.close = close;
  return response;
}

}  // namespace server::http
