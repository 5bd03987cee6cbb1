// The k-set: the fewest cells that carry a given share of the weight.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/hotspots/cell_counts.h"

namespace geo {

struct KSet {
  std::vector<std::uint32_t> order;      // every cell: weight descending, then cell id ascending
  std::vector<double> cumulative_share;  // of order[0..i]; the last is 1
  std::size_t k = 0;                     // the first k of `order` are hot
  double total_weight = 0;
};

// k is the least with cumulative_share[k - 1] >= share; with share 1 it is every cell; 0 when there is no weight. `cells` in order of id; 0 < share <= 1.
// Shares are compared as quotients rounded once, so that 3 of 30 carries 0.1. Exact while weights are whole numbers below 2^53; otherwise sums are taken in
// `order`, and a tie with `share` is decided within their rounding.
// Errors: of `stop`. Cost: one ordering of the cells.
Result<KSet> TakeKSet(std::span<const CellCount> cells, double share, const StopSignal& stop);

}  // namespace geo
