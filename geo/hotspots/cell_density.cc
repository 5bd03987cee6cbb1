#include "geo/hotspots/cell_density.h"

#include <fmt/format.h>

#include <algorithm>

#include "geo/density/adaptive.h"
#include "geo/density/own_bandwidths.h"

namespace geo {
namespace {

constexpr std::int64_t kMostWindowCells = 4'000'000;
constexpr std::int64_t kCellsPerBandwidth = 5, kFewestCellsPerBandwidth = 3;

Result<std::vector<double>> Corrected(const MergedPoints& points, const DensityUsed& used, const AnalysedAreas& areas, std::span<const GridPoint> places,
                                      const DensityWork& work, const StopSignal& stop) {
  const auto cell_mm = [&](std::int64_t parts) {
    return static_cast<std::int32_t>(std::clamp<std::int64_t>(used.kernel.bandwidth_mm / parts, kMinCellMm, kMaxCellMm));
  };
  auto frame = FrameAround(BoundsOf(areas), 0, cell_mm(kCellsPerBandwidth), kMostWindowCells);
  if (!frame) frame = FrameAround(BoundsOf(areas), 0, cell_mm(kFewestCellsPerBandwidth), kMostWindowCells);
  if (!frame) {
    return Fail(
        {ErrorCode::kResourceExhausted, "density.bandwidth_m", "GRID_TOO_LARGE",
         fmt::format("the outline would be laid over more than {} cells of a third of the bandwidth, {} m; ask for a wider bandwidth, fewer areas, or no "
                     "edge correction",
                     kMostWindowCells, static_cast<double>(used.kernel.bandwidth_mm) / 1000)});
  }
  const auto window = WindowOf(*areas.set, areas.areas, *frame, stop);
  if (!window) return Fail(window.error());
  std::vector<GridPoint> inside;
  std::vector<std::size_t> index;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (!window->holds(places[i])) continue;
    inside.push_back(places[i]);
    index.push_back(i);
  }
  const auto held = PointsInside({points.at, points.weight}, used.kernel, used.edge_correction, *window, work, stop);
  if (!held) return Fail(held.error());
  const auto density = DensityAt(held->weighted(), used.kernel, inside, work, stop);
  if (!density) return Fail(density.error());
  std::vector<double> mass(inside.size(), 1.0);
  if (used.edge_correction == EdgeCorrection::kUniform) {
    auto at_places = KernelMassAtPoints(*window, used.kernel, inside, work, stop);
    if (!at_places) return Fail(at_places.error());
    mass = std::move(*at_places);
  }
  std::vector<double> all(places.size());
  for (std::size_t i = 0; i < inside.size(); ++i) all[index[i]] = (*density)[i] / mass[i];
  return all;
}

}  // namespace

Error NoAreasForEdges() {
  return {ErrorCode::kFailedPrecondition, "density.edge_correction", "NO_AREAS",
          "edge correction needs the outline of the authority, and the dataset has no boundaries; load some, or ask without edge correction"};
}

Result<std::vector<double>> DensityAtPlaces(const SelectedPoints& selected, DensityUsed& used, const std::optional<AnalysedAreas>& areas,
                                            std::span<const GridPoint> places, const DensityWork& work, const StopSignal& stop) {
  if (used.edge_correction != EdgeCorrection::kNone) {
    if (!areas) return Fail(NoAreasForEdges());
    return Corrected(selected.points, used, *areas, places, work, stop);
  }
  if (!used.adaptive || selected.points.size() == 0) return DensityAt(selected.weighted(), used.kernel, places, work, stop);
  const auto own = AbramsonBandwidths(selected.weighted(), used.kernel, work, stop);
  if (!own) return Fail(own.error());
  const auto [narrowest, widest] = std::minmax_element(own->begin(), own->end());
  used.narrowest_m = static_cast<double>(*narrowest) / 1000;
  used.widest_m = static_cast<double>(*widest) / 1000;
  return DensityAtOwnBandwidths(selected.weighted(), *own, used.kernel, places, work, stop);
}

}  // namespace geo
