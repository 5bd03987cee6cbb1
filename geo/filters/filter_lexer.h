// CQL2 text into words. For the sources of this room.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "geo/types/result.h"

namespace geo {

enum class WordKind : std::uint8_t { kName, kQuotedName, kText, kNumber, kSign, kEnd };

struct FilterWord {
  WordKind kind = WordKind::kEnd;
  std::string text;  // of a name or text, without quotes; of a sign: "<=", "("
  double number = 0;
  std::size_t offset = 0;
};

std::string Upper(std::string_view text);  // of ASCII letters

// Is this word, in capitals, one of the language's own, and so no property unless quoted?
bool IsReservedWord(std::string_view upper);
// Is this name read as a property as it stands, without quotes?
bool IsPlainName(std::string_view name);

class FilterLexer {
 public:
  explicit FilterLexer(std::string_view text) : text_(text) {}
  // The next word. Errors: FILTER_SYNTAX for a character that begins none, an open quote, a number that is none.
  Result<FilterWord> next();

 private:
  Result<FilterWord> quoted(char quote, WordKind kind);
  Result<FilterWord> number();

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace geo
