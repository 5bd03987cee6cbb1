// Where the hotspots are: counts, density and persistence for the same cells.
#pragma once

#include "geo/hotspots/hotspot_query.h"
#include "geo/snapshot/dataset_snapshot.h"
#include "geo/types/stop_signal.h"

namespace geo {

struct HotspotBudget {
  std::int64_t kernel_pairs = 5'000'000'000;  // points times cells within the reach, of each step that sums kernels
};

// Selects, lays cells, counts, takes the k-set, asks the same of each previous year, tests every cell of the areas, and evaluates the density at the listed
// cells' centres.
// Order: weight descending, then cell id; cells without incidents last. Deterministic: same snapshot and query, same bytes, at any thread count.
// Errors: those of CheckQuestion, CheckDensity, CheckSignificance, ChooseDensity, DensityAtPlaces, TestCells, ListCells; kInvalidArgument for a period longer
// than a year with previous years, which would overlap it; kResourceExhausted when the work estimate passes `budget`; kCancelled, kDeadlineExceeded.
// Cost: one pass over the rows of each year, an ordering of the occupied cells, the cells of the areas' block, and positions within reach of each listed cell.
// Source: geo/density, geo/significance; k-set and persistence: geo/hotspots/README.md.
Result<HotspotAnswer> FindHotspots(const DatasetSnapshot& data, const HotspotQuery& query, const HotspotBudget& budget, const StopSignal& stop);

}  // namespace geo
