// Numbers in text, without a locale: the same file means the same everywhere.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace geo {

struct NumberText {
  double value = 0;
  // nullptr when `value` is good; else "EMPTY", "NOT_A_NUMBER" (also hex, a leading '+', spaces), "NOT_FINITE" (nan, inf, and what a double cannot hold) or
  // "DECIMAL_COMMA" ("0,1": a comma between digits, whatever it was meant to be).
  const char* fault = nullptr;
};

// Form: -?(digits[.digits]|.digits)([eE][+-]?digits)?, nothing around it; "5." is allowed, "1e5" is 100,000. Nearest double; what is smaller than the
// least double is 0; -0 is 0. At most 64 bytes, else NOT_A_NUMBER.
NumberText ReadNumber(std::string_view text);

// Digits only, 0 to 9,999,999,999,999; no sign.
std::optional<std::int64_t> ReadCount(std::string_view text);

}  // namespace geo
