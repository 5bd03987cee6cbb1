// Where the difference of two surfaces is told from chance.
#pragma once

#include <cstdint>
#include <vector>

#include "geo/hotspots/surface_query.h"
#include "geo/rates/dispersion.h"
#include "geo/snapshot/dataset_snapshot.h"
#include "geo/types/stop_signal.h"

namespace geo {

struct ChangedCells {
  std::vector<std::uint8_t> changed;  // one per cell of the frame, 1: told from chance; 0 where not shown
  std::int64_t tests_made = 0;        // shown cells with kFewestToJudge incidents within reach in both periods together
  DispersionEstimate dispersion;
};

// `answer` is FindSurface's of `query`, which has a comparison. For each shown cell the incidents within a bandwidth of its centre (to the nearest cell) are
// counted in both periods, and their daily rates compared by the conditional binomial test; p is widened by the spread of changes over squares of two bandwidths
// a side that share no incident (DispersionOfChanges), and corrected over all cells by Benjamini and Hochberg, which holds for tests that share incidents with
// their neighbours too. Hours and weights count as whole incidents, rounded.
// Law: swapping the two periods changes nothing. Deterministic. Cost: O(points + cells * bandwidth / cell) and a test a cell.
// Errors: of `stop`. Source: Przyborowski and Wilenski 1940; Benjamini and Yekutieli 2001, section 3.1 (positive dependence).
Result<ChangedCells> FindChangedCells(const DatasetSnapshot& data, const SurfaceQuery& query, const SurfaceAnswer& answer, double false_discovery_rate,
                                      const StopSignal& stop);

}  // namespace geo
