// Neighbours of areas: which vertices of one lie on an edge of another, and which edges run along each other. Integers only.
#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "geo/geometry/orientation.h"
#include "geo/significance/neighbours.h"

namespace geo {
namespace {

struct Corner {
  GridPoint at, before, after;  // along the ring
  AreaIndex area = 0;
};

// Corners in squares of about two each, so that those on an edge are found by the squares that it crosses.
class CornerIndex {
 public:
  explicit CornerIndex(std::vector<Corner> corners) : corners_(std::move(corners)) {
    for (const Corner& corner : corners_) box_.extend(corner.at);
    const double width = double(box_.high.easting_mm) - box_.low.easting_mm + 1, height = double(box_.high.northing_mm) - box_.low.northing_mm + 1;
    const double count = static_cast<double>(std::max<std::size_t>(corners_.size(), 1));
    // Where all lie along a line there are no more squares than corners either.
    side_ = std::max<std::int64_t>(1, std::llround(std::max(std::sqrt(width * height * 2 / count), std::max(width, height) / count)));
    columns_ = column_of(box_.high.easting_mm) + 1;
    begin_.assign(static_cast<std::size_t>(columns_ * (row_of(box_.high.northing_mm) + 1)) + 1, 0);
    for (const Corner& corner : corners_) ++begin_[square_of(corner.at) + 1];
    for (std::size_t k = 1; k < begin_.size(); ++k) begin_[k] += begin_[k - 1];
    std::vector<std::uint32_t> next(begin_.begin(), begin_.end() - 1);
    ordered_.resize(corners_.size());
    for (const Corner& corner : corners_) ordered_[next[square_of(corner.at)]++] = corner;
  }

  std::span<const Corner> corners() const { return corners_; }

  // Every corner on the closed edge from a to b, and others near it.
  template <class Visit>
  void near(GridPoint a, GridPoint b, Visit&& visit) const {
    if (a.northing_mm > b.northing_mm) std::swap(a, b);
    const double slope = a.northing_mm == b.northing_mm ? 0 : (double(b.easting_mm) - a.easting_mm) / (double(b.northing_mm) - a.northing_mm);
    const std::int64_t last = row_of(b.northing_mm);
    for (std::int64_t row = row_of(a.northing_mm); row <= last; ++row) {
      double west = std::min(a.easting_mm, b.easting_mm), east = std::max(a.easting_mm, b.easting_mm);
      if (slope != 0) {
        // The edge within this row, and a millimetre to be sure of the rounding.
        const double low = std::max<double>(0, static_cast<double>(row * side_) + box_.low.northing_mm - a.northing_mm);
        const double high =
            std::min<double>(double(b.northing_mm) - a.northing_mm, static_cast<double>((row + 1) * side_) + box_.low.northing_mm - a.northing_mm);
        const double from = a.easting_mm + slope * low, to = a.easting_mm + slope * high;
        west = std::max(west, std::min(from, to) - 1);
        east = std::min(east, std::max(from, to) + 1);
      }
      const auto first = static_cast<std::size_t>(row * columns_ + column_of(static_cast<std::int64_t>(std::floor(west))));
      const auto end = static_cast<std::size_t>(row * columns_ + column_of(static_cast<std::int64_t>(std::ceil(east)))) + 1;
      for (std::uint32_t k = begin_[first]; k < begin_[end]; ++k) visit(ordered_[k]);
    }
  }

 private:
  std::int64_t column_of(std::int64_t easting_mm) const { return (easting_mm - box_.low.easting_mm) / side_; }
  std::int64_t row_of(std::int64_t northing_mm) const { return (northing_mm - box_.low.northing_mm) / side_; }
  std::size_t square_of(GridPoint p) const { return static_cast<std::size_t>(row_of(p.northing_mm) * columns_ + column_of(p.easting_mm)); }

  std::vector<Corner> corners_, ordered_;
  GridBox box_;
  std::int64_t side_ = 1, columns_ = 1;
  std::vector<std::uint32_t> begin_;
};

std::vector<Corner> CornersOf(const AreaSet& areas) {
  std::vector<Corner> corners;
  for (std::size_t i = 0; i < areas.areas().size(); ++i) {
    for (const Polygon& part : areas.areas()[i].shape.parts) {
      for (const Ring& ring : part.rings) {
        for (std::size_t k = 0; k < ring.size(); ++k) {
          corners.push_back({ring[k], ring[k == 0 ? ring.size() - 1 : k - 1], ring[k + 1 == ring.size() ? 0 : k + 1], static_cast<AreaIndex>(i)});
        }
      }
    }
  }
  return corners;
}

// Does the segment from `at`, which lies on the edge from a to b, to `to` run along the edge for more than a point?
bool RunsAlong(GridPoint a, GridPoint b, GridPoint at, GridPoint to) {
  if (Orientation(a, b, to) != 0) return false;
  const auto ahead = [&](GridPoint p) {
    const std::int64_t px = std::int64_t{p.easting_mm} - at.easting_mm, py = std::int64_t{p.northing_mm} - at.northing_mm;
    const std::int64_t tx = std::int64_t{to.easting_mm} - at.easting_mm, ty = std::int64_t{to.northing_mm} - at.northing_mm;
    return static_cast<Int128>(px) * tx + static_cast<Int128>(py) * ty > 0;
  };
  return ahead(a) || ahead(b);
}

class PairList {
 public:
  void add(AreaIndex a, AreaIndex b) {
    const std::pair pair(std::min(a, b), std::max(a, b));
    if (!pairs_.empty() && pairs_.back() == pair) return;
    pairs_.push_back(pair);
    if (pairs_.size() >= limit_) {
      compact();
      limit_ = std::max(limit_, 2 * pairs_.size());
    }
  }
  const std::vector<std::pair<AreaIndex, AreaIndex>>& compact() {
    std::sort(pairs_.begin(), pairs_.end());
    pairs_.erase(std::unique(pairs_.begin(), pairs_.end()), pairs_.end());
    return pairs_;
  }

 private:
  std::vector<std::pair<AreaIndex, AreaIndex>> pairs_;
  std::size_t limit_ = 65'536;
};

}  // namespace

Result<Neighbours> AdjacentAreas(const AreaSet& areas, Adjacency adjacency, const StopSignal& stop) {
  if (stop.stop_requested()) return Fail(stop.reason());
  const CornerIndex index(CornersOf(areas));
  PairList pairs;
  std::size_t work = 0;
  // Where two boundaries run along each other, an end of one edge lies on the other edge: going through the corners on each edge misses nothing.
  for (const Corner& edge : index.corners()) {
    if (++work % 4'096 == 0 && stop.stop_requested()) return Fail(stop.reason());
    index.near(edge.at, edge.after, [&](const Corner& corner) {
      if (corner.area == edge.area || !OnSegment(edge.at, edge.after, corner.at)) return;
      if (adjacency == Adjacency::kQueen || RunsAlong(edge.at, edge.after, corner.at, corner.before) ||
          RunsAlong(edge.at, edge.after, corner.at, corner.after)) {
        pairs.add(edge.area, corner.area);
      }
    });
  }
  std::vector<std::vector<std::uint32_t>> lists(areas.areas().size());
  for (const auto& [a, b] : pairs.compact()) lists[a].push_back(b);
  return NeighboursFromLists(lists);
}

}  // namespace geo
