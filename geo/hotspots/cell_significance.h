// Significance for the cells of a question: every cell of the areas, empty ones as zeros, and no other.
#pragma once

#include <span>
#include <vector>

#include "geo/hotspots/analysed_cells.h"
#include "geo/hotspots/cell_counts.h"
#include "geo/hotspots/test_places.h"

namespace geo {

struct TestedCells {
  AnalysedCells cells;
  std::vector<PlaceSignificance> places;  // one per analysed cell, in order of id
  std::vector<CellId> ids;                // of those, ascending
  SignificanceSummary summary;
  // Of a cell that was not analysed: analysed is false.
  PlaceSignificance of(CellId cell) const;
};

// `counts` in order of id: their weights are the values; `unit` as in TestPlaces. Without areas, or with more cells than are analysed, nothing is analysed and
// a warning says why. Errors: of TestPlaces; kResourceExhausted for too many neighbours; of
// `stop`.
Result<TestedCells> TestCells(const std::optional<AnalysedAreas>& areas, const CellGrid& grid, std::span<const CellCount> counts,
                              const SignificanceQuery& query, double unit, int threads, const StopSignal& stop);

}  // namespace geo
