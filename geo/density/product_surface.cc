#include "geo/density/product_surface.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <vector>

#include "geo/density/surface_lattice.h"
#include "geo/types/parallel_parts.h"

namespace geo {
namespace {

constexpr std::int64_t kPairsBetweenStopChecks = 2'000'000;
constexpr std::int64_t kColumnsAtOnce = 128;
// One point's exponential costs about as much as so many pairs.
constexpr std::int64_t kPairsOfExponential = 3;

class Products {
 public:
  Products(const PointBuckets& points, const Kernel& kernel, const RasterFrame& frame, const LaneEngine& lanes, const StopSignal& stop,
           std::span<double> surface)
      : points_(points), frame_(frame), lanes_(lanes), stop_(stop), surface_(surface), reach_mm_(kernel.reach_mm()) {
    LanesHold(kernel, lane_);
    scale_ = lane_.per_km2 * (points.same_weights() && points.size() > 0 ? points.weight().front() : 1.0);
    tiles_ = (frame.columns + lanes.tile_columns - 1) / lanes.tile_columns;
  }

  std::int64_t rows_of_band() const { return std::int64_t{kBandTileRows} * lanes_.tile_rows; }
  std::size_t parts() const { return static_cast<std::size_t>((frame_.rows + rows_of_band() - 1) / rows_of_band()); }

  Result<void> band(std::size_t part) const {
    const std::int64_t first = static_cast<std::int64_t>(part) * rows_of_band();
    const CellRange rows{first, std::min<std::int64_t>(frame_.rows, first + rows_of_band())};
    const auto laid = static_cast<std::size_t>(kLaneStride * rows_of_band());
    Space space{std::vector<double>(static_cast<std::size_t>(tiles_ * lanes_.tile_columns * rows_of_band())), std::vector<double>(laid),
                std::vector<double>(laid), 0};
    for (std::int64_t bucket = 0; bucket < points_.lattice().rows; ++bucket) {
      if (auto done = bucket_row(bucket, rows, space); !done) return done;
    }
    if (stop_.stop_requested()) return Fail(stop_.reason());
    for (std::int64_t row = rows.begin; row < rows.end; ++row) write(row, row - rows.begin, space.sums);
    return {};
  }

 private:
  struct Space {
    std::vector<double> sums, above, factor;
    std::int64_t pairs;  // since `stop` was asked
  };

  // The reach of a row of buckets over the band; false when it has none.
  bool lay_reach(std::int64_t bucket, CellRange rows, ProductBand& band) const {
    const BucketLattice& lattice = points_.lattice();
    const std::int64_t cell = frame_.cell_mm, south = lattice.south_mm + bucket * lattice.side_mm;
    GatherRow& row = band.row;
    band.tile_rows = static_cast<int>((rows.end - rows.begin + lanes_.tile_rows - 1) / lanes_.tile_rows);
    band.sums_stride = tiles_ * lanes_.tile_columns * lanes_.tile_rows;
    row.half = -1;
    for (int k = 0; k < band.tile_rows; ++k) {
      const std::int64_t begin = rows.begin + std::int64_t{k} * lanes_.tile_rows;
      const TileReach near = ReachOver(frame_, {begin, std::min(rows.end, begin + lanes_.tile_rows)}, south, lattice.side_mm, reach_mm_);
      band.half[k] = near.half;
      band.whole[k] = near.whole;
      row.half = std::max<std::ptrdiff_t>(row.half, near.half);
    }
    row.easting_mm = points_.easting_mm().data();
    row.begin = points_.bucket_row(bucket);
    row.buckets = lattice.columns;
    row.west = (lattice.west_mm - frame_.west_mm()) / cell;
    row.shift = std::countr_zero(static_cast<std::uint64_t>(lattice.side_mm / cell));
    row.cell_mm = static_cast<double>(cell);
    row.half_mm = cell % 2 == 0 ? 0 : 0.5;
    row.first_centre_mm = static_cast<double>(2 * (frame_.west_mm() - lattice.west_mm) + cell) / 2;
    row.curve = lane_.curve;
    return row.half >= 0;
  }

  // The rows' part of the next points: factors, and what is left of R^2.
  void lay_rows(const ProductBand& band, CellRange rows, Space& space) const {
    const GatherRow& row = band.row;
    const std::ptrdiff_t n = row.last - row.first;
    const double* const north = points_.northing_mm().data() + row.first;
    const double* const weight = points_.same_weights() ? nullptr : points_.weight().data() + row.first;
    const double low = static_cast<double>(2 * (frame_.south_mm() - points_.lattice().south_mm) + (2 * rows.begin + 1) * frame_.cell_mm) / 2;
    std::vector<double> centre(static_cast<std::size_t>(lanes_.tile_rows));
    for (int k = 0; k < band.tile_rows; ++k) {
      if (band.half[k] < 0) continue;
      const std::ptrdiff_t from = std::ptrdiff_t{k} * lanes_.tile_rows * kLaneStride;
      for (int r = 0; r < lanes_.tile_rows; ++r) centre[static_cast<std::size_t>(r)] = low + (k * lanes_.tile_rows + r) * row.cell_mm;
      lanes_.lay_above(north, n, centre.data(), row.curve.reach2_mm2 - 2 * row.half_mm * row.half_mm, row.half_mm, space.above.data() + from);
      lanes_.lay_factors(north, weight, n, centre.data(), lanes_.tile_rows, row.curve.rate, space.factor.data() + from);
    }
  }

  Result<void> bucket_row(std::int64_t bucket, CellRange rows, Space& space) const {
    const auto first = static_cast<std::uint32_t>(points_.begin(bucket, 0)),
               last = static_cast<std::uint32_t>(points_.begin(bucket, points_.lattice().columns));
    ProductBand band{};
    if (first == last || !lay_reach(bucket, rows, band)) return {};
    GatherRow& row = band.row;
    row.sums = space.sums.data();
    row.above = space.above.data();
    band.factor = space.factor.data();
    const std::int64_t high = std::int64_t{band.tile_rows} * lanes_.tile_rows;
    for (row.first = first; row.first < last; row.first = row.last) {
      row.last = std::min(last, row.first + static_cast<std::uint32_t>(kLanePointsAtOnce));
      const std::int64_t n = row.last - row.first;
      lay_rows(band, rows, space);
      space.pairs += n * high * kPairsOfExponential;
      for (row.tile_begin = 0; row.tile_begin < tiles_; row.tile_begin = row.tile_end) {
        row.tile_end = std::min<std::ptrdiff_t>(tiles_, row.tile_begin + kColumnsAtOnce / lanes_.tile_columns);
        lanes_.gather_product(band);
        space.pairs += n * std::min<std::int64_t>(kColumnsAtOnce, 2 * row.half) * high;
        if (space.pairs < kPairsBetweenStopChecks) continue;
        space.pairs = 0;
        if (stop_.stop_requested()) return Fail(stop_.reason());
      }
    }
    return {};
  }

  void write(std::int64_t row, std::int64_t band_row, const std::vector<double>& sums) const {
    const std::int64_t wide = lanes_.tile_columns, tall = lanes_.tile_rows;
    const double* const from = sums.data() + band_row / tall * tiles_ * wide * tall + band_row % tall * wide;
    double* const out = surface_.data() + row * frame_.columns;
    for (std::int64_t c = 0; c < frame_.columns; ++c) out[c] = from[c / wide * tall * wide + c % wide] * scale_;
  }

  const PointBuckets& points_;
  const RasterFrame frame_;
  const LaneEngine& lanes_;
  const StopSignal& stop_;
  const std::span<double> surface_;
  const std::int64_t reach_mm_;
  LaneKernel lane_;
  double scale_ = 0;
  std::ptrdiff_t tiles_ = 0;
};

}  // namespace

Result<void> ProductSurface(const PointBuckets& points, const Kernel& kernel, const RasterFrame& frame, InstructionSet set, int threads, const StopSignal& stop,
                            std::span<double> surface) {
  const Products products(points, kernel, frame, LanesOf(set), stop, surface);
  const std::size_t parts = products.parts();
  std::atomic<std::int64_t> done{0};
  return RunParts(parts, threads, [&](std::size_t part) -> Result<void> {
    auto ended = products.band(part);
    if (ended) stop.progressed("density", ++done, static_cast<std::int64_t>(parts));
    return ended;
  });
}

}  // namespace geo
