// Where did the level change?
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "geo/trends/monthly_series.h"
#include "geo/types/result.h"
#include "geo/types/stop_signal.h"

namespace geo {

struct LevelChange {
  int month = 0;            // index of the first month of the new level
  double level_before = 0;  // per equal month, season taken out
  double level_after = 0;
  double p_value = 1;
};

// Binary segmentation: the split of a stretch of used months with the greatest Poisson likelihood ratio, kept when at most `level` of 199 permutations of the
// stretch (counter-based, seeded) have one as great; then both halves. A permutation moves months among the years alone, January to January: a season, and what
// the index does not know of it, is in every permutation alike, and overdispersion too. Autocorrelation is not, and may look like a change of level. At least
// 6 months on either side; at most 5 changes, then in order of time. `level` is divided by the number of stretches tested so far (Bonferroni), so that a series
// without change shows one in at most about `level` of cases. Series to 1,000 months. Source: Scott and Knott 1974, A
// cluster analysis method for grouping means; permutation of the maximum: Antoch and Huskova 2001, Permutation tests in change point analysis.
// Errors: of `stop`.
Result<std::vector<LevelChange>> FindLevelChanges(const MonthlySeries& series, const std::optional<std::array<double, 12>>& index, double level,
                                                  std::uint64_t seed, const StopSignal& stop);

}  // namespace geo
