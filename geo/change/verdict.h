// The five words in which a change is told. No other wording leaves the service.
#pragma once

#include <cstdint>

namespace geo {

enum class Verdict : std::uint8_t {
  kHigher,         // "higher"
  kLower,          // "lower"
  kNoClearChange,  // "no clear change": the data would look like this by chance too often
  kTooFewToSay,    // "too few to say": fewer than 20 incidents in both periods together
  kNotComparable,  // "not comparable": a recording break, a partial month or a gap lies in one period and not in the other
};

// Below this many incidents in both periods together no verdict on a change is given.
inline constexpr std::int64_t kFewestToJudge = 20;

const char* VerdictWord(Verdict verdict);

}  // namespace geo
