#include "geo/density/point_buckets.h"

#include <limits>
#include <numeric>

#include "geo/types/check.h"

namespace geo {
namespace {

constexpr std::size_t kPointsBetweenStopChecks = 65'536;
constexpr std::uint32_t kNoBucket = std::numeric_limits<std::uint32_t>::max();

// Whole quotients below 2^32 by one multiplication and, where rounding may have crossed a whole number, one correction.
struct Divider {
  explicit Divider(std::int64_t by) : by_(by), inverse_(1.0 / static_cast<double>(by)) {}
  std::int64_t operator()(std::int64_t a) const {
    auto q = static_cast<std::int64_t>(static_cast<double>(a) * inverse_);
    const std::int64_t rest = a - q * by_;
    q += (rest >= by_) - (rest < 0);
    return q;
  }
  std::int64_t by_;
  double inverse_;
};

}  // namespace

// Counting sort: count, add up, and place from the last point to the first, which leaves each bucket's beginning behind.
Result<PointBuckets> PointBuckets::Build(const WeightedPoints& points, const BucketLattice& lattice, const StopSignal& stop) {
  WARDWATCH_CHECK(points.weight.size() == points.at.size() && points.size() < kNoBucket, "{} places, {} weights", points.at.size(), points.weight.size());
  WARDWATCH_CHECK(lattice.rows >= 0 && lattice.columns >= 0 && (lattice.columns == 0 || lattice.rows < (std::int64_t{1} << 31) / lattice.columns),
                  "{} rows of {} buckets", lattice.rows, lattice.columns);
  PointBuckets made;
  made.lattice_ = lattice;
  made.begin_.assign(static_cast<std::size_t>(lattice.rows * lattice.columns) + 1, 0);
  std::vector<std::uint32_t> bucket(points.size());
  const Divider quotient(lattice.side_mm);
  const std::int64_t width = lattice.columns * lattice.side_mm, height = lattice.rows * lattice.side_mm;
  double first_weight = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (i % kPointsBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
    const std::int64_t east = points.at[i].easting_mm - lattice.west_mm, north = points.at[i].northing_mm - lattice.south_mm;
    const double weight = points.weight[i];
    if (east < 0 || east >= width || north < 0 || north >= height || !(weight > 0)) {
      bucket[i] = kNoBucket;
      continue;
    }
    if (first_weight == 0) first_weight = weight;
    made.same_weights_ = made.same_weights_ && weight == first_weight;
    bucket[i] = static_cast<std::uint32_t>(quotient(north) * lattice.columns + quotient(east));
    ++made.begin_[bucket[i]];
  }
  std::partial_sum(made.begin_.begin(), made.begin_.end(), made.begin_.begin());
  if (stop.stop_requested()) return Fail(stop.reason());
  const std::size_t kept = made.begin_.back();
  for (auto* column : {&made.easting_mm_, &made.northing_mm_, &made.weight_}) column->resize(kept);
  made.index_.resize(kept);
  for (std::size_t i = points.size(); i-- > 0;) {
    if (i % kPointsBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
    if (bucket[i] == kNoBucket) continue;
    const std::uint32_t slot = --made.begin_[bucket[i]];
    made.easting_mm_[slot] = static_cast<double>(points.at[i].easting_mm - lattice.west_mm);
    made.northing_mm_[slot] = static_cast<double>(points.at[i].northing_mm - lattice.south_mm);
    made.weight_[slot] = points.weight[i];
    made.index_[slot] = static_cast<std::uint32_t>(i);
  }
  return made;
}

}  // namespace geo
