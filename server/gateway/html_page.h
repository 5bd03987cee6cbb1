// Small pages for people: escaped text, one style sheet, no script.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/http/http_message.h"

namespace server {

std::string Escaped(std::string_view text);
std::string Anchor(std::string_view href, std::string_view text);

// Link and text of each step above the page.
using Trail = std::vector<std::pair<std::string, std::string>>;

// A whole page; `body` is HTML already. `base` without a slash at the end.
http::Response HtmlPage(const std::string& base, std::string_view title, const Trail& trail, const std::string& body);

// The style sheet that every page names.
std::string_view StyleSheet();

}  // namespace server
