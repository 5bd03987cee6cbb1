// Which places and hours a capacity in hours reaches.
#pragma once

#include <span>
#include <vector>

#include "geo/planning/priority_query.h"

namespace geo {

struct VisitOption {
  int block = -1;    // -1: any time of the week
  double score = 0;  // over 0 to be taken
};

// Greedy by score per hour: every visit takes visit_hours, so in the order given (best first). Taken while hours are left and a team is free: in one block no
// more visits than teams x its hours hold. Indices of those taken, in that order. Requires visit_hours and teams over 0.
// Greedy is best possible here: visits are equally long, and blocks a partition matroid (Edmonds 1971, Matroids and the greedy algorithm).
std::vector<std::size_t> AssignVisits(std::span<const VisitOption> options, double capacity_hours, double visit_hours, int teams,
                                      const std::optional<HourBlocks>& blocks);

}  // namespace geo
