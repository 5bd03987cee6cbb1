#include "geo/hotspots/quartic_density.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>

#include "geo/types/check.h"

namespace geo {
namespace {

constexpr std::size_t kPointsBetweenStopChecks = 65'536;
constexpr std::size_t kPlacesBetweenStopChecks = 2'048;
constexpr std::int64_t kPairsBetweenStopChecks = 500'000;  // about a millisecond
constexpr double kMm2PerKm2 = 1e12;

// A quarter of the bandwidth wastes little of the square around the circle; more than a few buckets a point waste memory.
std::int64_t SideFor(std::int64_t bandwidth_mm, const GridBox& box, std::size_t points) {
  const double width = static_cast<double>(box.high.easting_mm) - box.low.easting_mm;
  const double height = static_cast<double>(box.high.northing_mm) - box.low.northing_mm;
  const double most = 4.0 * static_cast<double>(points) + 4096;
  std::int64_t side = std::max<std::int64_t>(1, bandwidth_mm / 4);
  const auto buckets = [&] { return (width / static_cast<double>(side) + 1) * (height / static_cast<double>(side) + 1); };
  while (buckets() > most) side *= 2;
  return side;
}

// Sum of weight * (r^2 - d^2)^2 over points within r. Four sums side by side: they shorten the chain of additions, and so its rounding, by four.
double SumKernel(const double* easting, const double* northing, const double* weight, std::size_t n, double at_easting, double at_northing, double r2) {
  std::array<double, 4> sums{};
  const auto term = [&](std::size_t i) {
    const double de = easting[i] - at_easting;
    const double dn = northing[i] - at_northing;
    const double inside = std::max(0.0, r2 - (de * de + dn * dn));
    return weight[i] * (inside * inside);
  };
  std::size_t i = 0;
  for (; i + 4 <= n; i += 4) {
    for (std::size_t lane = 0; lane < 4; ++lane) sums[lane] += term(i + lane);
  }
  for (; i < n; ++i) sums[i % 4] += term(i);
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

}  // namespace

std::int64_t QuarticDensity::row_of(std::int64_t northing_mm) const {
  return std::clamp<std::int64_t>((northing_mm - low_northing_mm_) / side_mm_, 0, rows_ - 1);
}
std::int64_t QuarticDensity::column_of(std::int64_t easting_mm) const {
  return std::clamp<std::int64_t>((easting_mm - low_easting_mm_) / side_mm_, 0, columns_ - 1);
}

Result<QuarticDensity> QuarticDensity::Build(const MergedPoints& points, std::int64_t bandwidth_mm, const StopSignal& stop) {
  WARDWATCH_CHECK(bandwidth_mm >= 1'000 && bandwidth_mm <= 50'000'000, "bandwidth {} mm", bandwidth_mm);
  QuarticDensity density;
  density.bandwidth_mm_ = bandwidth_mm;
  GridBox box;
  for (const GridPoint p : points.at) box.extend(p);
  if (box.empty()) return density;
  density.low_easting_mm_ = box.low.easting_mm;
  density.low_northing_mm_ = box.low.northing_mm;
  density.side_mm_ = SideFor(bandwidth_mm, box, points.size());
  density.rows_ = (std::int64_t{box.high.northing_mm} - box.low.northing_mm) / density.side_mm_ + 1;
  density.columns_ = (std::int64_t{box.high.easting_mm} - box.low.easting_mm) / density.side_mm_ + 1;

  if (auto laid = density.lay(points, stop); !laid) return Fail(laid.error());
  return density;
}

// Counting sort: count, add up, and place from the last point to the first, which leaves each bucket's beginning behind.
Result<void> QuarticDensity::lay(const MergedPoints& points, const StopSignal& stop) {
  bucket_begin_.assign(static_cast<std::size_t>(rows_ * columns_) + 1, 0);
  std::vector<std::uint32_t> bucket(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (i % kPointsBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
    bucket[i] = static_cast<std::uint32_t>(row_of(points.at[i].northing_mm) * columns_ + column_of(points.at[i].easting_mm));
    ++bucket_begin_[bucket[i]];
  }
  std::partial_sum(bucket_begin_.begin(), bucket_begin_.end(), bucket_begin_.begin());
  if (stop.stop_requested()) return Fail(stop.reason());
  for (auto* column : {&easting_mm_, &northing_mm_, &weight_}) column->resize(points.size());
  for (std::size_t i = points.size(); i-- > 0;) {
    if (i % kPointsBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
    const std::uint32_t slot = --bucket_begin_[bucket[i]];
    easting_mm_[slot] = static_cast<double>(points.at[i].easting_mm - low_easting_mm_);
    northing_mm_[slot] = static_cast<double>(points.at[i].northing_mm - low_northing_mm_);
    weight_[slot] = points.weight[i];
  }
  return {};
}

template <class Visit>
void QuarticDensity::for_each_range(GridPoint place, Visit visit) const {
  const std::int64_t east = place.easting_mm;
  const std::int64_t north = place.northing_mm;
  const std::int64_t r = bandwidth_mm_;
  if (rows_ == 0 || north + r < low_northing_mm_ || north - r >= low_northing_mm_ + rows_ * side_mm_ || east + r < low_easting_mm_ ||
      east - r >= low_easting_mm_ + columns_ * side_mm_) {
    return;
  }
  const std::int64_t last = row_of(north + r);
  for (std::int64_t row = row_of(north - r); row <= last; ++row) {
    // Half the chord that the circle cuts from this row, at its nearest edge; one millimetre more covers the rounding of the root.
    const std::int64_t south_edge = low_northing_mm_ + row * side_mm_;
    const std::int64_t away = std::max<std::int64_t>({0, south_edge - north, north - (south_edge + side_mm_ - 1)});
    if (away >= r) continue;
    const auto half = static_cast<std::int64_t>(std::sqrt(static_cast<double>(r * r - away * away))) + 1;
    const std::int64_t first_column = column_of(east - half);
    const std::int64_t last_column = column_of(east + half);
    const Range range{bucket_begin_[static_cast<std::size_t>(row * columns_ + first_column)],
                      bucket_begin_[static_cast<std::size_t>(row * columns_ + last_column + 1)]};
    if (range.begin < range.end) visit(range);
  }
}

Result<std::int64_t> QuarticDensity::pairs(std::span<const GridPoint> places, const StopSignal& stop) const {
  std::int64_t pairs = 0;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (i % kPlacesBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
    for_each_range(places[i], [&](Range range) { pairs += static_cast<std::int64_t>(range.end - range.begin); });
  }
  return pairs;
}

Result<std::vector<double>> QuarticDensity::per_km2(std::span<const GridPoint> places, const StopSignal& stop) const {
  const double r2 = static_cast<double>(bandwidth_mm_ * bandwidth_mm_);
  // 3 / (pi r^2) * (1 - d^2/r^2)^2 = 3 / (pi r^6) * (r^2 - d^2)^2.
  const double scale = 3.0 / (std::numbers::pi * r2) / r2 / r2 * kMm2PerKm2;
  std::vector<double> density;
  density.reserve(places.size());
  std::int64_t pairs = 0;
  bool stopped = stop.stop_requested();
  for (const GridPoint place : places) {
    const auto at_easting = static_cast<double>(std::int64_t{place.easting_mm} - low_easting_mm_);
    const auto at_northing = static_cast<double>(std::int64_t{place.northing_mm} - low_northing_mm_);
    double sum = 0;
    for_each_range(place, [&](Range range) {
      // A row of buckets may hold millions of points: it is taken in pieces.
      for (std::size_t begin = range.begin; begin < range.end && !stopped; begin += static_cast<std::size_t>(kPairsBetweenStopChecks)) {
        const std::size_t n = std::min(range.end - begin, static_cast<std::size_t>(kPairsBetweenStopChecks));
        sum += SumKernel(&easting_mm_[begin], &northing_mm_[begin], &weight_[begin], n, at_easting, at_northing, r2);
        pairs += static_cast<std::int64_t>(n);
        if (pairs < kPairsBetweenStopChecks) continue;
        pairs = 0;
        stopped = stop.stop_requested();
      }
      pairs += 64;  // finding a range costs about as much as so many pairs
    });
    if (stopped) return Fail(stop.reason());
    density.push_back(sum * scale);
  }
  return density;
}

}  // namespace geo
