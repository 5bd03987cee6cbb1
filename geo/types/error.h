// The errors that cross a public header of geo: one code, the field at fault, a reason that a program can match, and a sentence for a person.
#pragma once

#include <string>
#include <utility>

namespace geo {

// Whose fault, and what the caller can do about it. server/status_mapping maps every code to gRPC in one switch without a default,
// so that a code added here does not compile until it is mapped.
enum class ErrorCode {
  kInvalidArgument,     // the request is malformed whatever the data: change the request
  kNotFound,            // a named thing does not exist: list what does
  kFailedPrecondition,  // well formed, but this data or state cannot carry it: see `reason`
  kResourceExhausted,   // over a limit or a budget: ask for less, or later
  kAborted,             // another operation won: try again
  kCancelled,           // the caller went away
  kDeadlineExceeded,    // the caller's time is up
  kUnavailable,         // starting, draining or without data: try again later
  kPermissionDenied,    // this role may not
  kDataLoss,            // a file or store is damaged
  kInternal,            // the world failed us (disk, library) in a way that no caller can mend
};

struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string field;    // path of the request or manifest field at fault, "cells.cell_size_m"; empty when none is
  std::string reason;   // SCREAMING_SNAKE_CASE, stable, for programs: "HOUR_UNKNOWN"
  std::string message;  // what was sent, the limit, what to do

  friend bool operator==(const Error&, const Error&) = default;
};

// The common case: a request field outside its range.
inline Error InvalidArgument(std::string field, std::string message) {
  return {ErrorCode::kInvalidArgument, std::move(field), "OUT_OF_RANGE", std::move(message)};
}

}  // namespace geo
