#include "geo/filters/filter_fault.h"

#include <fmt/format.h>

namespace geo {

tl::unexpected<Error> FilterFault(const char* reason, const std::string& where, const std::string& what) {
  return Fail({ErrorCode::kInvalidArgument, "filter", reason, where.empty() ? "filter: " + what : fmt::format("filter, {}: {}", where, what)});
}

std::string Shown(std::string_view sent) {
  constexpr std::size_t kMost = 40;
  std::string shown = "\"";
  for (const char c : sent.substr(0, kMost)) shown += c >= 0x20 && c < 0x7F && c != '"' && c != '<' && c != '>' ? c : '?';
  return shown + (sent.size() > kMost ? "...\"" : "\"");
}

std::string AtCharacter(std::size_t offset) { return fmt::format("character {}", offset + 1); }

}  // namespace geo
