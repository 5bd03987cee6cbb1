#include "server/codec/refusal.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>

#include "server/limits.h"

namespace server {

std::string Quoted(std::string_view text) {
  constexpr std::size_t kShown = 40;
  std::string_view shown = text.substr(0, kShown);
  // A character is shown whole or not at all.
  while (shown.size() < text.size() && !shown.empty() && (static_cast<unsigned char>(text[shown.size()]) & 0xC0) == 0x80) shown.remove_suffix(1);
  std::string quoted = "\"";
  for (const char c : shown) quoted += static_cast<unsigned char>(c) < 0x20 || c == 0x7F || c == '"' ? '?' : c;
  quoted += shown.size() < text.size() ? "...\"" : "\"";
  return quoted;
}

std::string Listed(std::span<const std::string> names) {
  if (names.empty()) return "none";
  std::string list;
  const std::size_t shown = std::min(names.size(), limits::kNamesInMessage);
  for (std::size_t i = 0; i < shown; ++i) list += (i == 0 ? "" : ", ") + names[i];
  if (shown < names.size()) list += fmt::format(" and {} more", names.size() - shown);
  return list;
}

geo::Error Missing(std::string_view field, std::string_view remedy) {
  return {geo::ErrorCode::kInvalidArgument, std::string(field), "MISSING", fmt::format("is missing; {}", remedy)};
}

geo::Error UnknownEnum(std::string_view field, int sent, std::string_view choices) {
  return {geo::ErrorCode::kInvalidArgument, std::string(field), "UNKNOWN_VALUE", fmt::format("is {}, which has no meaning; send {}", sent, choices)};
}

geo::Error Unknown(std::string_view field, std::string_view kind, std::string_view sent, std::span<const std::string> existing) {
  std::string reason = "UNKNOWN_";
  for (const char c : kind) reason += c == ' ' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return {geo::ErrorCode::kNotFound, std::string(field), reason, fmt::format("there is no {} {}; there is: {}", kind, Quoted(sent), Listed(existing))};
}

geo::Error TooMany(std::string_view field, std::int64_t sent, std::int64_t limit) {
  return {geo::ErrorCode::kInvalidArgument, std::string(field), "TOO_MANY",
          fmt::format("has {} entries; at most {}: name fewer, or leave it out for all", sent, limit)};
}

geo::Error Repeated(std::string_view field, std::string_view sent) {
  return {geo::ErrorCode::kInvalidArgument, std::string(field), "REPEATED", fmt::format("names {} a second time; name each once", Quoted(sent))};
}

geo::Error NotTogether(std::string_view field, std::string_view why) {
  return {geo::ErrorCode::kInvalidArgument, std::string(field), "NOT_TOGETHER", std::string(why)};
}

geo::Result<void> CheckAnswerFits(std::size_t bytes) {
  if (bytes <= static_cast<std::size_t>(limits::kResponseBytes)) return {};
  return geo::Fail({geo::ErrorCode::kResourceExhausted, "", "ANSWER_TOO_LARGE",
                    fmt::format("the answer has {} bytes and at most {} are sent; ask for fewer rows, or for a smaller page", bytes, limits::kResponseBytes)});
}

geo::Error Under(std::string_view outer, geo::Error error) {
  // A message may begin with the path; it is the same path then.
  if (!error.field.empty() && error.message.starts_with(error.field)) error.message = Path(outer, error.message);
  if (!error.field.empty()) error.field = Path(outer, error.field);
  return error;
}

std::string Path(std::string_view field, std::string_view part) { return field.empty() ? std::string(part) : fmt::format("{}.{}", field, part); }

namespace {

bool Inside(double sent, const NumberRange& range) { return std::isfinite(sent) && sent <= range.high && (range.above ? sent > range.low : sent >= range.low); }

}  // namespace

geo::Result<double> DecodeNumber(std::string_view field, double sent, const NumberRange& range) {
  if (sent == 0) return range.otherwise;
  return DecodeGivenNumber(field, sent, range);
}

geo::Result<double> DecodeGivenNumber(std::string_view field, double sent, const NumberRange& range) {
  if (Inside(sent, range)) return sent + 0.0;  // never minus zero
  const std::string otherwise = range.otherwise_means.empty() ? fmt::format("{}", range.otherwise) : std::string(range.otherwise_means);
  return geo::Fail(
      geo::InvalidArgument(std::string(field), fmt::format("is {}; send {} {} to {}{}{}, or leave it out for {}", sent, range.above ? "over" : "from",
                                                           range.low, range.high, range.unit.empty() ? "" : " ", range.unit, otherwise)));
}

geo::Result<std::int32_t> DecodeMillimetres(std::string_view field, double sent_m, const NumberRange& range) {
  const auto metres = DecodeNumber(field, sent_m, range);
  if (!metres) return geo::Fail(metres.error());
  const double mm = std::round(*metres * 1000);
  if (std::abs(*metres * 1000 - mm) <= 1e-6) return static_cast<std::int32_t>(mm);
  return geo::Fail(geo::InvalidArgument(std::string(field), fmt::format("is {}; cells are whole millimetres: send at most three decimals", *metres)));
}

geo::Result<std::int64_t> DecodeInteger(std::string_view field, std::int64_t sent, std::int64_t low, std::int64_t high) {
  if (sent >= low && sent <= high) return sent;
  return geo::Fail(geo::InvalidArgument(std::string(field), fmt::format("is {}; send {} to {}", sent, low, high)));
}

geo::Result<void> CheckName(std::string_view field, std::string_view sent) {
  const bool fit = !sent.empty() && sent.size() <= static_cast<std::size_t>(limits::kNameBytes) && std::all_of(sent.begin(), sent.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
  });
  if (fit) return {};
  return geo::Fail({geo::ErrorCode::kInvalidArgument, std::string(field), "BAD_NAME",
                    fmt::format("{} is no name; names are 1 to {} letters, digits, dots, hyphens and underscores", Quoted(sent), limits::kNameBytes)});
}

}  // namespace server
