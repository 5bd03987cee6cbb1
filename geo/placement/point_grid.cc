#include "geo/placement/point_grid.h"

#include <algorithm>

namespace geo {
namespace {

constexpr std::int32_t kSquareMm = 64'000;

std::int32_t SquareOf(std::int32_t mm) { return mm >= 0 ? mm / kSquareMm : -1 - (-1 - mm) / kSquareMm; }

}  // namespace

PointGrid::PointGrid(std::span<const GridPoint> points) : points_(points.begin(), points.end()) {
  entries_.reserve(points_.size());
  for (std::uint32_t i = 0; i < points_.size(); ++i) {
    if (points_[i] != kUnlocated) entries_.push_back({SquareOf(points_[i].northing_mm), SquareOf(points_[i].easting_mm), i});
  }
  std::sort(entries_.begin(), entries_.end());
}

void PointGrid::inside(const GridBox& box, std::vector<std::uint32_t>& out) const {
  out.clear();
  if (box.empty() || entries_.empty()) return;
  const std::int32_t west = SquareOf(box.low.easting_mm), east = SquareOf(box.high.easting_mm);
  const std::int32_t south = std::max(SquareOf(box.low.northing_mm), entries_.front().row),
                     north = std::min(SquareOf(box.high.northing_mm), entries_.back().row);
  for (std::int32_t row = south; row <= north; ++row) {
    for (auto at = std::lower_bound(entries_.begin(), entries_.end(), Entry{row, west, 0}); at != entries_.end() && at->row == row && at->column <= east;
         ++at) {
      if (box.contains(points_[at->point])) out.push_back(at->point);
    }
  }
  std::sort(out.begin(), out.end());
}

}  // namespace geo
