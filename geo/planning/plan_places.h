// The places that a plan chooses among: cells of the areas, or the areas themselves.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "geo/cells/cell_grid.h"
#include "geo/hotspots/analysed_cells.h"

namespace geo {

// kCells: the cells that share a point with the areas. kAreas: the areas. kShape: one drawn shape.
enum class PlaceUnit : std::uint8_t { kCells, kAreas, kShape };

// At most this many cells in the block around the areas.
inline constexpr std::int64_t kMostPlanCells = 4'000'000;

struct PlanPlaces {
  static constexpr std::int32_t kNone = -1;
  PlaceUnit unit = PlaceUnit::kCells;
  std::size_t vintage = 0;
  CellGrid grid{CellShape::kSquare, 250'000};
  std::vector<CellId> cells;     // kCells: in order of id
  std::vector<AreaIndex> areas;  // kAreas: in order of code

  std::size_t size() const { return unit == PlaceUnit::kCells ? cells.size() : unit == PlaceUnit::kAreas ? areas.size() : 1; }
  // Which place an incident lies in, or kNone; `area` is its join to the vintage.
  std::int32_t place_of(GridPoint at, AreaIndex area) const {
    if (area == kNowhere) return kNone;
    if (unit == PlaceUnit::kAreas) return index_of[area];
    if (unit == PlaceUnit::kShape) return shape_bounds.contains(at) && shape->locate(at) == 0 ? 0 : kNone;
    const CellId cell = grid.cell_of(at);
    return block.contains(cell) ? index_of[block.index_of(cell)] : kNone;
  }

  AnalysedCells block;                   // kCells
  std::vector<std::int32_t> index_of;    // by place in `block`, or by AreaIndex
  std::shared_ptr<const AreaSet> shape;  // kShape: of one area
  GridBox shape_bounds;
};

// `areas`: sorted; empty for all of the vintage. An incident in an analysed cell counts there, also where the cell reaches beyond the areas.
// Errors: kResourceExhausted TOO_MANY_CELLS; of `stop`.
Result<PlanPlaces> LayPlaces(const AreaSet& set, std::size_t vintage, const std::vector<AreaIndex>& areas, PlaceUnit unit, const CellGrid& grid,
                             const StopSignal& stop);
// One place: what lies in the shape, its edge included.
Result<PlanPlaces> LayShape(MultiPolygon shape, std::size_t vintage);
// All of `places` but those chosen left out, and the chosen taken together as place 0. `chosen`: indices of places, at least one.
PlanPlaces TakenTogether(PlanPlaces places, const std::vector<std::int32_t>& chosen);

}  // namespace geo
