#include "geo/places/contour_levels.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "geo/places/contours.h"
#include "geo/types/check.h"

namespace geo {
namespace {

constexpr double kSlack = 1e-12;

// What stands at `value` and how much it holds.
struct Holding {
  double value, amount;
};

// Neumaier's sum: the error of a plain sum of a million cells could reach the slack.
class Sum {
 public:
  void add(double x) {
    const double next = sum_ + x;
    lost_ += std::abs(sum_) >= std::abs(x) ? (sum_ - next) + x : (x - next) + sum_;
    sum_ = next;
  }
  double value() const { return sum_ + lost_; }

 private:
  double sum_ = 0, lost_ = 0;
};

// The highest value such that what stands at or over it holds the share of all; 0 where nothing is held.
double HighestHolding(std::vector<Holding>& all, double share) {
  // Equal values in order of amount, so that the order of the input does not reach the sums.
  std::sort(all.begin(), all.end(), [](const Holding& a, const Holding& b) { return a.value != b.value ? a.value > b.value : a.amount > b.amount; });
  Sum total;
  for (const Holding& one : all) total.add(one.amount);
  if (!(total.value() > 0)) return 0;
  const double enough = share * total.value() - kSlack * total.value();
  Sum held;
  for (std::size_t i = 0; i < all.size(); ++i) {
    held.add(all[i].amount);
    if (share < 1 && held.value() >= enough) return all[i].value;
  }
  // A share of 1 leaves nothing out, however little it holds.
  return all.back().value;
}

}  // namespace

double LevelOfVolume(std::span<const double> values, double share) {
  WARDWATCH_CHECK(share > 0 && share <= 1, "share {}", share);
  double greatest = 0;
  for (const double value : values) {
    if (std::isfinite(value)) greatest = std::max(greatest, value);
  }
  std::vector<Holding> all;
  for (const double value : values) {
    // Relative to the greatest, no sum can overflow.
    if (value > 0 && std::isfinite(value)) all.push_back({value, value / greatest});
  }
  return HighestHolding(all, share);
}

double LevelOfIncidents(std::span<const double> values, const RasterFrame& frame, const WeightedPoints& points, double share) {
  WARDWATCH_CHECK(share > 0 && share <= 1, "share {}", share);
  WARDWATCH_CHECK(points.at.size() == points.weight.size(), "{} points, {} weights", points.at.size(), points.weight.size());
  std::vector<Holding> all;
  all.reserve(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (points.weight[i] > 0) all.push_back({SurfaceValueAt(values, frame, points.at[i]), points.weight[i]});
  }
  return std::max(0.0, HighestHolding(all, share));
}

}  // namespace geo
