// geo's errors as gRPC statuses.
#pragma once

#include <grpcpp/support/status.h>

#include <string>

#include "geo/types/error.h"

namespace server {

grpc::StatusCode StatusCodeOf(geo::ErrorCode code);
// The message begins with the field at fault. The reason and the field go to the client as trailing metadata as well: see CallFrame::close.
grpc::Status StatusOf(const geo::Error& error);
// "INVALID_ARGUMENT", for the log.
const char* StatusName(grpc::StatusCode code);

}  // namespace server
