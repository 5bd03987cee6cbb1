#include "server/http/response_head.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <iterator>

namespace server::http {
namespace {

void AddField(std::string& head, std::string_view name, std::string_view value) {
  const bool plain = std::all_of(value.begin(), value.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != 0x7F; });
  if (plain) fmt::format_to(std::back_inserter(head), "{}: {}\r\n", name, value);
}

// Pages have one style sheet, pictures of our own and no script.
constexpr std::string_view kPagePolicy =
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

}  // namespace

std::string HttpDate() {
  return fmt::format("{:%a, %d %b %Y %H:%M:%S GMT}", fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())));
}

std::string FormatHead(const Response& response, BodyForm form, bool keep) {
  std::string head = fmt::format("HTTP/1.1 {} {}\r\n", response.status, ReasonOf(response.status));
  AddField(head, "Date", HttpDate());
  if (!response.content_type.empty()) AddField(head, "Content-Type", response.content_type);
  const bool bodyless = response.status == 204 || response.status == 304;
  if (form == BodyForm::kChunks) {
    AddField(head, "Transfer-Encoding", "chunked");
  } else if (!bodyless) {
    AddField(head, "Content-Length", std::to_string(response.body ? response.body->size() : 0));
  }
  if (!response.etag.empty()) AddField(head, "ETag", fmt::format("\"{}\"", response.etag));
  if (!response.cache_control.empty()) AddField(head, "Cache-Control", response.cache_control);
  AddField(head, "X-Content-Type-Options", "nosniff");
  if (response.page) {
    AddField(head, "Content-Security-Policy", kPagePolicy);
    AddField(head, "Referrer-Policy", "no-referrer");
  }
  if (response.ranges) AddField(head, "Accept-Ranges", "bytes");
  for (const auto& [name, value] : response.headers) AddField(head, name, value);
  if (!keep) AddField(head, "Connection", "close");
  return head + "\r\n";
}

}  // namespace server::http
