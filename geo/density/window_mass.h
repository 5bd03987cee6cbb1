// The kernel's integral over the window by the midpoint rule on the window's own cells.
#pragma once

#include <span>
#include <vector>

#include "geo/density/density_surface.h"
#include "geo/density/window.h"

namespace geo {

// e(s) = sum over cells of inside area * k(cell centre - s). Only positive terms are added: relative error under 1e-12.
// The Gaussian is a product of its axes and is summed so, without the cut at 9 standard deviations (3e-18 of the mass).
// Both refuse over work.pairs (kResourceExhausted WORK_BUDGET) before they begin, and end with `stop`. Same bytes at any number of threads.
class WindowMass {
 public:
  // Keeps references.
  WindowMass(const Window& window, const Kernel& kernel) : window_(window), kernel_(kernel) {}

  // At the centre of every cell with inside area; 0 at others. Cost: cells near the outline x cells within reach; cells deeper inside share one value.
  Result<std::vector<double>> at_cells(const DensityWork& work, const StopSignal& stop) const;
  // Cost: points x cells within reach.
  Result<std::vector<double>> at_points(std::span<const GridPoint> points, const DensityWork& work, const StopSignal& stop) const;

 private:
  Result<std::vector<double>> gaussian_at_cells(const DensityWork& work, const StopSignal& stop) const;
  Result<std::vector<double>> lattice_at_cells(const DensityWork& work, const StopSignal& stop) const;
  double at(GridPoint point) const;
  Result<void> check(double pairs, const DensityWork& work) const;
  std::int64_t reach_cells() const;

  const Window& window_;
  const Kernel& kernel_;
};

}  // namespace geo
