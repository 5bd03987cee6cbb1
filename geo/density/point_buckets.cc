#include "geo/density/point_buckets.h"

#include <algorithm>
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

// A point on its way, whole, so that it is moved by one write.
struct PointBuckets::Moved {
  double weight;
  std::uint32_t easting, northing, column, index;
};

// Two counting sorts, by row and then within each row, because one over all buckets would miss the cache at every point. Both keep the given order.
Result<PointBuckets> PointBuckets::Build(const WeightedPoints& points, const BucketLattice& lattice, const StopSignal& stop) {
  WARDWATCH_CHECK(points.weight.size() == points.at.size() && points.size() < kNoBucket, "{} places, {} weights", points.at.size(), points.weight.size());
  WARDWATCH_CHECK(lattice.rows >= 0 && lattice.columns >= 0 && (lattice.columns == 0 || lattice.rows < (std::int64_t{1} << 31) / lattice.columns),
                  "{} rows of {} buckets", lattice.rows, lattice.columns);
  PointBuckets made;
  made.lattice_ = lattice;
  made.begin_.assign(static_cast<std::size_t>(lattice.rows * lattice.columns) + 1, 0);
  std::vector<Moved> moved;
  std::vector<std::uint32_t> row_begin(static_cast<std::size_t>(lattice.rows) + 1, 0);
  if (auto done = made.sort_by_row(points, moved, row_begin, stop); !done) return Fail(done.error());
  if (auto done = made.sort_rows(moved, row_begin, stop); !done) return Fail(done.error());
  return made;
}

Result<void> PointBuckets::sort_by_row(const WeightedPoints& points, std::vector<Moved>& moved, std::vector<std::uint32_t>& row_begin, const StopSignal& stop) {
  std::vector<std::uint32_t> row(points.size());
  const Divider quotient(lattice_.side_mm);
  const std::int64_t width = lattice_.columns * lattice_.side_mm, height = lattice_.rows * lattice_.side_mm;
  double first_weight = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (i % kPointsBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
    const std::int64_t east = points.at[i].easting_mm - lattice_.west_mm, north = points.at[i].northing_mm - lattice_.south_mm;
    const double weight = points.weight[i];
    if (east < 0 || east >= width || north < 0 || north >= height || !(weight > 0)) {
      row[i] = kNoBucket;
      continue;
    }
    if (first_weight == 0) first_weight = weight;
    same_weights_ = same_weights_ && weight == first_weight;
    row[i] = static_cast<std::uint32_t>(quotient(north));
    ++row_begin[row[i] + 1];
  }
  std::partial_sum(row_begin.begin(), row_begin.end(), row_begin.begin());
  moved.resize(row_begin.back());
  std::vector<std::uint32_t> next(row_begin.begin(), row_begin.end() - 1);
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (i % kPointsBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
    if (row[i] == kNoBucket) continue;
    const std::int64_t east = points.at[i].easting_mm - lattice_.west_mm, north = points.at[i].northing_mm - lattice_.south_mm;
    moved[next[row[i]]++] = {points.weight[i], static_cast<std::uint32_t>(east), static_cast<std::uint32_t>(north),
                             static_cast<std::uint32_t>(quotient(east)), static_cast<std::uint32_t>(i)};
  }
  return {};
}

Result<void> PointBuckets::sort_rows(const std::vector<Moved>& moved, const std::vector<std::uint32_t>& row_begin, const StopSignal& stop) {
  for (auto* column : {&easting_mm_, &northing_mm_, &weight_}) column->resize(moved.size());
  index_.resize(moved.size());
  const auto columns = static_cast<std::size_t>(lattice_.columns);
  std::vector<std::uint32_t> next(columns + 1);
  std::size_t steps = 0;
  for (std::size_t row = 0; row + 1 < row_begin.size(); ++row) {
    std::fill(next.begin(), next.end(), 0);
    for (std::uint32_t i = row_begin[row]; i < row_begin[row + 1]; ++i) ++next[moved[i].column + 1];
    next[0] = row_begin[row];
    std::partial_sum(next.begin(), next.end(), next.begin());
    std::copy(next.begin(), next.end(), begin_.begin() + static_cast<std::ptrdiff_t>(row * columns));
    for (std::uint32_t i = row_begin[row]; i < row_begin[row + 1]; ++i) {
      if (++steps >= kPointsBetweenStopChecks) {
        steps = 0;
        if (stop.stop_requested()) return Fail(stop.reason());
      }
      const Moved& point = moved[i];
      const std::uint32_t slot = next[point.column]++;
      easting_mm_[slot] = point.easting;
      northing_mm_[slot] = point.northing;
      weight_[slot] = point.weight;
      index_[slot] = point.index;
    }
    steps += columns / 4;
  }
  if (stop.stop_requested()) return Fail(stop.reason());
  return {};
}

}  // namespace geo
