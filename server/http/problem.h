// geo's errors as HTTP answers: application/problem+json (RFC 9457).
#pragma once

#include "geo/types/error.h"
#include "server/http/http_message.h"

namespace server::http {

// One exhaustive switch, as server/status_mapping has for gRPC.
int StatusOf(const geo::Error& error);

// {"type","title","status","detail","reason","parameter"}: what was sent, the limit, what to do. `retry_after` in whole seconds where it is over 0.
Response Problem(const geo::Error& error, int retry_after = 0);
// Of a request that is refused before anything understood it: `close` ends the connection.
Response Problem(int status, std::string_view reason, std::string_view detail, bool close = false);

}  // namespace server::http
