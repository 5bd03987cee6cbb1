// The request target, taken apart once and strictly: what is decoded here is never decoded again.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "geo/types/result.h"

namespace server::http {

struct Target {
  std::vector<std::string> segments;                            // decoded; none for "/"
  std::vector<std::pair<std::string, std::string>> parameters;  // decoded, in order, each name once
};

// Errors, all kInvalidArgument BAD_TARGET with the part at fault: not beginning with '/' (absolute forms too), a fragment, an empty segment or one that is "."
// or
// "..", a '%' without two hexadecimal digits, and after decoding a control character, '/' or '\\' inside a segment, bytes that are not UTF-8.
// A parameter that comes twice is REPEATED on its name. '+' is a space in parameters, as forms write it, and itself in the path.
geo::Result<Target> ParseTarget(std::string_view target);

// As a path segment or a parameter's value: all but unreserved characters (RFC 3986) as %XX.
std::string PercentEncoded(std::string_view text);

// Whether all of it is UTF-8 without control characters.
bool IsPlainText(std::string_view text);

}  // namespace server::http
