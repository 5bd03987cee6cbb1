#include "geo/places/contour_levels.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "geo/places/contours.h"
#include "geo/places/descending_order.h"
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

// The value of the first that, with all before it, holds the share of all. `all` is not empty, values descending.
double FirstHolding(std::span<const Holding> all, double share) {
  // A share of 1 leaves nothing out, however little it holds.
  if (share == 1) return all.back().value;
  Sum total, held;
  for (const Holding& one : all) total.add(one.amount);
  const double enough = (share - kSlack) * total.value();
  for (const Holding& one : all) {
    held.add(one.amount);
    if (held.value() >= enough) return one.value;
  }
  return all.back().value;
}

}  // namespace

double LevelOfVolume(std::span<const double> values, double share) {
  WARDWATCH_CHECK(share > 0 && share <= 1, "share {}", share);
  const std::vector<ValueAt> order = DescendingOrder(values);
  if (order.empty()) return 0;
  std::vector<Holding> all;
  all.reserve(order.size());
  // Relative to the greatest, no sum can overflow.
  for (const ValueAt& one : order) all.push_back({one.value, one.value / order[0].value});
  return FirstHolding(all, share);
}

double LevelOfIncidents(std::span<const double> values, const RasterFrame& frame, const WeightedPoints& points, double share) {
  WARDWATCH_CHECK(share > 0 && share <= 1, "share {}", share);
  WARDWATCH_CHECK(points.at.size() == points.weight.size(), "{} points, {} weights", points.at.size(), points.weight.size());
  std::vector<Holding> all;
  all.reserve(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (points.weight[i] > 0) all.push_back({SurfaceValueAt(values, frame, points.at[i]), points.weight[i]});
  }
  if (all.empty()) return 0;
  // Equal values in order of amount, so that the order of the points does not reach the sums.
  std::sort(all.begin(), all.end(), [](const Holding& a, const Holding& b) { return a.value != b.value ? a.value > b.value : a.amount > b.amount; });
  return std::max(0.0, FirstHolding(all, share));
}

}  // namespace geo
