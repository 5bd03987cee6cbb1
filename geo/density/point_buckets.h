// Points laid in square buckets, row by row.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "geo/density/weighted_points.h"
#include "geo/types/result.h"
#include "geo/types/stop_signal.h"

namespace geo {

// The buckets: corner and side in millimetres. Bucket (row, column) is [south + row * side, + side) by [west + column * side, + side).
struct BucketLattice {
  std::int64_t west_mm = 0, south_mm = 0, side_mm = 1;
  std::int64_t rows = 0, columns = 0;
};

// The points within the lattice, by bucket, in their given order within one; those without weight and those outside are left out. Moves with the data.
class PointBuckets {
 public:
  // Requires rows * columns < 2^31 and fewer than 2^32 points. Errors: of `stop`. Cost: four passes over the points.
  static Result<PointBuckets> Build(const WeightedPoints& points, const BucketLattice& lattice, const StopSignal& stop);

  const BucketLattice& lattice() const { return lattice_; }
  std::size_t size() const { return weight_.size(); }
  // Index of the first point of a bucket; column may be lattice().columns: the end of the row.
  std::size_t begin(std::int64_t row, std::int64_t column) const { return begin_[static_cast<std::size_t>(row * lattice_.columns + column)]; }
  // columns + 1 of them: the beginnings of a row's buckets, and its end.
  const std::uint32_t* bucket_row(std::int64_t row) const { return begin_.data() + row * lattice_.columns; }
  // Relative to the lattice's corner, so that they and their differences are exact.
  const std::vector<double>& easting_mm() const { return easting_mm_; }
  const std::vector<double>& northing_mm() const { return northing_mm_; }
  const std::vector<double>& weight() const { return weight_; }
  const std::vector<std::uint32_t>& index() const { return index_; }  // into the points given
  bool same_weights() const { return same_weights_; }                // all alike

 private:
  struct Moved;
  Result<void> sort_by_row(const WeightedPoints& points, std::vector<Moved>& moved, std::vector<std::uint32_t>& row_begin, const StopSignal& stop);
  Result<void> sort_rows(const std::vector<Moved>& moved, const std::vector<std::uint32_t>& row_begin, const StopSignal& stop);

  BucketLattice lattice_;
  bool same_weights_ = true;
  std::vector<std::uint32_t> begin_, index_;
  std::vector<double> easting_mm_, northing_mm_, weight_;
};

}  // namespace geo
