// gzip (RFC 1952), whole and piece by piece.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "server/http/http_message.h"

namespace server::http {

std::string Gzipped(std::string_view text);

// Whether the client takes gzip: it is named, or "*", with a weight over 0 (RFC 9110, 12.5.3).
bool TakesGzip(std::string_view accept_encoding);

// The same bytes compressed; a piece of the source may come out as none or more.
std::unique_ptr<BodySource> GzippedSource(std::unique_ptr<BodySource> source);

}  // namespace server::http
