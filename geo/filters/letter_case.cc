#include "geo/filters/letter_case.h"

namespace geo {
namespace {

// Length of a well-formed code point at the start of the text, 0 for none.
std::size_t LengthAt(std::string_view text, char32_t& point) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) {
    point = first;
    return 1;
  }
  const std::size_t length = first >= 0xC2 && first < 0xE0 ? 2 : first >= 0xE0 && first < 0xF0 ? 3 : first >= 0xF0 && first < 0xF5 ? 4 : 0;
  if (length == 0 || text.size() < length) return 0;
  point = first & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
    point = point << 6 | (byte(i) & 0x3F);
  }
  // Overlong, surrogates, beyond the last.
  if ((length == 3 && (point < 0x800 || (point >= 0xD800 && point < 0xE000))) || (length == 4 && (point < 0x10000 || point > 0x10FFFF))) return 0;
  return length;
}

}  // namespace

char32_t TakeCodePoint(std::string_view& text) {
  char32_t point = 0;
  std::size_t length = LengthAt(text, point);
  if (length == 0) {
    point = static_cast<unsigned char>(text[0]);
    length = 1;
  }
  text.remove_prefix(length);
  return point;
}

void AppendCodePoint(char32_t point, std::string& text) {
  if (point < 0x80) {
    text += static_cast<char>(point);
  } else if (point < 0x800) {
    text += static_cast<char>(0xC0 | point >> 6);
    text += static_cast<char>(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    text += static_cast<char>(0xE0 | point >> 12);
    text += static_cast<char>(0x80 | (point >> 6 & 0x3F));
    text += static_cast<char>(0x80 | (point & 0x3F));
  } else {
    text += static_cast<char>(0xF0 | point >> 18);
    text += static_cast<char>(0x80 | (point >> 12 & 0x3F));
    text += static_cast<char>(0x80 | (point >> 6 & 0x3F));
    text += static_cast<char>(0x80 | (point & 0x3F));
  }
}

char32_t FoldedCase(char32_t point) {
  if (point < 0x80) return point >= 'A' && point <= 'Z' ? point + 32 : point;
  if (point >= 0xC0 && point <= 0xDE) return point == 0xD7 ? point : point + 32;
  if (point == 0x178) return 0xFF;
  if (point == 0x17F) return 's';
  // Pairs, capital first at even places, or at odd ones from L to N and for Z; the dotted and dotless i have no simple folding.
  const bool even_pairs = (point >= 0x100 && point <= 0x12F) || (point >= 0x132 && point <= 0x137) || (point >= 0x14A && point <= 0x177);
  const bool odd_pairs = (point >= 0x139 && point <= 0x148) || (point >= 0x179 && point <= 0x17E);
  if (even_pairs) return point % 2 == 0 ? point + 1 : point;
  if (odd_pairs) return point % 2 == 1 ? point + 1 : point;
  return point;
}

std::string FoldedCase(std::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  while (!text.empty()) {
    const auto byte = static_cast<unsigned char>(text[0]);
    char32_t point = 0;
    const std::size_t length = LengthAt(text, point);
    if (length == 0) {
      folded += static_cast<char>(byte);
      text.remove_prefix(1);
    } else {
      AppendCodePoint(FoldedCase(point), folded);
      text.remove_prefix(length);
    }
  }
  return folded;
}

bool IsPlainText(std::string_view text) {
  while (!text.empty()) {
    char32_t point = 0;
    const std::size_t length = LengthAt(text, point);
    if (length == 0 || (point < 0x20 && point != '\t' && point != '\n' && point != '\r') || (point >= 0x7F && point < 0xA0)) return false;
    text.remove_prefix(length);
  }
  return true;
}

}  // namespace geo
