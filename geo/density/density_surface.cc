#include "geo/density/density_surface.h"

#include <algorithm>
#include <new>

#include "geo/density/gather_surface.h"
#include "geo/density/point_buckets.h"
#include "geo/density/product_surface.h"
#include "geo/density/scatter_surface.h"
#include "geo/density/surface_lattice.h"
#include "geo/density/surface_pairs.h"
#include "geo/types/check.h"

namespace geo {
namespace {

tl::unexpected<Error> OutOfMemory() {
  return Fail({ErrorCode::kResourceExhausted, "cells.cell_size_m", "OUT_OF_MEMORY",
               "not enough memory for a grid of this size; ask for larger cells or a smaller area"});
}

Result<std::vector<double>> SurfaceOf(const WeightedPoints& points, std::span<const std::int64_t> bandwidth_mm, const Kernel& kernel, const RasterFrame& frame,
                                      const DensityWork& work, const StopSignal& stop) {
  std::int64_t reach_mm = kernel.reach_mm();
  for (const std::int64_t own : bandwidth_mm) {
    Kernel widest = kernel;
    widest.bandwidth_mm = own;
    reach_mm = std::max(reach_mm, widest.reach_mm());
  }
  const auto buckets = PointBuckets::Build(points, LatticeUnder(frame, points, reach_mm), stop);
  if (!buckets) return Fail(buckets.error());
  const auto pairs = PairsOf(*buckets, reach_mm, frame, stop);
  if (!pairs) return Fail(pairs.error());
  if (const auto within = CheckBudget(*pairs, work.pairs); !within) return Fail(within.error());
  std::vector<double> surface(frame.size());
  const int threads = ThreadsFor(*pairs, work.threads);
  LaneKernel lane;
  const bool lanes = bandwidth_mm.empty() && LanesHold(kernel, lane) && work.form != SurfaceForm::kScatter;
  const InstructionSet set = work.instruction_set.value_or(BestInstructionSet());
  auto done = !lanes                               ? ScatterSurface(*buckets, kernel, bandwidth_mm, frame, threads, stop, surface)
              : lane.shape == LaneShape::kGaussian ? ProductSurface(*buckets, kernel, frame, set, threads, stop, surface)
                                                   : GatherSurface(*buckets, kernel, frame, set, threads, stop, surface);
  if (!done) return Fail(done.error());
  return surface;
}

}  // namespace

Result<std::vector<double>> DensitySurface(const WeightedPoints& points, const Kernel& kernel, const RasterFrame& frame, const DensityWork& work,
                                           const StopSignal& stop) {
  if (const auto fine = CheckKernel(kernel); !fine) return Fail(fine.error());
  try {
    return SurfaceOf(points, {}, kernel, frame, work, stop);
  } catch (const std::bad_alloc&) {
    return OutOfMemory();
  }
}

Result<std::int64_t> SurfacePairs(const WeightedPoints& points, const Kernel& kernel, const RasterFrame& frame, const StopSignal& stop) {
  if (const auto fine = CheckKernel(kernel); !fine) return Fail(fine.error());
  try {
    const auto buckets = PointBuckets::Build(points, LatticeUnder(frame, points, kernel.reach_mm()), stop);
    if (!buckets) return Fail(buckets.error());
    return PairsOf(*buckets, kernel.reach_mm(), frame, stop);
  } catch (const std::bad_alloc&) {
    return OutOfMemory();
  }
}

Result<std::vector<double>> DensitySurfaceOfOwnBandwidths(const WeightedPoints& points, std::span<const std::int64_t> bandwidth_mm, const Kernel& kernel,
                                                          const RasterFrame& frame, const DensityWork& work, const StopSignal& stop) {
  WARDWATCH_CHECK(bandwidth_mm.size() == points.size(), "{} bandwidths for {} points", bandwidth_mm.size(), points.size());
  // The kernel's own bandwidth plays no part: the widest that does is checked in its place, and the narrowest.
  Kernel narrow = kernel, wide = kernel;
  if (!bandwidth_mm.empty()) {
    const auto [least, most] = std::minmax_element(bandwidth_mm.begin(), bandwidth_mm.end());
    narrow.bandwidth_mm = *least;
    wide.bandwidth_mm = *most;
  }
  for (const Kernel& checked : {narrow, wide}) {
    if (const auto fine = CheckKernel(checked); !fine) return Fail(fine.error());
  }
  try {
    return SurfaceOf(points, bandwidth_mm, narrow, frame, work, stop);
  } catch (const std::bad_alloc&) {
    return OutOfMemory();
  }
}

}  // namespace geo
