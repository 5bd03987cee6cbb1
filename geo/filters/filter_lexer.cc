#include "geo/filters/filter_lexer.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "geo/filters/filter_fault.h"

namespace geo {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsNameStart(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool IsNamePart(char c) { return IsNameStart(c) || IsDigit(c) || c == '.' || c == ':'; }

constexpr std::array<std::string_view, 22> kReserved{"AND",     "OR",           "NOT",     "BETWEEN",  "IN",        "LIKE",        "IS",   "NULL",
                                                     "TRUE",    "FALSE",        "CASEI",   "DATE",     "TIMESTAMP", "INTERVAL",    "BBOX", "POINT",
                                                     "POLYGON", "S_INTERSECTS", "T_AFTER", "T_BEFORE", "T_DURING",  "T_INTERSECTS"};

}  // namespace

std::string Upper(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return upper;
}

bool IsReservedWord(std::string_view upper) { return std::find(kReserved.begin(), kReserved.end(), upper) != kReserved.end(); }

bool IsPlainName(std::string_view name) {
  return !name.empty() && IsNameStart(name[0]) && std::all_of(name.begin(), name.end(), IsNamePart) && !IsReservedWord(Upper(name));
}

Result<FilterWord> FilterLexer::next() {
  while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r')) ++at_;
  FilterWord word;
  word.offset = at_;
  if (at_ == text_.size()) return word;
  const char c = text_[at_];
  if (c == '\'') return quoted('\'', WordKind::kText);
  if (c == '"') return quoted('"', WordKind::kQuotedName);
  const char after = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
  if (IsDigit(c) || ((c == '-' || c == '+' || c == '.') && (IsDigit(after) || after == '.'))) return number();
  if (IsNameStart(c)) {
    word.kind = WordKind::kName;
    while (at_ < text_.size() && IsNamePart(text_[at_])) word.text += text_[at_++];
    return word;
  }
  word.kind = WordKind::kSign;
  const std::string_view two = text_.substr(at_, 2);
  const std::size_t size = two == "<>" || two == "<=" || two == ">=" ? 2 : 1;
  if (std::string_view("()=<>,").find(c) == std::string_view::npos) {
    return FilterFault("FILTER_SYNTAX", AtCharacter(at_), Shown(text_.substr(at_, 1)) + " begins nothing that CQL2 knows; text stands in single quotes");
  }
  word.text.assign(text_, at_, size);
  at_ += size;
  return word;
}

Result<FilterWord> FilterLexer::quoted(char quote, WordKind kind) {
  FilterWord word;
  word.kind = kind;
  word.offset = at_++;
  while (at_ < text_.size()) {
    const char c = text_[at_++];
    if (c != quote) {
      word.text += c;
    } else if (at_ < text_.size() && text_[at_] == quote) {
      word.text += text_[at_++];
    } else if (kind == WordKind::kQuotedName && word.text.empty()) {
      break;
    } else {
      return word;
    }
  }
  return FilterFault("FILTER_SYNTAX", AtCharacter(word.offset), "a quote that is not closed, or a name of nothing; a quote within is doubled");
}

Result<FilterWord> FilterLexer::number() {
  FilterWord word;
  word.kind = WordKind::kNumber;
  word.offset = at_;
  std::size_t end = at_ + (text_[at_] == '-' || text_[at_] == '+' ? 1 : 0);
  const auto skip_digits = [&] {
    while (end < text_.size() && IsDigit(text_[end])) ++end;
  };
  skip_digits();
  if (end < text_.size() && text_[end] == '.') {
    ++end;
    skip_digits();
  }
  if (end < text_.size() && (text_[end] == 'e' || text_[end] == 'E')) {
    ++end;
    if (end < text_.size() && (text_[end] == '-' || text_[end] == '+')) ++end;
    skip_digits();
  }
  const char* first = text_.data() + at_ + (text_[at_] == '+' ? 1 : 0);
  const auto [stop, error] = std::from_chars(first, text_.data() + end, word.number);
  const bool runs_on = end < text_.size() && IsNamePart(text_[end]);
  if (error != std::errc() || stop != text_.data() + end || runs_on) {
    return FilterFault("FILTER_SYNTAX", AtCharacter(at_), Shown(text_.substr(at_, end - at_ + (runs_on ? 1 : 0))) + " is no number");
  }
  at_ = end;
  return word;
}

}  // namespace geo
