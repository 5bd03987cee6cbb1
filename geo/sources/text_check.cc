#include "geo/sources/text_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "geo/sources/csv_reader.h"

namespace geo {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::uint64_t kLowBits = 0x0101010101010101ULL;
constexpr std::uint64_t kHighBits = 0x8080808080808080ULL;

// High bit set in some byte when a byte of `word` is zero (exact as a yes or no).
std::uint64_t HasZero(std::uint64_t word) { return (word - kLowBits) & ~word & kHighBits; }

std::size_t LineOf(std::string_view text, std::size_t offset) {
  return 1 + static_cast<std::size_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

tl::unexpected<Error> Refuse(std::string_view text, std::size_t offset, const char* reason, std::string_view what) {
  return Fail({ErrorCode::kInvalidArgument, "", reason, fmt::format("line {}, byte {}: {}", LineOf(text, offset), offset, what)});
}

bool Continues(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

bool LooksLikeUtf16(std::string_view text) { return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"); }

// The next byte at or after `at` that is NUL, CR or not ASCII; the size where there is none.
std::size_t SkipPlain(std::string_view text, std::size_t at) {
  constexpr std::uint64_t kCarriageReturns = kLowBits * '\r';
  while (at + 8 <= text.size()) {
    std::uint64_t word;
    std::memcpy(&word, text.data() + at, 8);
    if (((word & kHighBits) | HasZero(word) | HasZero(word ^ kCarriageReturns)) != 0) break;
    at += 8;
  }
  while (at < text.size() && text[at] != '\0' && text[at] != '\r' && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at;
}

}  // namespace

std::size_t SequenceLength(std::string_view text) {
  if (text.empty()) return 0;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xC2 && lead <= 0xDF ? 2 : (lead & 0xF0) == 0xE0 ? 3 : lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
  if (length == 0 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if (!Continues(text[i])) return 0;
  }
  const unsigned char second = byte(1);
  if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F)) return 0;  // overlong; surrogates
  if ((lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F)) return 0;  // overlong; past U+10FFFF
  return length;
}

Result<std::size_t> CheckText(std::string_view text) {
  if (text.size() > kMaxTextBytes) return Refuse({}, 0, "FILE_TOO_LONG", "the file has over 4 GiB; split it by month");
  if (text.empty()) return Refuse(text, 0, "CUT_FILE", "the file is empty");
  if (LooksLikeUtf16(text)) return Refuse(text, 0, "NOT_UTF8", "the file is UTF-16; save it as UTF-8");
  for (std::size_t at = SkipPlain(text, 0); at < text.size(); at = SkipPlain(text, at)) {
    if (text[at] == '\0') return Refuse(text, at, "NUL_BYTE", "a NUL byte; the file is damaged, or UTF-16: save it as UTF-8");
    if (text[at] == '\r') {
      if (at + 1 == text.size()) break;  // the missing line feed is a cut
      if (text[at + 1] != '\n') return Refuse(text, at, "LONE_CR", "a carriage return without a line feed; save the file with LF or CR LF line ends");
      at += 2;
      continue;
    }
    const std::size_t length = SequenceLength(text.substr(at));
    if (length == 0) {
      return Refuse(text, at, "NOT_UTF8",
                    fmt::format("byte 0x{:02X} is not UTF-8 here (Latin-1?); save the file as UTF-8", static_cast<unsigned char>(text[at])));
    }
    at += length;
  }
  if (text.back() != '\n') return Refuse(text, text.size(), "CUT_FILE", "the file does not end with a line end: its last row may be cut");
  return text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
}

std::string Excerpt(std::string_view text) {
  constexpr std::size_t kMost = 40;
  std::string out;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t length = SequenceLength(text.substr(at));
    const auto byte = static_cast<unsigned char>(text[at]);
    const bool escape = length == 0 || byte < 0x20 || byte == 0x7F || byte == '"' || byte == '\\';
    const std::string piece = escape ? fmt::format("\\x{:02X}", byte) : std::string(text.substr(at, length));
    if (out.size() + piece.size() > kMost) return out + "...";
    out += piece;
    at += escape ? 1 : length;
  }
  return out;
}

}  // namespace geo
