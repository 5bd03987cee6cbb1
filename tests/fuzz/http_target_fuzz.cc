// Any bytes as a request target, a range, a list of codings, a gRPC-Web body: what is accepted can be written again and means the same.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "geo/types/check.h"
#include "server/http/byte_range.h"
#include "server/http/gzip.h"
#include "server/http/shape_response.h"
#include "server/http/target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace server::http;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  ParseRange(text, size);
  TakesGzip(text);
  NamesEtag(text, "tag");
  const auto target = ParseTarget(text);
  if (!target) return 0;
  std::string again;
  for (const auto& segment : target->segments) again += '/' + PercentEncoded(segment);
  if (again.empty()) again = "/";
  char mark = '?';
  for (const auto& [name, value] : target->parameters) {
    again += mark + PercentEncoded(name) + '=' + PercentEncoded(value);
    mark = '&';
  }
  const auto second = ParseTarget(again);
  WARDWATCH_CHECK(second && second->segments == target->segments && second->parameters == target->parameters, "{}", again);
  for (const auto& segment : target->segments) WARDWATCH_CHECK(IsPlainText(segment) && segment != ".." && segment.find('/') == std::string::npos, "{}", segment);
  return 0;
}
