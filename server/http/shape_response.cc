#include "server/http/shape_response.h"

#include <fmt/format.h>

#include "server/http/byte_range.h"
#include "server/http/gzip.h"
#include "server/limits.h"

namespace server::http {
namespace {

constexpr std::string_view kCompressedMark = "-gz";

Response WithoutBody(Response response, int status) {
  response.status = status;
  response.body.reset();
  response.gzipped.reset();
  response.stream.reset();
  response.content_type.clear();
  return response;
}

// If-Range holds one entity tag, which must be this body's own; a date is no match.
bool RangeHolds(const Request& request, const std::string& etag) { return request.if_range.empty() || request.if_range == fmt::format("\"{}\"", etag); }

Response Part(Response response, std::string_view range) {
  const std::uint64_t size = response.body ? response.body->size() : 0;
  const auto part = ParseRange(range, size);
  if (std::holds_alternative<NoSuchPart>(part)) {
    response.headers.emplace_back("Content-Range", fmt::format("bytes */{}", size));
    return WithoutBody(std::move(response), 416);
  }
  if (const auto* bytes = std::get_if<PartOfBody>(&part)) {
    response.headers.emplace_back("Content-Range", fmt::format("bytes {}-{}/{}", bytes->first, bytes->last, size));
    response.body = MakeBytes(response.body->substr(bytes->first, bytes->last - bytes->first + 1));
    response.status = 206;
  }
  return response;
}

void Compress(Response& response) {
  if (response.stream) {
    response.stream = GzippedSource(std::move(response.stream));
  } else if (response.body && response.body->size() >= limits::kGzipLeast) {
    response.body = response.gzipped ? response.gzipped : MakeBytes(Gzipped(*response.body));
  } else {
    return;
  }
  response.headers.emplace_back("Content-Encoding", "gzip");
  if (!response.etag.empty()) response.etag += kCompressedMark;
}

}  // namespace

bool NamesEtag(std::string_view list, std::string_view etag) {
  if (etag.empty()) return false;
  if (list == "*") return true;
  while (!list.empty()) {
    std::string_view one = list.substr(0, list.find(','));
    list.remove_prefix(std::min(one.size() + 1, list.size()));
    while (!one.empty() && one.front() == ' ') one.remove_prefix(1);
    while (!one.empty() && one.back() == ' ') one.remove_suffix(1);
    if (one.starts_with("W/")) one.remove_prefix(2);
    if (one.size() < 2 || one.front() != '"' || one.back() != '"') continue;
    one = one.substr(1, one.size() - 2);
    if (one.ends_with(kCompressedMark)) one.remove_suffix(kCompressedMark.size());
    if (one == etag) return true;
  }
  return false;
}

Response ShapeResponse(Response response, const Request& request) {
  if (response.status != 200) return response;
  const bool reading = request.method == Method::kGet || request.method == Method::kHead;
  if (reading && NamesEtag(request.if_none_match, response.etag)) return WithoutBody(std::move(response), 304);
  if (response.ranges && request.method == Method::kGet && !request.range.empty() && RangeHolds(request, response.etag)) {
    return Part(std::move(response), request.range);
  }
  if (response.compressible && TakesGzip(request.accept_encoding)) Compress(response);
  return response;
}

}  // namespace server::http
