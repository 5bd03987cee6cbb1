// Range and If-Range (RFC 9110, 14): one range of bytes. A request for several gets the whole, which the RFC allows and which no download client minds.
#pragma once

#include <cstdint>
#include <string_view>
#include <variant>

namespace server::http {

struct WholeBody {};
struct PartOfBody {
  std::uint64_t first = 0;
  std::uint64_t last = 0;  // included
};
struct NoSuchPart {};

// `size` of the body in bytes. A header that is malformed or has other units is ignored, as the RFC says: WholeBody.
std::variant<WholeBody, PartOfBody, NoSuchPart> ParseRange(std::string_view range, std::uint64_t size);

}  // namespace server::http
