#include "server/caller.h"

#include <fmt/format.h>

#include <algorithm>

#include "server/limits.h"

namespace server {

geo::Result<Caller> DecodeCaller(const wardwatch::v1::Caller& caller) {
  const std::string& purpose = caller.purpose();
  // Characters, not bytes: continuation bytes of UTF-8 are not counted.
  const auto characters = std::count_if(purpose.begin(), purpose.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
  if (characters > limits::kPurposeCharacters) {
    return geo::Fail(
        geo::InvalidArgument("caller.purpose", fmt::format("is {} characters long; at most {}: shorten it", characters, limits::kPurposeCharacters)));
  }
  return Caller{geo::Role::kAnalyst, purpose};
}

}  // namespace server
