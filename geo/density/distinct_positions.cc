#include "geo/density/distinct_positions.h"

#include <algorithm>
#include <cmath>

#include "geo/types/check.h"

namespace geo {
namespace {

constexpr double kPositionsPerBucket = 2;

}  // namespace

Result<DistinctPositions> DistinctPositions::Of(const WeightedPoints& points, const StopSignal& stop) {
  WARDWATCH_CHECK(points.at.size() == points.weight.size(), "{} positions, {} weights", points.at.size(), points.weight.size());
  std::vector<GridPoint> sorted;
  sorted.reserve(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (points.weight[i] > 0) sorted.push_back(points.at[i]);
  }
  if (stop.stop_requested()) return Fail(stop.reason());
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  if (stop.stop_requested()) return Fail(stop.reason());
  DistinctPositions positions;
  positions.lay(sorted);
  return positions;
}

void DistinctPositions::lay(const std::vector<GridPoint>& sorted) {
  begin_.assign(2, 0);
  if (sorted.empty()) return;
  GridBox box;
  for (const GridPoint p : sorted) box.extend(p);
  width_mm_ = static_cast<double>(box.high.easting_mm) - box.low.easting_mm;
  height_mm_ = static_cast<double>(box.high.northing_mm) - box.low.northing_mm;
  const double n = static_cast<double>(sorted.size());
  // The second term keeps a string of positions from having more buckets than positions.
  side_mm_ = std::max({std::sqrt(width_mm_ * height_mm_ * kPositionsPerBucket / n), std::max(width_mm_, height_mm_) / n, 1.0});
  columns_ = static_cast<std::int64_t>(width_mm_ / side_mm_) + 1;
  rows_ = static_cast<std::int64_t>(height_mm_ / side_mm_) + 1;

  const auto bucket_of = [&](GridPoint p) {
    const std::int64_t row = bucket(static_cast<double>(p.northing_mm) - box.low.northing_mm, rows_);
    return static_cast<std::size_t>(row * columns_ + bucket(static_cast<double>(p.easting_mm) - box.low.easting_mm, columns_));
  };
  begin_.assign(static_cast<std::size_t>(rows_ * columns_) + 1, 0);
  for (const GridPoint p : sorted) ++begin_[bucket_of(p) + 1];
  for (std::size_t b = 1; b < begin_.size(); ++b) begin_[b] += begin_[b - 1];
  std::vector<std::uint32_t> next(begin_.begin(), begin_.end() - 1);
  at_.resize(sorted.size());
  for (const GridPoint p : sorted) at_[next[bucket_of(p)]++] = p;
  for (const GridPoint p : at_) {
    easting_mm_.push_back(static_cast<double>(p.easting_mm) - box.low.easting_mm);
    northing_mm_.push_back(static_cast<double>(p.northing_mm) - box.low.northing_mm);
  }
}

double DistinctPositions::extent_mm() const { return std::hypot(width_mm_, height_mm_); }

std::int64_t DistinctPositions::run_total(std::size_t i, double radius_mm) const {
  if (radius_mm >= extent_mm()) return static_cast<std::int64_t>(size());
  std::int64_t total = 0;
  for_each_run(i, radius_mm, [&](std::size_t begin, std::size_t end) { total += static_cast<std::int64_t>(end - begin); });
  return total;
}

Result<std::vector<double>> DistinctPositions::nearest_mm2(const StopSignal& stop) const {
  WARDWATCH_CHECK(size() >= 2, "{} positions have no neighbours", size());
  std::vector<double> nearest(size());
  for (std::size_t i = 0; i < size(); ++i) {
    if (i % 1024 == 0 && stop.stop_requested()) return Fail(stop.reason());
    double least = INFINITY;
    // What lies within the radius is all there; a nearest one beyond it might have a nearer rival.
    double radius = side_mm_ / 2;
    do {
      radius *= 2;
      for_each_run(i, radius, [&](std::size_t begin, std::size_t end) {
        for (std::size_t j = begin; j < end; ++j) {
          const double dx = easting_mm_[j] - easting_mm_[i], dy = northing_mm_[j] - northing_mm_[i];
          if (j != i) least = std::min(least, dx * dx + dy * dy);
        }
      });
    } while (least > radius * radius);
    nearest[i] = least;
  }
  return nearest;
}

}  // namespace geo
