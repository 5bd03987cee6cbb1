#include "geo/density/edge_correction.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "geo/density/window_mass.h"
#include "geo/types/check.h"

namespace geo {
namespace {

Result<void> CheckWindow(const Window& window) {
  WARDWATCH_CHECK(window.inside_m2.size() == window.frame.size(), "{} areas for {} cells", window.inside_m2.size(), window.frame.size());
  if (window.total_m2 > 0) return {};
  return Fail(
      {ErrorCode::kFailedPrecondition, "density.edge_correction", "WINDOW_EMPTY", "the outline covers none of the cells; ask for cells or areas that overlap"});
}

Result<void> CheckCell(const Window& window, const Kernel& kernel) {
  if (std::int64_t{window.frame.cell_mm} * 3 <= kernel.bandwidth_mm) return {};
  return Fail(InvalidArgument(
      "density.edge_correction",
      fmt::format("cells of {} m are over a third of the bandwidth, {} m, and too coarse to integrate the kernel over; cells of {} m or less "
                  "would do, or no edge correction",
                  window.frame.cell_mm / 1000.0, static_cast<double>(kernel.bandwidth_mm) / 1000, static_cast<double>(kernel.bandwidth_mm / 3) / 1000)));
}

}  // namespace

Result<std::vector<double>> KernelMassAtCells(const Window& window, const Kernel& kernel, const DensityWork& work, const StopSignal& stop) {
  if (auto checked = CheckKernel(kernel); !checked) return Fail(std::move(checked.error()));
  if (auto checked = CheckWindow(window); !checked) return Fail(std::move(checked.error()));
  return WindowMass(window, kernel).at_cells(work, stop);
}

Result<std::vector<double>> KernelMassAtPoints(const Window& window, const Kernel& kernel, std::span<const GridPoint> points, const DensityWork& work,
                                               const StopSignal& stop) {
  if (auto checked = CheckKernel(kernel); !checked) return Fail(std::move(checked.error()));
  if (auto checked = CheckWindow(window); !checked) return Fail(std::move(checked.error()));
  return WindowMass(window, kernel).at_points(points, work, stop);
}

Result<InsidePoints> PointsInside(const WeightedPoints& points, const Kernel& kernel, EdgeCorrection correction, const Window& window, const DensityWork& work,
                                  const StopSignal& stop) {
  InsidePoints inside;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!window.holds(points.at[i])) continue;
    inside.at.push_back(points.at[i]);
    inside.weight.push_back(points.weight[i]);
  }
  if (correction != EdgeCorrection::kDiggle) return inside;
  const auto mass = KernelMassAtPoints(window, kernel, inside.at, work, stop);
  if (!mass) return Fail(mass.error());
  for (std::size_t i = 0; i < inside.weight.size(); ++i) inside.weight[i] /= (*mass)[i];
  return inside;
}

Result<std::vector<double>> EdgeCorrectedSurface(const WeightedPoints& points, const Kernel& kernel, EdgeCorrection correction, const Window& window,
                                                 const DensityWork& work, const StopSignal& stop) {
  WARDWATCH_CHECK(points.at.size() == points.weight.size(), "{} positions, {} weights", points.at.size(), points.weight.size());
  if (auto checked = CheckKernel(kernel); !checked) return Fail(std::move(checked.error()));
  if (auto checked = CheckWindow(window); !checked) return Fail(std::move(checked.error()));
  if (correction != EdgeCorrection::kNone) {
    if (auto checked = CheckCell(window, kernel); !checked) return Fail(std::move(checked.error()));
  }
  const auto inside = PointsInside(points, kernel, correction, window, work, stop);
  if (!inside) return Fail(inside.error());
  auto surface = DensitySurface(inside->weighted(), kernel, window.frame, work, stop);
  if (!surface) return Fail(std::move(surface.error()));
  std::optional<std::vector<double>> mass;
  if (correction == EdgeCorrection::kUniform) {
    auto found = KernelMassAtCells(window, kernel, work, stop);
    if (!found) return Fail(std::move(found.error()));
    mass = std::move(*found);
  }
  for (std::size_t i = 0; i < surface->size(); ++i) {
    if (window.inside_m2[i] <= 0) (*surface)[i] = 0;
    else if (mass) (*surface)[i] /= (*mass)[i];
  }
  return surface;
}

}  // namespace geo
