// Kernel density, exact, over a raster or at given places.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "geo/density/kernel.h"
#include "geo/density/raster_frame.h"
#include "geo/density/weighted_points.h"
#include "geo/types/stop_signal.h"

namespace geo {

// The instruction sets that the engine is built for. Chosen at run time from what the processor has.
enum class InstructionSet : std::uint8_t { kBaseline, kAvx2, kAvx512 };
// The best that this processor runs.
InstructionSet BestInstructionSet();

// The ways to the same sums. Gather is quicker wherever it can be used: at a reach of up to 67 km.
enum class SurfaceForm : std::uint8_t {
  kGather,   // each tile of cells in registers, all points within reach added to it; where it cannot be used, kScatter
  kScatter,  // each point adds its kernel to every cell within reach
};

struct DensityWork {
  int threads = 1;                                // at most; short work takes fewer
  std::int64_t pairs = 5'000'000'000;             // budget: points times cells within the reach
  std::optional<InstructionSet> instruction_set;  // of this processor's own by default; for tests and benchmarks
  std::optional<SurfaceForm> form;                // kGather by default; for tests and benchmarks
};

// lambda(s) = sum of weight * k(distance), weight per square kilometre, at each cell's centre. Not rescaled, no edge correction.
// Accuracy: relative error under 1e-12 against exact arithmetic at every bandwidth, form and instruction set: squared distances are exact, sums
// are only ever added to, and terms that differ in sign are held to a few hundred times their sum.
// Determinism: the same bytes at any number of threads on one instruction set and form; within 1e-12 across them. Moves with the data by whole cells.
// Cost: at most pairs of point and cell within the reach; memory a few copies of the points.
// Errors: of CheckKernel; kResourceExhausted WORK_BUDGET over `pairs` with the estimate; of `stop`.
// Source: Silverman 1986, Density Estimation for Statistics and Data Analysis, ch. 4. See also tests/oracle/geo/density/density_surface_test.cc.
Result<std::vector<double>> DensitySurface(const WeightedPoints& points, const Kernel& kernel, const RasterFrame& frame, const DensityWork& work,
                                           const StopSignal& stop);

// The same at each place, in their order. Same accuracy, determinism, errors.
Result<std::vector<double>> DensityAt(const WeightedPoints& points, const Kernel& kernel, std::span<const GridPoint> places, const DensityWork& work,
                                      const StopSignal& stop);

// How many pairs of point and cell, or point and place, lie within the reach, to within the cells of an index (never under): known before any is looked at.
Result<std::int64_t> SurfacePairs(const WeightedPoints& points, const Kernel& kernel, const RasterFrame& frame, const StopSignal& stop);

// As DensitySurface with a bandwidth for each point: `bandwidth_mm[i]` of points.at[i] in place of the kernel's. For adaptive densities.
// Cost: every pair within reach, by scatter over bands of rows.
Result<std::vector<double>> DensitySurfaceOfOwnBandwidths(const WeightedPoints& points, std::span<const std::int64_t> bandwidth_mm, const Kernel& kernel,
                                                          const RasterFrame& frame, const DensityWork& work, const StopSignal& stop);

}  // namespace geo
