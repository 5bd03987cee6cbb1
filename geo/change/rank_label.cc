#include "geo/change/rank_label.h"

#include <algorithm>
#include <limits>

namespace geo {

RankLabel LabelOf(const RankedWard& ward, std::span<const int> ranked_areas) {
  // Ranges that meet in pairs have a rank that all share, so the greatest low end and the least high end decide.
  int greatest_low = 0, least_high = std::numeric_limits<int>::max();
  bool ranked = false, wide = false;
  for (std::size_t i = 0; i < ward.denominators.size(); ++i) {
    if (!ward.denominators[i].rank) continue;
    const RankRange& range = *ward.denominators[i].rank;
    ranked = true;
    wide = wide || 2 * (range.high - range.low + 1) > ranked_areas[i];
    greatest_low = std::max(greatest_low, range.low);
    least_high = std::min(least_high, range.high);
  }
  if (!ranked) return RankLabel::kNone;
  if (wide || ward.incidents < kFewestToJudge) return RankLabel::kNotRankable;
  return greatest_low > least_high ? RankLabel::kDependsOnDenominator : RankLabel::kRobust;
}

const char* RankLabelWord(RankLabel label) {
  switch (label) {
    case RankLabel::kNone:
      return "";
    case RankLabel::kRobust:
      return "robust";
    case RankLabel::kDependsOnDenominator:
      return "depends on denominator";
    case RankLabel::kNotRankable:
      return "not rankable";
  }
  __builtin_unreachable();
}

}  // namespace geo
