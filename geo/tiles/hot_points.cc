#include "geo/tiles/hot_points.h"

#include <algorithm>

#include "geo/types/check.h"

namespace geo {
namespace {

// numerator / denominator, of a bound on the share t of an edge; denominator over 0.
struct Bound {
  std::int64_t numerator, denominator;
  bool open;
};

// Is there a t from `low` to `high`?
bool Allows(const Bound& low, const Bound& high) {
  const std::int64_t left = low.numerator * high.denominator, right = high.numerator * low.denominator;
  return left < right || (left == right && !low.open && !high.open);
}

// The bounds on t that from <= t * d < to asks for; false where none can hold. For d == 0 there are none but that.
bool AxisBounds(std::int64_t from, std::int64_t to, std::int64_t d, Bound& low, Bound& high) {
  if (d == 0) return from <= 0 && 0 < to;
  if (d > 0) {
    low = {from, d, false};
    high = {to, d, true};
  } else {
    low = {-to, -d, true};
    high = {-from, -d, false};
  }
  return true;
}

// Does the closed segment from (0, 0) to (dx, dy) meet [x, x + side) x [y, y + side)?
bool Meets(std::int64_t dx, std::int64_t dy, std::int64_t x, std::int64_t y, std::int64_t side) {
  constexpr Bound kStart{0, 1, false}, kEnd{1, 1, false};
  Bound x_low = kStart, x_high = kEnd, y_low = kStart, y_high = kEnd;
  if (!AxisBounds(x, x + side, dx, x_low, x_high) || !AxisBounds(y, y + side, dy, y_low, y_high)) return false;
  return Allows(kStart, x_high) && Allows(kStart, y_high) && Allows(x_low, kEnd) && Allows(y_low, kEnd) && Allows(x_low, x_high) && Allows(y_low, y_high) &&
         Allows(x_low, y_high) && Allows(y_low, x_high);
}

// Towards minus infinity; b over 0.
std::int64_t FloorDivide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0); }

}  // namespace

HotPoints::HotPoints(std::vector<LatticePoint> points) {
  std::sort(points.begin(), points.end());
  points.erase(std::unique(points.begin(), points.end()), points.end());
  if (points.empty()) return;
  LatticeBox box;
  for (const LatticePoint p : points) box.extend(p);
  west_ = box.x0;
  north_ = box.y0;
  const std::int64_t width = std::int64_t{box.x1} - box.x0, height = std::int64_t{box.y1} - box.y0;
  const auto most = static_cast<std::int64_t>(points.size()) + 16;
  while (((width >> side_bits_) + 1) * ((height >> side_bits_) + 1) > most) ++side_bits_;
  columns_ = (width >> side_bits_) + 1;
  rows_ = (height >> side_bits_) + 1;
  const auto bucket_of = [&](LatticePoint p) {
    return static_cast<std::size_t>(((std::int64_t{p.y} - north_) >> side_bits_) * columns_ + ((std::int64_t{p.x} - west_) >> side_bits_));
  };
  begin_.assign(static_cast<std::size_t>(columns_ * rows_) + 1, 0);
  for (const LatticePoint p : points) ++begin_[bucket_of(p) + 1];
  for (std::size_t i = 1; i < begin_.size(); ++i) begin_[i] += begin_[i - 1];
  points_.resize(points.size());
  std::vector<std::uint32_t> next(begin_.begin(), begin_.end() - 1);
  for (const LatticePoint p : points) points_[next[bucket_of(p)]++] = p;
}

void HotPoints::met_by(FinePoint a, FinePoint b, std::int64_t half, std::vector<LatticePoint>& met) const {
  met.clear();
  if (points_.empty()) return;
  const std::int64_t dx = b.x - a.x, dy = b.y - a.y;
  WARDWATCH_CHECK(dx < (1 << 24) && -dx < (1 << 24) && dy < (1 << 24) && -dy < (1 << 24), "edge of {} by {}", dx, dy);
  const auto [fine_west, fine_east] = std::minmax(a.x, b.x);
  const auto [fine_north, fine_south] = std::minmax(a.y, b.y);
  // Lattice points whose pixel can meet the edge's box.
  const std::int64_t unit = 2 * half;
  const std::int64_t west = FloorDivide(fine_west + half, unit), east = FloorDivide(fine_east + half, unit);
  const std::int64_t north = FloorDivide(fine_north + half, unit), south = FloorDivide(fine_south + half, unit);
  const std::int64_t first_column = std::max<std::int64_t>(0, (west - west_) >> side_bits_), last_column = std::min(columns_ - 1, (east - west_) >> side_bits_);
  const std::int64_t first_row = std::max<std::int64_t>(0, (north - north_) >> side_bits_), last_row = std::min(rows_ - 1, (south - north_) >> side_bits_);
  for (std::int64_t row = first_row; row <= last_row; ++row) {
    const auto from = static_cast<std::size_t>(row * columns_ + first_column), to = static_cast<std::size_t>(row * columns_ + last_column + 1);
    if (first_column > last_column) break;
    for (std::uint32_t i = begin_[from]; i < begin_[to]; ++i) {
      const LatticePoint p = points_[i];
      if (p.x < west || p.x > east || p.y < north || p.y > south) continue;
      if (Meets(dx, dy, p.x * unit - half - a.x, p.y * unit - half - a.y, unit)) met.push_back(p);
    }
  }
  if (met.size() < 2) return;
  // Pixels are disjoint squares of one size: a line that passes first one and then another has their middles in that order along it, never level.
  const auto along = [&](LatticePoint p) { return (p.x * unit - a.x) * dx + (p.y * unit - a.y) * dy; };
  std::sort(met.begin(), met.end(), [&](LatticePoint p, LatticePoint q) { return along(p) < along(q); });
}

}  // namespace geo
