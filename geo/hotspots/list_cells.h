// The cells that an answer lists, ranked.
#pragma once

#include <optional>
#include <vector>

#include "geo/hotspots/cell_significance.h"
#include "geo/hotspots/hotspot_query.h"
#include "geo/hotspots/k_set.h"
#include "geo/snapshot/dataset_snapshot.h"

namespace geo {

// By query.selection: weight descending, then cell id; empty cells (analysed, without an incident) come last, by id. Without densities and history. Shares are
// 0 where there is no weight at all. Errors: kResourceExhausted TOO_MANY_CELLS beyond half a million empty cells; of `stop`.
Result<std::vector<HotCell>> ListCells(const DatasetSnapshot& data, const HotspotQuery& query, const std::vector<CellCount>& counts, const KSet& k_set,
                                       const std::optional<TestedCells>& tested, const StopSignal& stop);

}  // namespace geo
