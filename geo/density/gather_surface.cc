#include "geo/density/gather_surface.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cmath>
#include <numbers>
#include <vector>

#include "geo/density/surface_lattice.h"
#include "geo/types/parallel_parts.h"

namespace geo {
namespace {

constexpr std::int64_t kPairsBetweenStopChecks = 1'000'000;
constexpr std::ptrdiff_t kColumnsAtOnce = 512;
constexpr int kMostTileRows = 8;
constexpr double kMm2PerKm2 = 1e12;
constexpr std::int64_t kWidestReachMm = std::int64_t{1} << 26;  // its square, in halves, has 53 bits

class Gather {
 public:
  Gather(const PointBuckets& points, const Kernel& kernel, const RasterFrame& frame, const LaneEngine& lanes, const StopSignal& stop, std::span<double> surface)
      : points_(points), frame_(frame), lanes_(lanes), stop_(stop), surface_(surface), reach_mm_(kernel.reach_mm()) {
    LanesHold(kernel, lane_);
    scale_ = lane_.per_km2 * (points.same_weights() && points.size() > 0 ? points.weight().front() : 1.0);
    tiles_ = (frame.columns + lanes.tile_columns - 1) / lanes.tile_columns;
    whole_reach_mm_ = WholeReach();
  }

  std::size_t parts() const { return static_cast<std::size_t>((frame_.rows + lanes_.tile_rows - 1) / lanes_.tile_rows); }

  // One row of tiles.
  Result<void> tile_row(std::size_t part) const {
    const auto row = static_cast<std::int64_t>(part) * lanes_.tile_rows;
    const CellRange rows{row, std::min<std::int64_t>(frame_.rows, row + lanes_.tile_rows)};
    std::vector<double> sums(static_cast<std::size_t>(tiles_ * lanes_.tile_columns * lanes_.tile_rows));
    std::vector<double> moments(moment_shape() ? static_cast<std::size_t>(tiles_ * kMostMoments * lanes_.width) : 0);
    std::vector<double> above(static_cast<std::size_t>(kLaneStride * lanes_.tile_rows));
    const BucketLattice& lattice = points_.lattice();
    std::int64_t pairs = 0;
    for (std::int64_t bucket = 0; bucket < lattice.rows; ++bucket) {
      if (auto done = bucket_row(bucket, rows, sums, moments, above, pairs); !done) return done;
    }
    if (stop_.stop_requested()) return Fail(stop_.reason());
    if (moment_shape()) {
      GatherRow all{};
      all.cell_mm = static_cast<double>(frame_.cell_mm);
      all.tile_end = tiles_;
      all.moments = moments.data();
      all.sums = sums.data();
      lanes_.spread_moments[static_cast<int>(lane_.shape)](all);
    }
    for (std::int64_t r = rows.begin; r < rows.end; ++r) write(r, r - rows.begin, sums);
    return {};
  }

 private:
  bool moment_shape() const { return static_cast<int>(lane_.shape) < kMomentShapes && whole_reach_mm_ > 0; }

  // How far from all of a tile's centres a point may be to be taken by moments; 0: none is. The terms of the polynomial are at most g^power times its value
  // where R^2 - d^2 stays over 2 v / (g - 1), v being the most that R^2 - d^2 changes from the centre of a tile to a corner: 2 R e + e^2. g = 15, and 8 for the
  // third power, leaves an error of some hundreds of roundings in the farthest pair.
  std::int64_t WholeReach() const {
    if (lane_.shape == LaneShape::kZero) return reach_mm_;
    const double most_ratio = lane_.shape == LaneShape::kThree ? 8 : 15;
    const double cell = frame_.cell_mm, e = std::hypot((lanes_.tile_columns - 1) * cell / 2, (lanes_.tile_rows - 1) * cell / 2);
    const double r = static_cast<double>(reach_mm_), left = r * r - 2 * (2 * r * e + e * e) / (most_ratio - 1);
    return left > 0 ? static_cast<std::int64_t>(std::sqrt(left)) : 0;
  }

  Result<void> bucket_row(std::int64_t bucket, CellRange rows, std::vector<double>& sums, std::vector<double>& moments, std::vector<double>& above,
                          std::int64_t& pairs) const {
    const BucketLattice& lattice = points_.lattice();
    const auto first = static_cast<std::uint32_t>(points_.begin(bucket, 0)), last = static_cast<std::uint32_t>(points_.begin(bucket, lattice.columns));
    if (first == last) return {};
    const std::int64_t cell = frame_.cell_mm, south = lattice.south_mm + bucket * lattice.side_mm;
    const TileReach near = ReachOver(frame_, rows, south, lattice.side_mm, reach_mm_);
    if (near.half < 0) return {};
    const std::int64_t low = 2 * frame_.south_mm() + (2 * rows.begin + 1) * cell;

    GatherRow row{};
    row.easting_mm = points_.easting_mm().data();
    row.weight = points_.weight().data();
    row.begin = points_.bucket_row(bucket);
    row.above = above.data();
    row.buckets = lattice.columns;
    row.west = (lattice.west_mm - frame_.west_mm()) / cell;
    row.shift = std::countr_zero(static_cast<std::uint64_t>(lattice.side_mm / cell));
    row.half = near.half;
    row.cell_mm = static_cast<double>(cell);
    row.half_mm = cell % 2 == 0 ? 0 : 0.5;
    row.first_centre_mm = static_cast<double>(2 * (frame_.west_mm() - lattice.west_mm) + cell) / 2;
    row.sums = sums.data();
    row.curve = lane_.curve;
    row.whole = -1;
    if (moment_shape()) row.whole = ReachOver(frame_, {rows.begin, rows.begin + lanes_.tile_rows}, south, lattice.side_mm, whole_reach_mm_).whole;
    row.northing_mm = points_.northing_mm().data();
    row.tile_north_mm = static_cast<double>(low - 2 * lattice.south_mm + (lanes_.tile_rows - 1) * cell) / 2;
    row.moments = moments.data();
    const double r2 = static_cast<double>(reach_mm_) * static_cast<double>(reach_mm_);
    std::array<double, kMostTileRows> centres{};
    for (int r = 0; r < lanes_.tile_rows; ++r) centres[static_cast<std::size_t>(r)] = static_cast<double>(low - 2 * lattice.south_mm + 2 * r * cell) / 2;
    const auto gather = lanes_.gather[static_cast<int>(lane_.shape)][points_.same_weights() ? 0 : 1];

    for (row.first = first; row.first < last; row.first = row.last) {
      row.last = std::min(last, row.first + static_cast<std::uint32_t>(kLanePointsAtOnce));
      const std::ptrdiff_t n = row.last - row.first;
      lanes_.lay_above(points_.northing_mm().data() + row.first, n, centres.data(), r2 - 2 * row.half_mm * row.half_mm, row.half_mm, above.data());
      for (row.tile_begin = 0; row.tile_begin < tiles_; row.tile_begin = row.tile_end) {
        row.tile_end = std::min<std::ptrdiff_t>(tiles_, row.tile_begin + kColumnsAtOnce / lanes_.tile_columns);
        gather(row);
        pairs += n * std::min<std::int64_t>(kColumnsAtOnce, 2 * row.half) * lanes_.tile_rows;
        if (pairs < kPairsBetweenStopChecks) continue;
        pairs = 0;
        if (stop_.stop_requested()) return Fail(stop_.reason());
      }
    }
    return {};
  }

  void write(std::int64_t row, std::int64_t tile_row, const std::vector<double>& sums) const {
    const std::int64_t wide = lanes_.tile_columns;
    double* const out = surface_.data() + row * frame_.columns;
    for (std::int64_t c = 0; c < frame_.columns; ++c) {
      out[c] = sums[static_cast<std::size_t>((c / wide * lanes_.tile_rows + tile_row) * wide + c % wide)] * scale_;
    }
  }

  const PointBuckets& points_;
  const RasterFrame frame_;
  const LaneEngine& lanes_;
  const StopSignal& stop_;
  const std::span<double> surface_;
  const std::int64_t reach_mm_;
  std::int64_t whole_reach_mm_ = 0;
  LaneKernel lane_;
  double scale_ = 0;
  std::ptrdiff_t tiles_ = 0;
};

}  // namespace

const LaneEngine& LanesOf(InstructionSet set) {
#if defined(__x86_64__)
  if (set == InstructionSet::kAvx512) return kAvx512Lanes;
  if (set == InstructionSet::kAvx2) return kAvx2Lanes;
#endif
  return kBaselineLanes;
}

bool LanesHold(const Kernel& kernel, LaneKernel& out) {
  const auto r = static_cast<double>(kernel.bandwidth_mm), reach = static_cast<double>(kernel.reach_mm());
  const double r2 = r * r, disc = std::numbers::pi * r2 / kMm2PerKm2;
  out.curve = {reach, reach * reach, kernel.triangular_decay, 0};
  const auto is = [&](LaneShape shape, double per_km2) { out.shape = shape, out.per_km2 = per_km2; };
  switch (kernel.shape) {
    case KernelShape::kUniform:
      is(LaneShape::kZero, 1 / disc);
      break;
    case KernelShape::kEpanechnikov:
      is(LaneShape::kOne, 2 / disc / r2);
      break;
    case KernelShape::kQuartic:
      is(LaneShape::kTwo, 3 / disc / r2 / r2);
      break;
    case KernelShape::kTriweight:
      is(LaneShape::kThree, 4 / disc / r2 / r2 / r2);
      break;
    case KernelShape::kTriangular:
      is(LaneShape::kTriangular, 3 / ((1 + 2 * kernel.triangular_decay) * disc * r));
      break;
    case KernelShape::kGaussian:
      is(LaneShape::kGaussian, 1 / (2 * disc));
      out.curve.rate = 1 / (2 * r2);
      break;
    case KernelShape::kNegativeExponential:
      is(LaneShape::kExponential, 1 / (2 * disc));
      out.curve.rate = 1 / r;
      break;
  }
  return kernel.reach_mm() <= kWidestReachMm;
}

Result<void> GatherSurface(const PointBuckets& points, const Kernel& kernel, const RasterFrame& frame, InstructionSet set, int threads, const StopSignal& stop,
                           std::span<double> surface) {
  const Gather gather(points, kernel, frame, LanesOf(set), stop, surface);
  const std::size_t parts = gather.parts();
  std::atomic<std::int64_t> done{0};
  return RunParts(parts, threads, [&](std::size_t part) -> Result<void> {
    auto ended = gather.tile_row(part);
    if (ended) stop.progressed("density", ++done, static_cast<std::int64_t>(parts));
    return ended;
  });
}

}  // namespace geo
