#include "geo/filters/like_pattern.h"

#include <algorithm>

#include "geo/filters/letter_case.h"
#include "geo/types/check.h"

namespace geo {

std::size_t LikePattern::Characters(std::string_view pattern) {
  std::size_t count = 0;
  for (; !pattern.empty(); ++count) TakeCodePoint(pattern);
  return count;
}

LikePattern::LikePattern(std::string_view pattern, bool any_case) : any_case_(any_case) {
  WARDWATCH_CHECK(Characters(pattern) <= kMostCharacters, "{} characters", Characters(pattern));
  while (!pattern.empty()) {
    char32_t point = TakeCodePoint(pattern);
    const std::uint64_t place = std::uint64_t{1} << length_;
    if (point == '%') {
      skips_ |= place;
      continue;
    }
    ++length_;
    if (point == '_') {
      any_ |= place;
      continue;
    }
    // A backslash at the very end stands for itself.
    if (point == '\\' && !pattern.empty()) point = TakeCodePoint(pattern);
    if (any_case_) point = FoldedCase(point);
    if (point < ascii_.size()) {
      ascii_[point] |= place;
      continue;
    }
    const auto known = std::find_if(others_.begin(), others_.end(), [&](const auto& other) { return other.first == point; });
    if (known == others_.end()) {
      others_.emplace_back(point, place);
    } else {
      known->second |= place;
    }
  }
}

std::uint64_t LikePattern::places_of(char32_t point) const {
  if (point < ascii_.size()) return ascii_[point] | any_;
  const auto known = std::find_if(others_.begin(), others_.end(), [&](const auto& other) { return other.first == point; });
  return known == others_.end() ? any_ : known->second | any_;
}

bool LikePattern::matches(std::string_view text) const {
  std::uint64_t places = 1;  // bit i: the first i characters of the pattern have been matched
  while (!text.empty() && places != 0) {
    char32_t point = TakeCodePoint(text);
    if (any_case_) point = FoldedCase(point);
    places = ((places & places_of(point)) << 1) | (places & skips_);
  }
  return text.empty() && (places >> length_ & 1) != 0;
}

}  // namespace geo
