// Where the hotspots are: counts, density and persistence for the same cells.
#pragma once

#include "geo/hotspots/hotspot_query.h"
#include "geo/snapshot/dataset_snapshot.h"
#include "geo/types/stop_signal.h"

namespace geo {

// Selects, lays cells, counts, takes the k-set, asks the same of each previous year, and evaluates the kernel at the listed cells' centres.
// Order: weight descending, then cell id. Deterministic: same snapshot and query, same bytes, at any thread count.
// Errors: those of CheckAnswerable; kInvalidArgument for a period longer than a year with previous years, which would overlap it;
// kResourceExhausted when the work estimate passes `budget`; kCancelled, kDeadlineExceeded.
// Cost: one pass over the rows of each year, O(rows + occupied cells log occupied cells), and rows within the bandwidth of each listed cell.
// Source: quartic kernel: Silverman 1986, Density Estimation, eq. 4.5. k-set and persistence: geo/hotspots/README.md.
struct HotspotBudget {
  std::int64_t kernel_pairs = 5'000'000'000;  // points times cells within the bandwidth
};
Result<HotspotAnswer> FindHotspots(const DatasetSnapshot& data, const HotspotQuery& query, const HotspotBudget& budget, const StopSignal& stop);

}  // namespace geo
