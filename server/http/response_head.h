// The bytes before a body: status line and header fields.
#pragma once

#include <string>

#include "server/http/http_message.h"

namespace server::http {

enum class BodyForm : std::uint8_t { kLength, kChunks };

// Values that hold control characters are left out: no text of a client or a dataset can begin a header of its own.
std::string FormatHead(const Response& response, BodyForm form, bool keep);

// "Mon, 30 Nov 2026 18:00:00 GMT", of this second.
std::string HttpDate();

}  // namespace server::http
