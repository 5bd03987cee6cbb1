#include "geo/density/scatter_surface.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <numbers>

#include "geo/density/surface_lattice.h"
#include "geo/types/parallel_parts.h"

namespace geo {
namespace {

constexpr std::int64_t kRowsOfBand = 32;
constexpr std::int64_t kPairsBetweenStopChecks = 100'000;  // about a millisecond of exponentials
constexpr double kMm2PerKm2 = 1e12;

// One point over one band. Lengths in mm.
struct Stamp {
  Kernel kernel;
  double r2 = 0;     // bandwidth squared
  double scale = 0;  // weight times the constant before the bracket, per km2
  double half = 0;   // half a millimetre where cells are odd: then dx^2 - 1/4 is whole, and exact where dx^2 is not
};

Stamp StampOf(const Kernel& kernel, double weight, const RasterFrame& frame) {
  const double r2 = static_cast<double>(kernel.bandwidth_mm) * static_cast<double>(kernel.bandwidth_mm);
  const double disc = std::numbers::pi * r2 / kMm2PerKm2;
  double scale = 0;
  switch (kernel.shape) {
    case KernelShape::kQuartic:
      scale = 3 / disc / r2 / r2;
      break;
    case KernelShape::kEpanechnikov:
      scale = 2 / disc / r2;
      break;
    case KernelShape::kTriweight:
      scale = 4 / disc / r2 / r2 / r2;
      break;
    case KernelShape::kUniform:
      scale = 1 / disc;
      break;
    case KernelShape::kTriangular:
      scale = 3 / ((1 + 2 * kernel.triangular_decay) * disc * static_cast<double>(kernel.bandwidth_mm));
      break;
    case KernelShape::kGaussian:
    case KernelShape::kNegativeExponential:
      scale = 1 / (2 * disc);
      break;
  }
  return {kernel, r2, scale * weight, frame.cell_mm % 2 == 0 ? 0 : 0.5};
}

// Cells `out[0..n)` whose centres are at `first`, `first + cell`, ... east of the point, in a row `dy` north of it.
void AddRow(const Stamp& stamp, double first, double cell, double dy, std::int64_t n, double* out) {
  const double h = stamp.half, w = stamp.scale;
  const double y2 = (dy - h) * (dy + h);             // dy^2 less h^2, exact
  const double above = (stamp.r2 - 2 * h * h) - y2;  // r^2 - dy^2 less h^2, exact
  const auto x2 = [&](std::int64_t i) {
    const double dx = first + static_cast<double>(i) * cell;
    return (dx - h) * (dx + h);
  };
  const auto inside = [&](std::int64_t i) { return above - x2(i); };
  const auto squared = [&](std::int64_t i) { return y2 + x2(i) + 2 * h * h; };
  switch (stamp.kernel.shape) {
    case KernelShape::kQuartic:
      for (std::int64_t i = 0; i < n; ++i) out[i] += w * (inside(i) * inside(i));
      return;
    case KernelShape::kEpanechnikov:
      for (std::int64_t i = 0; i < n; ++i) out[i] += w * inside(i);
      return;
    case KernelShape::kTriweight:
      for (std::int64_t i = 0; i < n; ++i) out[i] += w * (inside(i) * inside(i) * inside(i));
      return;
    case KernelShape::kUniform:
      for (std::int64_t i = 0; i < n; ++i) out[i] += w;
      return;
    case KernelShape::kTriangular: {
      // r - (1 - q) d = (r^2 - d^2) / (r + d) + q d: nothing is lost at the rim.
      const double r = static_cast<double>(stamp.kernel.bandwidth_mm), q = stamp.kernel.triangular_decay;
      for (std::int64_t i = 0; i < n; ++i) {
        const double d = std::sqrt(squared(i));
        out[i] += w * (inside(i) / (r + d) + q * d);
      }
      return;
    }
    case KernelShape::kGaussian:
      for (std::int64_t i = 0; i < n; ++i) out[i] += w * std::exp(-squared(i) / (2 * stamp.r2));
      return;
    case KernelShape::kNegativeExponential:
      for (std::int64_t i = 0; i < n; ++i) out[i] += w * std::exp(-std::sqrt(squared(i) / stamp.r2));
      return;
  }
}

class Scatter {
 public:
  Scatter(const PointBuckets& points, const Kernel& kernel, std::span<const std::int64_t> bandwidth_mm, const RasterFrame& frame, const StopSignal& stop,
          std::span<double> surface)
      : points_(points), kernel_(kernel), bandwidth_mm_(bandwidth_mm), frame_(frame), stop_(stop), surface_(surface) {
    widest_ = kernel;
    for (const std::int64_t own : bandwidth_mm) widest_.bandwidth_mm = std::max(widest_.bandwidth_mm, own);
  }

  Result<void> band(CellRange rows) const {
    const BucketLattice& lattice = points_.lattice();
    std::int64_t pairs = 0;
    for (std::int64_t bucket = 0; bucket < lattice.rows; ++bucket) {
      const std::int64_t south = lattice.south_mm + bucket * lattice.side_mm;
      const CellRange near = RowsWithin(frame_, south, south + lattice.side_mm, widest_.reach_mm(), rows);
      if (near.begin >= near.end) continue;
      const std::size_t end = points_.begin(bucket, lattice.columns);
      for (std::size_t i = points_.begin(bucket, 0); i < end; ++i) {
        if (!point(i, near, pairs)) return Fail(stop_.reason());
      }
    }
    if (stop_.stop_requested()) return Fail(stop_.reason());
    return {};
  }

 private:
  bool told_to_stop(std::int64_t& pairs) const {
    if (pairs < kPairsBetweenStopChecks) return false;
    pairs = 0;
    return stop_.stop_requested();
  }

  // False when told to stop: asked between rows, because one point may reach a million cells. `pairs` counts those since it was asked.
  bool point(std::size_t i, CellRange near, std::int64_t& pairs) const {
    Kernel own = kernel_;
    if (!bandwidth_mm_.empty()) own.bandwidth_mm = bandwidth_mm_[points_.index()[i]];
    const Stamp stamp = StampOf(own, points_.weight()[i], frame_);
    const std::int64_t reach = own.reach_mm();
    const std::int64_t east = points_.lattice().west_mm + static_cast<std::int64_t>(points_.easting_mm()[i]);
    const std::int64_t north = points_.lattice().south_mm + static_cast<std::int64_t>(points_.northing_mm()[i]);
    const CellRange rows = RowsWithin(frame_, north, north, reach, near);
    const double cell = frame_.cell_mm;
    pairs += 16;
    if (told_to_stop(pairs)) return false;
    for (std::int64_t row = rows.begin; row < rows.end; ++row) {
      if (told_to_stop(pairs)) return false;
      const CellRange chord = ChordOver(frame_, row, east, north, reach);
      if (chord.begin >= chord.end) continue;
      const double dy = static_cast<double>((2 * row + 1) * frame_.cell_mm - 2 * (north - frame_.south_mm())) / 2;
      const double first = static_cast<double>((2 * chord.begin + 1) * frame_.cell_mm - 2 * (east - frame_.west_mm())) / 2;
      AddRow(stamp, first, cell, dy, chord.end - chord.begin, &surface_[static_cast<std::size_t>(row * frame_.columns + chord.begin)]);
      pairs += chord.end - chord.begin + 8;
    }
    return true;
  }

  const PointBuckets& points_;
  const Kernel kernel_;
  const std::span<const std::int64_t> bandwidth_mm_;
  const RasterFrame frame_;
  const StopSignal& stop_;
  const std::span<double> surface_;
  Kernel widest_;
};

}  // namespace

Result<void> ScatterSurface(const PointBuckets& points, const Kernel& kernel, std::span<const std::int64_t> bandwidth_mm, const RasterFrame& frame, int threads,
                            const StopSignal& stop, std::span<double> surface) {
  const Scatter scatter(points, kernel, bandwidth_mm, frame, stop, surface);
  const std::int64_t bands = (frame.rows + kRowsOfBand - 1) / kRowsOfBand;
  std::atomic<std::int64_t> done{0};
  return RunParts(static_cast<std::size_t>(bands), threads, [&](std::size_t part) -> Result<void> {
    const std::int64_t begin = static_cast<std::int64_t>(part) * kRowsOfBand;
    auto ended = scatter.band({begin, std::min<std::int64_t>(frame.rows, begin + kRowsOfBand)});
    if (ended) stop.progressed("density", ++done, bands);
    return ended;
  });
}

}  // namespace geo
