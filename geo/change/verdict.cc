#include "geo/change/verdict.h"

namespace geo {

const char* VerdictWord(Verdict verdict) {
  switch (verdict) {
    case Verdict::kHigher:
      return "higher";
    case Verdict::kLower:
      return "lower";
    case Verdict::kNoClearChange:
      return "no clear change";
    case Verdict::kTooFewToSay:
      return "too few to say";
    case Verdict::kNotComparable:
      return "not comparable";
  }
  __builtin_unreachable();
}

}  // namespace geo
