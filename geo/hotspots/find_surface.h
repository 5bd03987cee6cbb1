// A density surface over the authority, and the difference of two.
#pragma once

#include "geo/hotspots/selected_points.h"
#include "geo/hotspots/surface_query.h"
#include "geo/snapshot/dataset_snapshot.h"
#include "geo/types/stop_signal.h"

namespace geo {

struct SurfaceBudget {
  std::int64_t kernel_pairs = 5'000'000'000;
  std::int64_t cells = 4'000'000;
};

// Selects, merges, chooses the bandwidth, lays the frame, evaluates, corrects, masks, compares.
// Deterministic: same snapshot and query, same bytes, at any thread count.
// Errors: those of CheckAnswerable, ChooseBandwidth, FrameAround, DensitySurface, EdgeCorrectedSurface; kInvalidArgument comparison.before; kFailedPrecondition
// NO_AREAS for edge correction without areas; of `stop`. No incidents: a surface of zeros.
Result<SurfaceAnswer> FindSurface(const DatasetSnapshot& data, const SurfaceQuery& query, const SurfaceBudget& budget, const StopSignal& stop);

// The same of points already selected: for callers that go on with them. `query` already checked.
Result<SurfaceAnswer> SurfaceOf(const DatasetSnapshot& data, const SurfaceQuery& query, const SelectedPoints& selected, const SurfaceBudget& budget,
                                const StopSignal& stop);
// Everything that FindSurface refuses before it works.
Result<void> CheckSurface(const DatasetSnapshot& data, const SurfaceQuery& query);

}  // namespace geo
