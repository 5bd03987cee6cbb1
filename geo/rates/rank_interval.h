// Where an area stands among the others, told as a range.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/types/result.h"
#include "geo/types/stop_signal.h"

namespace geo {

// Areas times draws: 200 MB of ranks, some twenty seconds.
inline constexpr std::int64_t kMostRankDraws = 100'000'000;

struct RankRange {
  int rank = 1;  // of the observed rates: 1 is the highest; ties share the better rank
  int low = 1;   // 5 % of the draws rank it better
  int high = 1;  // 5 % rank it worse
};

// Each draw takes every area's rate from its gamma posterior, shape count + 1/2 and scale widening / exposure (Jeffreys' prior), and ranks all. A `widening`
// over 1 spreads each posterior around its mean: shape (count + 1/2) / widening. Equal areas keep one order in all draws of equal value. Counts 0 or more,
// exposures positive, equally many; draws 100 to 100,000. Seeded by counter: neither threads nor order of the areas' relabelling matter beyond the stream of
// each area's index. The observed rank of an area of few incidents may lie outside its range. Cost: O(draws x n log n), 2 bytes a rank. Errors: of `stop`;
// kResourceExhausted over kMostRankDraws, or without the memory. Source: Goldstein and Spiegelhalter 1996, League tables and their limitations.
Result<std::vector<RankRange>> RankRanges(std::span<const std::int64_t> counts, std::span<const double> exposures, double widening, int draws,
                                          std::uint64_t seed, const StopSignal& stop);

}  // namespace geo
