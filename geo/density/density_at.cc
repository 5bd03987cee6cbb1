#include <algorithm>
#include <cmath>
#include <new>
#include <numbers>

#include "geo/density/density_surface.h"
#include "geo/density/gather_surface.h"
#include "geo/density/point_buckets.h"
#include "geo/density/surface_lattice.h"
#include "geo/density/surface_pairs.h"
#include "geo/types/parallel_parts.h"

namespace geo {
namespace {

constexpr std::size_t kPlacesBetweenStopChecks = 2'048;
constexpr std::size_t kPlacesOfPart = 1'024;
constexpr std::int64_t kPairsBetweenStopChecks = 500'000;
constexpr double kM2PerKm2 = 1e6;

// A quarter of the bandwidth wastes little of the square around the circle; with fewer than a few points a bucket, finding their ranges would cost more than
// looking at them.
BucketLattice LatticeFor(std::int64_t reach_mm, const WeightedPoints& points) {
  GridBox box;
  for (const GridPoint p : points.at) box.extend(p);
  if (box.empty()) return {};
  const std::int64_t width = std::int64_t{box.high.easting_mm} - box.low.easting_mm, height = std::int64_t{box.high.northing_mm} - box.low.northing_mm;
  BucketLattice lattice{box.low.easting_mm, box.low.northing_mm, std::max<std::int64_t>(1, reach_mm / 4), 1, 1};
  const double most = 0.25 * static_cast<double>(points.size()) + 256;
  const auto buckets = [&](std::int64_t length) { return static_cast<double>(length / lattice.side_mm + 1); };
  while (buckets(width) * buckets(height) > most) lattice.side_mm *= 2;
  lattice.rows = height / lattice.side_mm + 1;
  lattice.columns = width / lattice.side_mm + 1;
  return lattice;
}

class PlaceSums {
 public:
  PlaceSums(const PointBuckets& points, const Kernel& kernel, InstructionSet set) : points_(points), kernel_(kernel), reach_mm_(kernel.reach_mm()) {
    if (LanesHold(kernel, lane_)) sum_at_ = LanesOf(set).sum_at[static_cast<int>(lane_.shape)];
  }

  // Calls visit(begin, end) for each row of buckets near the place, south to north.
  template <class Visit>
  void for_each_range(GridPoint place, Visit visit) const {
    const BucketLattice& lattice = points_.lattice();
    const std::int64_t east = place.easting_mm - lattice.west_mm, north = place.northing_mm - lattice.south_mm, side = lattice.side_mm;
    if (lattice.rows == 0 || north + reach_mm_ < 0 || north - reach_mm_ >= lattice.rows * side) return;
    if (east + reach_mm_ < 0 || east - reach_mm_ >= lattice.columns * side) return;
    const auto row_of = [&](std::int64_t y) { return std::clamp<std::int64_t>(y / side, 0, lattice.rows - 1); };
    const auto column_of = [&](std::int64_t x) { return std::clamp<std::int64_t>(x / side, 0, lattice.columns - 1); };
    const std::int64_t last = row_of(north + reach_mm_);
    for (std::int64_t row = row_of(north - reach_mm_); row <= last; ++row) {
      // Half the chord that the circle cuts from this row, at its nearest edge; one millimetre more covers the rounding of the root.
      const std::int64_t away = std::max<std::int64_t>({0, row * side - north, north - (row * side + side - 1)});
      if (away > reach_mm_) continue;
      const auto reach = static_cast<double>(reach_mm_), gap = static_cast<double>(away);
      const auto half = static_cast<std::int64_t>(std::sqrt((reach - gap) * (reach + gap))) + 1;
      const std::size_t begin = points_.begin(row, column_of(east - half)), end = points_.begin(row, column_of(east + half) + 1);
      if (begin < end) visit(begin, end);
    }
  }

  // Weight per square kilometre. Adds to `pairs` what it looked at.
  Result<double> at(GridPoint place, std::int64_t& pairs, const StopSignal& stop) const {
    const double east = static_cast<double>(place.easting_mm - points_.lattice().west_mm);
    const double north = static_cast<double>(place.northing_mm - points_.lattice().south_mm);
    double sum = 0;
    bool stopped = false;
    for_each_range(place, [&](std::size_t begin, std::size_t end) {
      for (; begin < end && !stopped; begin += kPiece) {
        const std::size_t stop_at = std::min(end, begin + kPiece);
        sum += range(begin, stop_at, east, north);
        pairs += static_cast<std::int64_t>(stop_at - begin) * (sum_at_ != nullptr ? 1 : 16);
        if (pairs < kPairsBetweenStopChecks) continue;
        pairs = 0;
        stopped = stop.stop_requested();
      }
      pairs += 64;  // finding a range costs about as much as so many pairs
    });
    if (stopped) return Fail(stop.reason());
    return sum * (sum_at_ != nullptr ? lane_.per_km2 : kM2PerKm2);
  }

 private:
  double range(std::size_t begin, std::size_t end, double east, double north) const {
    if (sum_at_ != nullptr) {
      return sum_at_(points_.easting_mm().data() + begin, points_.northing_mm().data() + begin, points_.weight().data() + begin,
                     static_cast<std::ptrdiff_t>(end - begin), east, north, lane_.curve);
    }
    double sum = 0;
    for (std::size_t i = begin; i < end; ++i) {
      const double de = points_.easting_mm()[i] - east, dn = points_.northing_mm()[i] - north;
      sum += points_.weight()[i] * kernel_.per_m2(de * de + dn * dn);
    }
    return sum;
  }

  static constexpr std::size_t kPiece = 32'768;
  const PointBuckets& points_;
  const Kernel kernel_;
  const std::int64_t reach_mm_;
  LaneKernel lane_;
  double (*sum_at_)(const double*, const double*, const double*, std::ptrdiff_t, double, double, const LaneCurve&) = nullptr;  // null: too wide a reach
};

Result<std::vector<double>> AtPlaces(const WeightedPoints& points, const Kernel& kernel, std::span<const GridPoint> places, const DensityWork& work,
                                     const StopSignal& stop) {
  const auto buckets = PointBuckets::Build(points, LatticeFor(kernel.reach_mm(), points), stop);
  if (!buckets) return Fail(buckets.error());
  const PlaceSums sums(*buckets, kernel, work.instruction_set.value_or(BestInstructionSet()));
  auto pairs = static_cast<std::int64_t>(places.size() * buckets->size());
  // Counted only where it decides something.
  if (!CheckBudget(pairs, work.pairs) || ThreadsFor(pairs, work.threads) > 1) {
    pairs = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
      if (i % kPlacesBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
      sums.for_each_range(places[i], [&](std::size_t begin, std::size_t end) { pairs += static_cast<std::int64_t>(end - begin); });
    }
    if (const auto within = CheckBudget(pairs, work.pairs); !within) return Fail(within.error());
  }
  std::vector<double> density(places.size());
  const std::size_t parts = (places.size() + kPlacesOfPart - 1) / kPlacesOfPart;
  auto done = RunParts(parts, ThreadsFor(pairs, work.threads), [&](std::size_t part) -> Result<void> {
    std::int64_t looked = 0;
    const std::size_t end = std::min(places.size(), (part + 1) * kPlacesOfPart);
    for (std::size_t i = part * kPlacesOfPart; i < end; ++i) {
      const auto value = sums.at(places[i], looked, stop);
      if (!value) return Fail(value.error());
      density[i] = *value;
    }
    if (stop.stop_requested()) return Fail(stop.reason());
    return {};
  });
  if (!done) return Fail(done.error());
  return density;
}

}  // namespace

Result<std::vector<double>> DensityAt(const WeightedPoints& points, const Kernel& kernel, std::span<const GridPoint> places, const DensityWork& work,
                                      const StopSignal& stop) {
  if (const auto fine = CheckKernel(kernel); !fine) return Fail(fine.error());
  try {
    return AtPlaces(points, kernel, places, work, stop);
  } catch (const std::bad_alloc&) {
    return Fail({ErrorCode::kResourceExhausted, "density", "OUT_OF_MEMORY", "not enough memory for so many places; ask for larger cells or a smaller area"});
  }
}

}  // namespace geo
