// The distinct positions of a set of points, indexed for their neighbours.
#pragma once

#include <cstdint>
#include <vector>

#include "geo/density/weighted_points.h"
#include "geo/types/result.h"
#include "geo/types/stop_signal.h"

namespace geo {

// In an order that depends on the positions alone: by bucket of a square lattice, then easting, then northing.
class DistinctPositions {
 public:
  // Those of points with a weight above 0. Errors: of `stop`. Cost: one sort.
  static Result<DistinctPositions> Of(const WeightedPoints& points, const StopSignal& stop);

  std::size_t size() const { return at_.size(); }
  const std::vector<GridPoint>& at() const { return at_; }
  // Relative to the south-west corner of their bounding box: exact, and so are differences and their squares' sum below 2^53.
  const std::vector<double>& easting_mm() const { return easting_mm_; }
  const std::vector<double>& northing_mm() const { return northing_mm_; }
  // Diagonal of the bounding box.
  double extent_mm() const;
  // For each position the squared distance to the nearest other one; needs two positions.
  Result<std::vector<double>> nearest_mm2(const StopSignal& stop) const;

  // Calls visit(begin, end) for runs of positions that together hold every one within `radius_mm` of position `i`, itself too, south to north.
  template <class Visit>
  void for_each_run(std::size_t i, double radius_mm, Visit visit) const {
    const std::int64_t south = bucket(northing_mm_[i] - radius_mm, rows_), north = bucket(northing_mm_[i] + radius_mm, rows_);
    const std::int64_t west = bucket(easting_mm_[i] - radius_mm, columns_), east = bucket(easting_mm_[i] + radius_mm, columns_);
    for (std::int64_t row = south; row <= north; ++row) {
      const std::uint32_t begin = begin_[static_cast<std::size_t>(row * columns_ + west)], end = begin_[static_cast<std::size_t>(row * columns_ + east + 1)];
      if (begin != end) visit(std::size_t{begin}, std::size_t{end});
    }
  }
  // How many positions those runs hold.
  std::int64_t run_total(std::size_t i, double radius_mm) const;

 private:
  std::int64_t bucket(double offset_mm, std::int64_t most) const {
    const double index = offset_mm / side_mm_;
    return index <= 0 ? 0 : index >= static_cast<double>(most - 1) ? most - 1 : static_cast<std::int64_t>(index);
  }
  void lay(const std::vector<GridPoint>& sorted);

  std::vector<GridPoint> at_;
  std::vector<double> easting_mm_, northing_mm_;
  double side_mm_ = 1, width_mm_ = 0, height_mm_ = 0;
  std::int64_t rows_ = 1, columns_ = 1;
  std::vector<std::uint32_t> begin_;  // rows_ * columns_ + 1
};

}  // namespace geo
