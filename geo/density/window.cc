#include "geo/density/window.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "geo/types/check.h"

namespace geo {
namespace {

constexpr double kSnap = 1e-9;  // of a cell: what rounding may leave is nothing, what it may take is all
constexpr std::size_t kStepsBetweenAsking = 16'384;

// Signed areas to the east of edges, cell by cell, in square millimetres relative to the frame's south-west corner. `partial` is what an edge leaves in the
// very cell that it crosses; `height` is how much of it every cell further east in that row has to its west. Column 0 of `height` is all that lies west of the
// frame.
class EdgeAreas {
 public:
  EdgeAreas(const RasterFrame& frame, const StopSignal& stop)
      : frame_(frame),
        stop_(stop),
        cell_mm_(frame.cell_mm),
        width_mm_(static_cast<double>(frame.east_mm() - frame.west_mm())),
        partial_mm2_(frame.size(), 0.0),
        height_mm_(static_cast<std::size_t>(frame.rows) * (static_cast<std::size_t>(frame.columns) + 1), 0.0) {}

  // False once stopped. Both directions of an edge run through the same arithmetic, so that neighbours' shared edges differ in sign alone.
  bool add(GridPoint from, GridPoint to, double sign) {
    if (from.northing_mm == to.northing_mm) return ask(1);
    if (from.northing_mm > to.northing_mm) {
      std::swap(from, to);
      sign = -sign;
    }
    const double x0 = static_cast<double>(from.easting_mm - frame_.west_mm()), x1 = static_cast<double>(to.easting_mm - frame_.west_mm());
    const double y0 = static_cast<double>(from.northing_mm - frame_.south_mm()), y1 = static_cast<double>(to.northing_mm - frame_.south_mm());
    const double dx = x1 - x0, dy = y1 - y0;
    const auto easting_at = [&](double y) { return y >= y1 ? x1 : y <= y0 ? x0 : std::clamp(x0 + (y - y0) * dx / dy, std::min(x0, x1), std::max(x0, x1)); };
    const double last = static_cast<double>(frame_.rows) - 1;
    const double first_row = std::max(0.0, std::floor(y0 / cell_mm_)), last_row = std::min(last, std::floor(y1 / cell_mm_));
    for (double row = first_row; row <= last_row; ++row) {
      const double low = std::max(y0, row * cell_mm_), high = std::min(y1, (row + 1) * cell_mm_);
      if (high <= low) continue;
      if (!add_in_row(static_cast<std::size_t>(row), easting_at(low), easting_at(high), high - low, sign)) return false;
    }
    return true;
  }

  std::vector<double> inside_m2() const {
    std::vector<double> inside(frame_.size());
    const double cell_mm2 = cell_mm_ * cell_mm_;
    const std::size_t columns = static_cast<std::size_t>(frame_.columns);
    for (std::size_t row = 0; row < static_cast<std::size_t>(frame_.rows); ++row) {
      double height = 0;
      for (std::size_t column = 0; column < columns; ++column) {
        height += height_mm_[row * (columns + 1) + column];
        const double share = (height * cell_mm_ + partial_mm2_[row * columns + column]) / cell_mm2;
        inside[row * columns + column] = share <= kSnap ? 0 : (share >= 1 - kSnap ? 1 : share) * frame_.cell_area_m2();
      }
    }
    return inside;
  }

 private:
  bool ask(std::size_t steps) {
    steps_ += steps;
    if (steps_ < kStepsBetweenAsking) return true;
    steps_ = 0;
    return !stop_.stop_requested();
  }

  // A piece within one row, from easting x0 to x1 over `dy` of northing; east of it counts with `sign`.
  bool add_in_row(std::size_t row, double x0, double x1, double dy, double sign) {
    if (x0 > x1) std::swap(x0, x1);  // the area to the east does not tell which end is the northern one
    double* height = &height_mm_[row * (static_cast<std::size_t>(frame_.columns) + 1)];
    const double span = x1 - x0;
    const auto height_between = [&](double a, double b) { return span > 0 ? dy * ((b - a) / span) : 0; };
    if (x1 <= 0) {
      height[0] += sign * dy;
      return ask(1);
    }
    if (x0 >= width_mm_) return ask(1);
    if (x0 < 0) height[0] += sign * height_between(x0, 0);
    const double west = std::max(x0, 0.0), east = std::min(x1, width_mm_);
    const std::size_t first = static_cast<std::size_t>(west / cell_mm_);
    const std::size_t last = std::min(static_cast<std::size_t>(east / cell_mm_), static_cast<std::size_t>(frame_.columns) - 1);
    for (std::size_t column = first; column <= last; ++column) {
      const double low = std::max(west, static_cast<double>(column) * cell_mm_), high = std::min(east, static_cast<double>(column + 1) * cell_mm_);
      const double piece = span > 0 ? height_between(low, high) : dy;
      partial_mm2_[row * static_cast<std::size_t>(frame_.columns) + column] += sign * piece * (static_cast<double>(column + 1) * cell_mm_ - (low + high) / 2);
      height[column + 1] += sign * piece;
    }
    return ask(last - first + 1);
  }

  const RasterFrame& frame_;
  const StopSignal& stop_;
  const double cell_mm_, width_mm_;
  std::vector<double> partial_mm2_, height_mm_;
  std::size_t steps_ = 0;
};

// East of an edge that runs south is the inside of an anticlockwise shell: east of its western side counts, east of its eastern side counts back.
bool AddRing(const Ring& ring, bool hole, EdgeAreas& areas) {
  const double sign = IsAnticlockwise(ring) != hole ? -1 : 1;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    if (!areas.add(ring[i], ring[i + 1 == ring.size() ? 0 : i + 1], sign)) return false;
  }
  return true;
}

bool AddShape(const MultiPolygon& shape, EdgeAreas& areas) {
  for (const Polygon& part : shape.parts) {
    for (std::size_t i = 0; i < part.rings.size(); ++i) {
      if (!AddRing(part.rings[i], i > 0, areas)) return false;
    }
  }
  return true;
}

}  // namespace

Result<Window> WindowOf(const AreaSet& set, std::span<const AreaIndex> areas, const RasterFrame& frame, const StopSignal& stop) {
  if (stop.stop_requested()) return Fail(stop.reason());
  EdgeAreas edges(frame, stop);
  std::vector<AreaIndex> chosen(areas.begin(), areas.end());
  if (chosen.empty()) {
    chosen.resize(set.areas().size());
    std::iota(chosen.begin(), chosen.end(), AreaIndex{0});
  }
  std::sort(chosen.begin(), chosen.end());  // an area named twice is there once
  chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
  for (const AreaIndex area : chosen) {
    WARDWATCH_CHECK(area < set.areas().size(), "area {} of {}", area, set.areas().size());
    if (!AddShape(set.areas()[area].shape, edges)) return Fail(stop.reason());
  }
  Window window{frame, edges.inside_m2(), 0};
  for (const double inside : window.inside_m2) window.total_m2 += inside;
  return window;
}

}  // namespace geo
