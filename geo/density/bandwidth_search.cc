#include "geo/density/bandwidth_search.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "geo/types/check.h"

namespace geo {
namespace {

constexpr int kSteps = 16;
constexpr double kBracket = 1e-3;
constexpr double kGolden = 0.6180339887498949;

class Tries {
 public:
  Tries(const BandwidthScore& score, const StopSignal& stop) : score_(score), stop_(stop) {}

  Result<double> at(double bandwidth_mm) {
    if (stop_.stop_requested()) return Fail(stop_.reason());
    auto score = score_(bandwidth_mm);
    if (!score) return Fail(std::move(score.error()));
    WARDWATCH_CHECK(std::isfinite(*score), "score {} at {} mm", *score, bandwidth_mm);
    tried_.emplace(bandwidth_mm, *score);
    return *score;
  }
  SearchedBandwidth result(bool at_end) const {
    SearchedBandwidth searched{.at_end = at_end};
    double best = -INFINITY;
    for (const auto& [bandwidth_mm, score] : tried_) {
      if (score > best) {
        best = score;
        searched.best_mm = bandwidth_mm;
      }
      searched.tried_mm.push_back(bandwidth_mm);
      searched.score.push_back(score);
    }
    return searched;
  }

 private:
  const BandwidthScore& score_;
  const StopSignal& stop_;
  std::map<double, double> tried_;
};

// Golden sections between the logarithms low and high (Kiefer 1953).
Result<void> Narrow(double low, double high, Tries& tries) {
  double left = high - kGolden * (high - low), right = low + kGolden * (high - low);
  auto at_left = tries.at(std::exp(left));
  if (!at_left) return Fail(std::move(at_left.error()));
  auto at_right = tries.at(std::exp(right));
  if (!at_right) return Fail(std::move(at_right.error()));
  while (high - low > kBracket) {
    const bool keep_left = *at_left >= *at_right;
    if (keep_left) {
      high = right;
      right = left;
      at_right = at_left;
      left = high - kGolden * (high - low);
      at_left = tries.at(std::exp(left));
    } else {
      low = left;
      left = right;
      at_left = at_right;
      right = low + kGolden * (high - low);
      at_right = tries.at(std::exp(right));
    }
    const auto& fresh = keep_left ? at_left : at_right;
    if (!fresh) return Fail(fresh.error());
  }
  return {};
}

struct Corner {
  double x = 0, y = 0;
};

double Cross(Corner a, Corner b, Corner c) { return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x); }

// Appends to one half of the hull (Andrew 1979). `turn` is 1 for the eastern half, -1 for the western; corners come from the south.
void Extend(std::vector<Corner>& hull, Corner c, double turn) {
  while (hull.size() >= 2 && turn * Cross(hull[hull.size() - 2], hull.back(), c) <= 0) hull.pop_back();
  hull.push_back(c);
}

}  // namespace

Result<SearchedBandwidth> SearchBandwidth(double least_mm, double most_mm, const BandwidthScore& score, const StopSignal& stop) {
  WARDWATCH_CHECK(least_mm > 0 && least_mm < most_mm, "range {} to {}", least_mm, most_mm);
  Tries tries(score, stop);
  const double low = std::log(least_mm), high = std::log(most_mm);
  const auto step_at = [&](int step) { return low + (high - low) * step / (kSteps - 1); };
  int best = 0;
  double best_score = -INFINITY;
  for (int step = 0; step < kSteps; ++step) {
    const auto found = tries.at(std::exp(step_at(step)));
    if (!found) return Fail(found.error());
    stop.progressed("bandwidth", step + 1, kSteps);
    if (*found > best_score) {
      best_score = *found;
      best = step;
    }
  }
  if (best == 0 || best == kSteps - 1) return tries.result(true);
  if (auto narrowed = Narrow(step_at(best - 1), step_at(best + 1), tries); !narrowed) return Fail(std::move(narrowed.error()));
  return tries.result(false);
}

double HalfDiameterMm(const Window& window) {
  const std::size_t columns = static_cast<std::size_t>(window.frame.columns);
  std::vector<Corner> east, west;
  for (std::size_t row = 0; row < static_cast<std::size_t>(window.frame.rows); ++row) {
    const double* inside = &window.inside_m2[row * columns];
    std::size_t first = 0, last = columns;
    while (first < columns && inside[first] <= 0) ++first;
    if (first == columns) continue;
    while (inside[last - 1] <= 0) --last;
    for (const double y : {static_cast<double>(row), static_cast<double>(row + 1)}) {
      Extend(east, {static_cast<double>(last), y}, 1);
      Extend(west, {static_cast<double>(first), y}, -1);
    }
  }
  east.insert(east.end(), west.begin(), west.end());
  double most = 0;
  for (const Corner a : east) {
    for (const Corner b : east) most = std::max(most, (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y));
  }
  return std::sqrt(most) / 2 * window.frame.cell_mm;
}

}  // namespace geo
