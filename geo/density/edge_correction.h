// What the kernel loses beyond the authority's outline, given back.
#pragma once

#include <cstdint>
#include <vector>

#include "geo/density/density_surface.h"
#include "geo/density/window.h"

namespace geo {

// e(s) = sum over cells c of the window of inside area(c) * k(c - s): the integral of the kernel over the window by the midpoint rule on the surface's own
// cells.
//   kUniform: lambda(s) / e(s): unbiased for a constant intensity.
//   kDiggle:  each point weighs w / e(at): the surface summed over the window's inside areas is exactly the sum of weights of the points inside (Diggle 1985),
//             because e is taken on the same cells.
enum class EdgeCorrection : std::uint8_t { kNone, kUniform, kDiggle };

// e at the centre of every cell of the window's frame, 0 where the cell has no inside area; at most 1 plus the midpoint rule's error.
Result<std::vector<double>> KernelMassAtCells(const Window& window, const Kernel& kernel, const DensityWork& work, const StopSignal& stop);
// e at each point.
Result<std::vector<double>> KernelMassAtPoints(const Window& window, const Kernel& kernel, std::span<const GridPoint> points, const DensityWork& work,
                                               const StopSignal& stop);

// The points inside the window, in their order; with kDiggle each weighs w / e(at). Errors: those of KernelMassAtPoints.
struct InsidePoints {
  std::vector<GridPoint> at;
  std::vector<double> weight;
  WeightedPoints weighted() const { return {at, weight}; }
};
Result<InsidePoints> PointsInside(const WeightedPoints& points, const Kernel& kernel, EdgeCorrection correction, const Window& window, const DensityWork& work,
                                  const StopSignal& stop);

// The corrected surface over window.frame, weight per km2; 0 in cells without inside area, which are no part of the window. Points outside the window (in no
// cell with inside area) take no part. kNone masks alone.
// Errors: kFailedPrecondition WINDOW_EMPTY; kInvalidArgument on `density.edge_correction` when the cell is over a third of the bandwidth, where the midpoint
// rule no longer carries the correction, with the cell size that would do. Source: Diggle 1985, A kernel method for smoothing point process data, App. Statist.
// 34; Jones 1993, Simple boundary correction for kernel density estimation, Stat. Comput. 3.
Result<std::vector<double>> EdgeCorrectedSurface(const WeightedPoints& points, const Kernel& kernel, EdgeCorrection correction, const Window& window,
                                                 const DensityWork& work, const StopSignal& stop);

}  // namespace geo
