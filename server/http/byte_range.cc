#include "server/http/byte_range.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace server::http {
namespace {

std::optional<std::uint64_t> Number(std::string_view text) {
  std::uint64_t value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::variant<WholeBody, PartOfBody, NoSuchPart> ParseRange(std::string_view range, std::uint64_t size) {
  constexpr std::string_view kUnit = "bytes=";
  if (!range.starts_with(kUnit)) return WholeBody{};
  range.remove_prefix(kUnit.size());
  const auto dash = range.find('-');
  if (dash == std::string_view::npos || range.find(',') != std::string_view::npos) return WholeBody{};
  const auto first = Number(range.substr(0, dash)), last = Number(range.substr(dash + 1));
  if (dash == 0) {
    if (!last) return WholeBody{};
    if (*last == 0 || size == 0) return NoSuchPart{};
    return PartOfBody{size - std::min(*last, size), size - 1};
  }
  if (!first || (!last && dash + 1 != range.size())) return WholeBody{};
  if (last && *last < *first) return WholeBody{};
  if (*first >= size) return NoSuchPart{};
  return PartOfBody{*first, std::min(last.value_or(size - 1), size - 1)};
}

}  // namespace server::http
