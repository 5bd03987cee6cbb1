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

// Binary segmentation: the split of a stretch of used months with the greatest Poisson likelihood ratio, kept when fewer than `level` of the permutations of
// the stretch's months (blocks of one, counter-based, seeded) have one as great; then both halves. At least 6 months on either side; at most 5 changes, then in
// order of time. `level` is divided by the number of stretches already tested (Bonferroni), so that a series without change shows one in at most `level` of
// cases. Source: Scott and Knott 1974; permutation of the maximum: Antoch and Huskova 2001. Errors: of `stop`.
Result<std::vector<LevelChange>> FindLevelChanges(const MonthlySeries& series, const std::optional<std::array<double, 12>>& index, double level,
                                                  std::uint64_t seed, const StopSignal& stop);

}  // namespace geo
