// LIKE: a pattern of CQL2, matched in one pass over the text.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace geo {

// `%` is any text, `_` one character, a backslash takes what follows as it stands. Characters are code points.
class LikePattern {
 public:
  static constexpr std::size_t kMostCharacters = 50;
  // How many characters a pattern has; the caller refuses over kMostCharacters (checked).
  static std::size_t Characters(std::string_view pattern);

  // `any_case`: capitals and small letters are alike (FoldedCase).
  LikePattern(std::string_view pattern, bool any_case);

  // Does the whole text match? Cost: O(text), whatever the pattern: every place in the pattern that the text so far may have led to is one bit of a word.
  // Source: Baeza-Yates and Gonnet 1992, A new approach to text searching (shift-and).
  bool matches(std::string_view text) const;

 private:
  std::uint64_t places_of(char32_t point) const;

  std::size_t length_ = 0;   // single characters of the pattern, `_` included
  std::uint64_t any_ = 0;    // places at which `_` stands
  std::uint64_t skips_ = 0;  // places at which `%` stands
  std::array<std::uint64_t, 128> ascii_{};
  std::vector<std::pair<char32_t, std::uint64_t>> others_;
  bool any_case_ = false;
};

}  // namespace geo
