#include "server/cli/text_width.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace server {
namespace {

struct Character {
  std::uint32_t code = 0;
  std::size_t bytes = 1;
  bool valid = false;
};

std::size_t SequenceLength(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  if (lead >= 0xF0 && lead <= 0xF4) return 4;
  return 0;
}

// The character at the front of non-empty text. Overlong forms, surrogates and what lies beyond U+10FFFF are invalid (RFC 3629).
Character FirstCharacter(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t length = SequenceLength(lead);
  if (length == 0 || length > text.size()) return {};
  if (length == 1) return {lead, 1, true};
  std::uint32_t code = lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xC0U) != 0x80U) return {};
    code = (code << 6U) | (next & 0x3FU);
  }
  constexpr std::array<std::uint32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
  if (code < kLeast[length] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return {};
  return {code, length, true};
}

struct CodeRange {
  std::uint32_t first;
  std::uint32_t last;
};

// Unicode 15: the combining blocks and zero-width characters that place names meet.
constexpr std::array<CodeRange, 8> kZeroWidth{
    {{0x300, 0x36F}, {0x483, 0x489}, {0x591, 0x5BD}, {0x610, 0x61A}, {0x64B, 0x65F}, {0x200B, 0x200F}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}}};
// UAX #11: wide and full-width blocks.
constexpr std::array<CodeRange, 9> kWide{{{0x1100, 0x115F},
                                          {0x2E80, 0x303E},
                                          {0x3041, 0x33FF},
                                          {0x3400, 0x9FFF},
                                          {0xA000, 0xA4CF},
                                          {0xAC00, 0xD7A3},
                                          {0xF900, 0xFAFF},
                                          {0xFF00, 0xFF60},
                                          {0x1F300, 0x1FAFF}}};

template <std::size_t N>
bool InAny(std::uint32_t code, const std::array<CodeRange, N>& ranges) {
  return std::any_of(ranges.begin(), ranges.end(), [code](const CodeRange& range) { return code >= range.first && code <= range.last; });
}

int WidthOf(const Character& character) {
  if (!character.valid) return 1;
  if (InAny(character.code, kZeroWidth)) return 0;
  return InAny(character.code, kWide) ? 2 : 1;
}

}  // namespace

int DisplayWidth(std::string_view utf8) {
  int width = 0;
  while (!utf8.empty()) {
    const Character character = FirstCharacter(utf8);
    width += WidthOf(character);
    utf8.remove_prefix(character.bytes);
  }
  return width;
}

std::string CutToWidth(std::string_view utf8, int width, std::string_view ellipsis) {
  if (DisplayWidth(utf8) <= width) return std::string(utf8);
  const int ellipsis_width = DisplayWidth(ellipsis);
  const bool with_ellipsis = ellipsis_width <= width;
  int room = std::max(0, width - (with_ellipsis ? ellipsis_width : 0));
  std::string cut;
  while (!utf8.empty()) {
    const Character character = FirstCharacter(utf8);
    if (WidthOf(character) > room) break;
    room -= WidthOf(character);
    cut.append(utf8.substr(0, character.bytes));
    utf8.remove_prefix(character.bytes);
  }
  while (!cut.empty() && cut.back() == ' ') cut.pop_back();
  if (with_ellipsis) cut.append(ellipsis);
  return cut;
}

std::string PadToWidth(std::string_view utf8, int width, bool right_aligned) {
  const int missing = std::max(0, width - DisplayWidth(utf8));
  const std::string spaces(static_cast<std::size_t>(missing), ' ');
  return right_aligned ? spaces + std::string(utf8) : std::string(utf8) + spaces;
}

std::string Printable(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  while (!text.empty()) {
    const Character character = FirstCharacter(text);
    const bool control = character.code < 0x20 || (character.code >= 0x7F && character.code < 0xA0) || (character.code >= 0x202A && character.code <= 0x202E) ||
                         (character.code >= 0x2066 && character.code <= 0x2069);
    if (!character.valid || control) {
      clean.push_back('?');
    } else {
      clean.append(text.substr(0, character.bytes));
    }
    text.remove_prefix(character.bytes);
  }
  return clean;
}

std::vector<std::string> FoldText(std::string_view text, int width) {
  std::vector<std::string> lines(1);
  while (!text.empty()) {
    const std::size_t space = text.find(' ');
    const std::string_view word = text.substr(0, space);
    text.remove_prefix(space == std::string_view::npos ? text.size() : space + 1);
    if (word.empty()) continue;
    if (lines.back().empty()) {
      lines.back() = word;
    } else if (DisplayWidth(lines.back()) + 1 + DisplayWidth(word) <= width) {
      lines.back().append(1, ' ').append(word);
    } else {
      lines.emplace_back(word);
    }
  }
  return lines;
}

}  // namespace server
