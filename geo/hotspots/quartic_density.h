// Kernel density with the quartic kernel, exact, at given places.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/hotspots/merged_points.h"

namespace geo {

// lambda(s) = sum over points of weight * 3 / (pi r^2) * (1 - d^2 / r^2)^2 for d < r: weight per unit of area. No edge correction, no rescaling.
// Points are laid in square buckets once; a place looks at the buckets that its circle meets.
class QuarticDensity {
 public:
  // bandwidth_mm 1,000 .. 50,000,000. Errors: of `stop`.
  static Result<QuarticDensity> Build(const MergedPoints& points, std::int64_t bandwidth_mm, const StopSignal& stop);

  // How many pairs of point and place per_km2() will look at: known before any is. Errors: of `stop`.
  Result<std::int64_t> pairs(std::span<const GridPoint> places, const StopSignal& stop) const;

  // Weight per square kilometre at each place.
  // Accuracy: relative error under 1e-12 against exact arithmetic: squared distances are whole numbers of square millimetres below 2^53, nothing is
  // subtracted after them, and the sums are of positive terms in four interleaved partial sums per row of buckets.
  // Determinism: a fixed order of summation, moved with the data when all of it moves. Cost: pairs(places). Errors: of `stop`.
  // Source: Silverman 1986, Density Estimation for Statistics and Data Analysis, eq. 4.5.
  // See also tests/oracle/geo/hotspots/quartic_density_test.cc.
  Result<std::vector<double>> per_km2(std::span<const GridPoint> places, const StopSignal& stop) const;

 private:
  struct Range {
    std::size_t begin = 0, end = 0;
  };
  QuarticDensity() = default;
  Result<void> lay(const MergedPoints& points, const StopSignal& stop);
  std::int64_t row_of(std::int64_t northing_mm) const;
  std::int64_t column_of(std::int64_t easting_mm) const;
  // Calls visit(Range) for each row of buckets near the place, south to north.
  template <class Visit>
  void for_each_range(GridPoint place, Visit visit) const;

  std::int64_t bandwidth_mm_ = 0;
  std::int64_t side_mm_ = 1;
  std::int64_t low_easting_mm_ = 0, low_northing_mm_ = 0;
  std::int64_t rows_ = 0, columns_ = 0;
  std::vector<std::uint32_t> bucket_begin_;  // rows_ * columns_ + 1, into the columns below
  // Relative to the low corner, so that they and their differences are exact.
  std::vector<double> easting_mm_, northing_mm_, weight_;
};

}  // namespace geo
