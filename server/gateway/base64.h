// Base64 (RFC 4648, section 4), as gRPC-Web-text carries frames.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace server {

// With padding.
std::string EncodedBase64(std::string_view bytes);

// Of one text, or of several with padding each, one after another: who streams encodes piece by piece. None for anything else.
std::optional<std::string> DecodedBase64(std::string_view text);

}  // namespace server
