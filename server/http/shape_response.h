// The last step of every answer: not modified, a part, compressed.
#pragma once

#include "server/http/http_message.h"

namespace server::http {

// Whether If-None-Match names `etag`, compressed or not; "*" names every one.
bool NamesEtag(std::string_view if_none_match, std::string_view etag);

// 304 in place of what the client has; 206 or 416 where a part is asked for and `ranges` says so; gzip where the client takes it. A compressed body has an ETag
// of its own, "...-gz". A stream is compressed as it is made.
Response ShapeResponse(Response response, const Request& request);

}  // namespace server::http
