#include "geo/planning/plan_places.h"

#include <numeric>

namespace geo {

Result<PlanPlaces> LayPlaces(const AreaSet& set, std::size_t vintage, const std::vector<AreaIndex>& areas, PlaceUnit unit, const CellGrid& grid,
                             const StopSignal& stop) {
  PlanPlaces places;
  places.unit = unit;
  places.vintage = vintage;
  places.grid = grid;
  if (unit == PlaceUnit::kAreas) {
    places.areas = areas;
    if (areas.empty()) {
      places.areas.resize(set.areas().size());
      std::iota(places.areas.begin(), places.areas.end(), AreaIndex{0});
    }
    places.index_of.assign(std::size_t{1} << 16, PlanPlaces::kNone);
    for (std::size_t i = 0; i < places.areas.size(); ++i) places.index_of[places.areas[i]] = static_cast<std::int32_t>(i);
    return places;
  }
  auto block = FindAnalysedCells({&set, areas}, grid, kMostPlanCells, stop);
  if (!block) return Fail(block.error());
  places.block = std::move(*block);
  places.index_of.assign(places.block.inside.size(), PlanPlaces::kNone);
  for (std::size_t i = 0; i < places.block.inside.size(); ++i) {
    if (places.block.inside[i] == 0) continue;
    places.index_of[i] = static_cast<std::int32_t>(places.cells.size());
    places.cells.push_back(places.block.cell_at(i));
  }
  return places;
}

Result<PlanPlaces> LayShape(MultiPolygon shape, std::size_t vintage) {
  PlanPlaces places;
  places.unit = PlaceUnit::kShape;
  places.vintage = vintage;
  places.shape_bounds = BoundsOf(shape);
  auto set = AreaSet::Build("drawn", {Area{"drawn", "drawn", std::move(shape)}});
  if (!set) return Fail(set.error());
  places.shape = std::make_shared<const AreaSet>(std::move(*set));
  return places;
}

PlanPlaces TakenTogether(PlanPlaces places, const std::vector<std::int32_t>& chosen) {
  std::vector<std::uint8_t> taken(places.size(), 0);
  for (const std::int32_t place : chosen) taken[static_cast<std::size_t>(place)] = 1;
  for (std::int32_t& index : places.index_of) index = index != PlanPlaces::kNone && taken[static_cast<std::size_t>(index)] != 0 ? 0 : PlanPlaces::kNone;
  if (!places.cells.empty()) places.cells.resize(1);
  if (!places.areas.empty()) places.areas.resize(1);
  return places;
}

}  // namespace geo
