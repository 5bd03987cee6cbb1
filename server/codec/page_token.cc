#include "server/codec/page_token.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "server/limits.h"

namespace server {
namespace {

// Hexadecimal of "1.{offset}.{snapshot}.{request digest}.{first 16 digits of the SHA-256 of all before}".
constexpr std::string_view kVersion = "1";

std::string Body(const PageTicket& ticket, std::size_t offset) { return fmt::format("{}.{}.{}.{}", kVersion, offset, ticket.snapshot, ticket.request_digest); }

std::string Checksum(std::string_view body) { return geo::Sha256Hex(body).substr(0, 16); }

geo::Error BadToken() {
  return {geo::ErrorCode::kInvalidArgument, "page_token", "BAD_PAGE_TOKEN",
          "is not a token of this server; send next_page_token unchanged, or leave it out for the first page"};
}

// Lower-case hexadecimal only: each text has one token.
geo::Result<std::string> Unhex(const std::string& token) {
  if (token.size() % 2 != 0 || token.size() > limits::kPageTokenBytes * 2) return geo::Fail(BadToken());
  std::string text;
  for (std::size_t i = 0; i < token.size(); i += 2) {
    const auto digit = [&](char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; };
    const int high = digit(token[i]);
    const int low = digit(token[i + 1]);
    if (high < 0 || low < 0) return geo::Fail(BadToken());
    text += static_cast<char>(high * 16 + low);
  }
  return text;
}

}  // namespace

std::string FormatPageToken(const PageTicket& ticket, std::size_t offset) {
  const std::string body = Body(ticket, offset);
  std::string token;
  for (const char c : body + '.' + Checksum(body)) token += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return token;
}

geo::Result<std::size_t> ParsePageToken(const std::string& token, const PageTicket& ticket) {
  if (token.empty()) return 0;
  const auto text = Unhex(token);
  if (!text) return geo::Fail(text.error());
  std::vector<std::string_view> parts;
  std::string_view rest = *text;
  for (std::size_t dot = rest.find('.'); dot != std::string_view::npos; dot = rest.find('.')) {
    parts.push_back(rest.substr(0, dot));
    rest.remove_prefix(dot + 1);
  }
  if (parts.size() != 4 || parts[0] != kVersion) return geo::Fail(BadToken());
  const std::string_view body = std::string_view(*text).substr(0, text->size() - rest.size() - 1);
  std::size_t offset = 0;
  const auto parsed = std::from_chars(parts[1].data(), parts[1].data() + parts[1].size(), offset);
  if (Checksum(body) != rest || parsed.ec != std::errc() || parsed.ptr != parts[1].data() + parts[1].size()) return geo::Fail(BadToken());
  if (parts[3] != ticket.request_digest) {
    return geo::Fail({geo::ErrorCode::kInvalidArgument, "page_token", "TOKEN_OF_ANOTHER_REQUEST",
                      "belongs to another request; repeat the request of the page before, with nothing but page_token and page_size changed"});
  }
  if (parts[2] != ticket.snapshot) {
    return geo::Fail({geo::ErrorCode::kFailedPrecondition, "page_token", "SNAPSHOT_CHANGED",
                      fmt::format("belongs to snapshot {}, and {} is served now; begin again with the first page", parts[2], ticket.snapshot)});
  }
  return offset;
}

geo::Result<std::size_t> DecodePageSize(std::int32_t sent, int otherwise, int most) {
  if (sent < 0) {
    return geo::Fail(geo::InvalidArgument("page_size", fmt::format("is {}; send 1 to {}, or leave it out for {}", sent, most, otherwise)));
  }
  return static_cast<std::size_t>(sent == 0 ? otherwise : std::min(sent, most));
}

}  // namespace server
