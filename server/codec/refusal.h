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
// Fields that do not go together: NOT_TOGETHER.
geo::Error NotTogether(std::string_view field, std::string_view why);
// ANSWER_TOO_LARGE for an encoded answer over what the wire takes; nothing for others.
geo::Result<void> CheckAnswerFits(std::size_t bytes);
// The same error about a field that lies in another message: its path begins with `outer`.
geo::Error Under(std::string_view outer, geo::Error error);
// "density.bandwidth_m"; `part` alone where `field` is empty.
std::string Path(std::string_view field, std::string_view part);

// 0 means that the field was left out: protobuf cannot tell the two apart.
// Errors: NaN, infinite, negative, under `low` (or equal to it, where `above` is set), over `high`.
struct NumberRange {
  double low = 0;
  double high = 0;
  double otherwise = 0;                   // used for 0
  std::string_view unit;                  // "m"; empty for shares
  bool above = false;                     // `low` itself is refused
  std::string_view otherwise_means = {};  // in words, where `otherwise` is no number to show
};
geo::Result<double> DecodeNumber(std::string_view field, double sent, const NumberRange& range);
// The same of a field whose presence is known (`optional`, or in a oneof): 0 is a number like any other.
geo::Result<double> DecodeGivenNumber(std::string_view field, double sent, const NumberRange& range);
// A size in metres as whole millimetres. Errors: those of DecodeNumber, more than three decimals.
geo::Result<std::int32_t> DecodeMillimetres(std::string_view field, double sent_m, const NumberRange& range);
// Errors: out of [low, high].
geo::Result<std::int64_t> DecodeInteger(std::string_view field, std::int64_t sent, std::int64_t low, std::int64_t high);
// [A-Za-z0-9._-]{1,128}: what may be looked up.
geo::Result<void> CheckName(std::string_view field, std::string_view sent);

}  // namespace server
