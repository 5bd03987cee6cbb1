#include "geo/hotspots/k_set.h"

#include <bit>

#include "geo/hotspots/radix_order.h"
#include "geo/types/check.h"

namespace geo {

Result<KSet> TakeKSet(std::span<const CellCount> cells, double share, const StopSignal& stop) {
  WARDWATCH_CHECK(share > 0 && share <= 1, "share {}", share);
  std::vector<std::uint64_t> keys(cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    WARDWATCH_CHECK(cells[i].weight >= 0, "weight {}", cells[i].weight);
    // The bits of doubles that are not negative are ordered as their values; inverted, the heaviest comes first. + 0.0 turns a negative zero positive.
    keys[i] = ~std::bit_cast<std::uint64_t>(cells[i].weight + 0.0);
  }
  auto order = RadixOrder(keys, stop);
  if (!order) return Fail(order.error());
  KSet set;
  set.order = std::move(*order);
  set.cumulative_share.resize(set.order.size());
  for (std::size_t i = 0; i < set.order.size(); ++i) {
    set.total_weight += cells[set.order[i]].weight;
    set.cumulative_share[i] = set.total_weight;
  }
  if (set.total_weight == 0) return set;
  for (double& sum : set.cumulative_share) sum /= set.total_weight;
  if (share == 1) {
    set.k = set.order.size();
    return set;
  }
  while (set.cumulative_share[set.k] < share) ++set.k;
  ++set.k;
  return set;
}

}  // namespace geo
