#include "server/gateway/html_page.h"

#include <fmt/format.h>

namespace server {

std::string Escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string Anchor(std::string_view href, std::string_view text) { return fmt::format("<a href=\"{}\">{}</a>", Escaped(href), Escaped(text)); }

http::Response HtmlPage(const std::string& base, std::string_view title, const Trail& trail, const std::string& body) {
  std::string steps;
  for (const auto& [href, text] : trail) steps += Anchor(href, text) + " / ";
  http::Response response;
  response.content_type = "text/html; charset=utf-8";
  response.page = true;
  response.compressible = true;
  response.body = http::MakeBytes(
      fmt::format("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{0}</title>"
                  "<link rel=\"stylesheet\" href=\"{1}/style.css\"></head>\n<body><nav>{2}</nav><main><h1>{0}</h1>\n{3}\n</main></body></html>\n",
                  Escaped(title), Escaped(base), steps, body));
  return response;
}

std::string_view StyleSheet() {
  return R"(body{font:16px/1.5 system-ui,sans-serif;margin:0;color:#1a1a1a;background:#fff}
nav{padding:.6rem 1.2rem;background:#22313f;color:#cfd8dc}
nav a{color:#fff}
main{padding:0 1.2rem 2rem;max-width:80rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:1.6rem}
table{border-collapse:collapse;font-size:.9rem}.long{min-width:24rem}th,td{border:1px solid #d0d7de;padding:.25rem .5rem;text-align:left;vertical-align:top}
th{background:#f3f5f7}td.n{text-align:right;font-variant-numeric:tabular-nums}
.scroll{overflow-x:auto}.note{color:#555}code{background:#f3f5f7;padding:0 .2rem}
a{color:#0b5cad}a:focus-visible{outline:3px solid #ffbf47}
@media (prefers-color-scheme:dark){body{color:#e6e6e6;background:#15191d}th,code{background:#22292f}th,td{border-color:#3a444d}a{color:#79b8ff}.note{color:#aaa}}
)";
}

}  // namespace server
