// Sentences that refuse a request field: what was sent, the limit, what to do. One place, so that they all read alike.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "geo/types/result.h"

namespace server {

// In quotes, at most 40 bytes, cut between characters, control characters and quotes replaced: safe in a message. What is sent is UTF-8 already: protobuf
// refuses other text.
std::string Quoted(std::string_view text);
// "a, b, c and 7 more"; "none" for none.
std::string Listed(std::span<const std::string> names);

geo::Error Missing(std::string_view field, std::string_view remedy);
geo::Error UnknownEnum(std::string_view field, int sent, std::string_view choices);
// kNotFound UNKNOWN_{KIND} with what exists: `kind` is a word such as "category".
geo::Error Unknown(std::string_view field, std::string_view kind, std::string_view sent, std::span<const std::string> existing);
geo::Error TooMany(std::string_view field, std::int64_t sent, std::int64_t limit);
geo::Error Repeated(std::string_view field, std::string_view sent);

// 0 means that the field was left out: protobuf cannot tell the two apart.
// Errors: NaN, infinite, negative, under `low` (or equal to it, where `above` is set), over `high`.
struct NumberRange {
  double low = 0;
  double high = 0;
  double otherwise = 0;   // used for 0
  std::string_view unit;  // "m"; empty for shares
  bool above = false;     // `low` itself is refused
};
geo::Result<double> DecodeNumber(std::string_view field, double sent, const NumberRange& range);
// Errors: out of [low, high].
geo::Result<std::int64_t> DecodeInteger(std::string_view field, std::int64_t sent, std::int64_t low, std::int64_t high);
// [A-Za-z0-9._-]{1,128}: what may be looked up.
geo::Result<void> CheckName(std::string_view field, std::string_view sent);

}  // namespace server
