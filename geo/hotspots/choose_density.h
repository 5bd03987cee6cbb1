// From what a question asks of the density to the kernel that is used, with the reason and what to beware of.
#pragma once

#include "geo/density/window.h"
#include "geo/hotspots/density_query.h"
#include "geo/hotspots/selected_points.h"

namespace geo {

// `cell_mm`: of the cells at which the density is shown. `areas`: for the rules that need an outline. `budget_pairs`, `threads`: of the searching rules.
// Errors: of CheckKernel, ChooseBandwidth and `stop`.
Result<DensityUsed> ChooseDensity(const DensityQuery& query, const SelectedPoints& selected, std::int32_t cell_mm, const std::optional<AnalysedAreas>& areas,
                                  const DensityWork& work, const StopSignal& stop);

// The window of the areas with cells of `cell_mm`, or larger where that would be over `most_cells`. Errors: of `stop`; FrameAround's.
Result<Window> WindowAround(const AnalysedAreas& areas, std::int32_t cell_mm, std::int64_t most_cells, const StopSignal& stop);

}  // namespace geo
