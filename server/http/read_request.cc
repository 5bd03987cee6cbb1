#include "server/http/read_request.h"

#include <algorithm>
#include <array>
#include <boost/beast/core/string.hpp>

#include "server/limits.h"

namespace server::http {

namespace bhttp = boost::beast::http;

namespace {

std::string Text(boost::beast::string_view view) { return {view.data(), view.size()}; }

// host, host:port or [v6]:port, of plain characters: it may appear in links.
bool GoodHost(std::string_view host) {
  return !host.empty() && host.size() <= 255 && std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':' || c == '[' || c == ']';
  });
}

std::optional<Method> MethodOf(bhttp::verb verb) {
  switch (verb) {
    case bhttp::verb::get:
      return Method::kGet;
    case bhttp::verb::head:
      return Method::kHead;
    case bhttp::verb::post:
      return Method::kPost;
    case bhttp::verb::options:
      return Method::kOptions;
    case bhttp::verb::unknown:
      return std::nullopt;
    default:
      return Method::kOther;
  }
}

// Of one header; several of the same name are one list (RFC 9110, 5.3).
std::string Joined(const RawRequest& raw, bhttp::field name) {
  std::string all;
  const auto range = raw.equal_range(name);
  for (auto at = range.first; at != range.second; ++at) all += (all.empty() ? "" : ", ") + Text(at->value());
  return all;
}

// What gRPC-Web hands on as metadata; everything else stays here.
bool TravelsOn(std::string_view name) { return name == "x-user-agent" || name == "user-agent" || name.starts_with("wardwatch-"); }

void TakeMetadata(const RawRequest& raw, Request& request) {
  for (const auto& field : raw) {
    std::string name = Text(field.name_string());
    std::transform(name.begin(), name.end(), name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (TravelsOn(name)) request.metadata.emplace_back(std::move(name), Text(field.value()));
  }
}

}  // namespace

std::optional<Refusal> CheckHead(const RawRequest& raw) {
  if (raw.version() != 11) return Refusal{505, "BAD_VERSION", "this server speaks HTTP/1.1"};
  if (raw.count(bhttp::field::host) != 1 || !GoodHost(Text(raw[bhttp::field::host]))) {
    return Refusal{400, "BAD_HOST", "one Host header with a host name is needed"};
  }
  if (raw.count(bhttp::field::transfer_encoding) > 0) return Refusal{411, "LENGTH_REQUIRED", "send Content-Length; Transfer-Encoding is not taken"};
  if (raw.count(bhttp::field::content_length) > 1) return Refusal{400, "BAD_REQUEST", "Content-Length is given twice"};
  if (raw.count(bhttp::field::content_encoding) > 0 && !boost::beast::iequals(raw[bhttp::field::content_encoding], "identity")) {
    return Refusal{415, "UNSUPPORTED_CODING", "Content-Encoding is not taken: send the body as it is"};
  }
  const auto method = MethodOf(raw.method());
  if (!method) return Refusal{501, "UNKNOWN_METHOD", "HTTP has no such method; resources take GET, HEAD and OPTIONS, gRPC-Web is called with POST"};
  const bool body = raw.count(bhttp::field::content_length) > 0 && raw[bhttp::field::content_length] != "0";
  // Of a method that is refused the body is read first, so that the answer is not lost to a client that is still writing.
  if (body && *method != Method::kPost && *method != Method::kOther) return Refusal{400, "UNEXPECTED_BODY", "GET, HEAD and OPTIONS have no body here"};
  return std::nullopt;
}

bool Expects100(const RawRequest& raw) { return boost::beast::iequals(raw[bhttp::field::expect], "100-continue"); }

tl::expected<Request, Refusal> TakeRequest(RawRequest& raw) {
  Request request;
  request.method = *MethodOf(raw.method());
  request.method_name = Text(raw.method_string());
  const std::string target = Text(raw.target());
  if (!(request.method == Method::kOptions && target == "*")) {
    auto parsed = ParseTarget(target);
    if (!parsed) {
      const geo::Error& error = parsed.error();
      return tl::unexpected(Refusal{400, error.reason, error.field.empty() ? error.message : error.field + " " + error.message});
    }
    request.target = std::move(*parsed);
  }
  request.host = Text(raw[bhttp::field::host]);
  request.origin = Joined(raw, bhttp::field::origin);
  request.accept = Joined(raw, bhttp::field::accept);
  request.accept_encoding = Joined(raw, bhttp::field::accept_encoding);
  request.content_type = Joined(raw, bhttp::field::content_type);
  request.if_none_match = Joined(raw, bhttp::field::if_none_match);
  request.if_range = Joined(raw, bhttp::field::if_range);
  request.range = Joined(raw, bhttp::field::range);
  request.access_control_request_method = Joined(raw, bhttp::field::access_control_request_method);
  request.grpc_timeout = Text(raw["grpc-timeout"]);
  TakeMetadata(raw, request);
  request.body = std::move(raw.body());
  return request;
}

}  // namespace server::http
