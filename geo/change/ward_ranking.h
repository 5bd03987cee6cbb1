// One period: who differs from the whole beyond chance, and how robust is a rank?
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "geo/change/ward_comparison.h"
#include "geo/rates/funnel.h"
#include "geo/rates/rank_interval.h"

namespace geo {

struct RankQuery {
  IncidentFilter filter;  // with its period
  std::size_t vintage = 0;
  std::vector<std::string> denominators;  // empty: all that the vintage has for every listed area, "residents" first, then "km2"
  Spread spread = Spread::kWidened;
  int draws = 2000;
  std::uint64_t seed = 1;
};

enum class RankLabel : std::uint8_t { kNone, kRobust, kDependsOnDenominator, kNotRankable };
const char* RankLabelWord(RankLabel label);  // "robust", "depends on denominator", "not rankable", ""

struct DenominatorRank {
  Rate rate;
  std::optional<double> ratio;          // of the rate to that of the listed areas together; absent where theirs is 0
  std::optional<double> smoothed_rate;  // per RatePer per year
  std::optional<RankRange> rank;
};

struct RankedWard {
  AreaIndex area = 0;
  std::int64_t incidents = 0;
  std::int64_t crimes = 0;
  std::optional<double> expected;
  std::optional<double> ratio;
  FunnelLimits limits;  // when expected
  FunnelClass funnel_class = FunnelClass::kNone;
  std::vector<DenominatorRank> denominators;
  RankLabel label = RankLabel::kNone;
};

struct RankAnswer {
  std::vector<RankedWard> wards;  // in order of code
  std::vector<std::string> denominators;
  DispersionEstimate dispersion;  // of the funnel: square-root transformed z around the whole's rate
  bool widened = false;
  std::int64_t outside = 0;
  std::int64_t unlocated = 0;
  std::int64_t incidents = 0;
  std::int64_t located = 0;
  std::int64_t hour_unknown = 0;
  std::int64_t unknown_hour = 0;
};

// Expected: the whole's rate by the first denominator (sum of counts over sum of denominators of the listed areas that have one) times the area's.
// An area without a value of a denominator is left out of its ranks and of its whole. Ranks are drawn with the funnel's widening, where the answer is widened.
// Errors: CheckAnswerable; kInvalidArgument vintage, period, draws, denominators (unknown, or named twice); kFailedPrecondition NO_DATA, and NO_DENOMINATOR
// when no area has the first; kResourceExhausted of RankRanges.
Result<RankAnswer> RankWards(const DatasetSnapshot& data, const RankQuery& query, const StopSignal& stop);

// Why an area has its label and class, in a sentence.
std::string ExplainRank(const RankedWard& ward, const RankAnswer& answer);

}  // namespace geo
