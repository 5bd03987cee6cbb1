// Neighbours of points within a distance: each point looks into the nine squares around it.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "geo/geometry/orientation.h"
#include "geo/significance/neighbour_limit.h"
#include "geo/significance/neighbours.h"

namespace geo {
namespace {

struct Placed {
  std::int64_t row = 0, column = 0;
  std::uint32_t index = 0;
  auto key() const { return std::tuple(row, column, index); }
};

std::vector<Placed> InSquares(std::span<const GridPoint> points, std::int64_t side) {
  constexpr std::int64_t kOffset = std::int64_t{1} << 31;  // makes coordinates positive, so that / rounds down
  std::vector<Placed> placed;
  placed.reserve(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (points[i] == kUnlocated) continue;
    placed.push_back({(points[i].northing_mm + kOffset) / side, (points[i].easting_mm + kOffset) / side, static_cast<std::uint32_t>(i)});
  }
  std::sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) { return a.key() < b.key(); });
  return placed;
}

}  // namespace

Result<Neighbours> PointsWithinDistance(std::span<const GridPoint> points, std::int64_t distance_mm, std::int64_t most, const StopSignal& stop) {
  if (distance_mm < 0) return Fail(InvalidArgument("significance.distance_m", fmt::format("distance is {} mm; it must not be negative", distance_mm)));
  if (stop.stop_requested()) return Fail(stop.reason());
  const std::int64_t distance = std::min<std::int64_t>(distance_mm, std::int64_t{1} << 33);  // no two points are further apart
  const Int128 square = static_cast<Int128>(distance) * distance;
  const std::int64_t side = std::max<std::int64_t>(distance, 1);
  const std::vector<Placed> placed = InSquares(points, side);
  const auto first_at = [&](std::int64_t row, std::int64_t column) {
    return std::lower_bound(placed.begin(), placed.end(), std::pair(row, column),
                            [](const Placed& p, const std::pair<std::int64_t, std::int64_t>& key) { return std::pair(p.row, p.column) < key; });
  };
  // Links in order of square; then by point, ascending.
  std::vector<std::uint32_t> found;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> span_of(points.size());
  std::size_t work = 0;
  std::array<std::vector<Placed>::const_iterator, 3> window{};
  for (auto at = placed.begin(); at != placed.end(); ++at) {
    if (at == placed.begin() || at->row != (at - 1)->row || at->column != (at - 1)->column) {
      for (std::size_t k = 0; k < 3; ++k) window[k] = first_at(at->row + static_cast<std::int64_t>(k) - 1, at->column - 1);
    }
    const std::size_t begin = found.size();
    const GridPoint here = points[at->index];
    for (std::size_t k = 0; k < 3; ++k) {
      const std::int64_t row = at->row + static_cast<std::int64_t>(k) - 1;
      for (auto other = window[k]; other != placed.end() && other->row == row && other->column <= at->column + 1; ++other) {
        if (++work % 65'536 == 0 && stop.stop_requested()) return Fail(stop.reason());
        const std::int64_t dx = std::int64_t{points[other->index].easting_mm} - here.easting_mm,
                           dy = std::int64_t{points[other->index].northing_mm} - here.northing_mm;
        if (other->index != at->index && static_cast<Int128>(dx) * dx + static_cast<Int128>(dy) * dy <= square) found.push_back(other->index);
      }
    }
    if (found.size() > MostLinks(most)) return Fail(TooManyNeighbours(most));
    std::sort(found.begin() + static_cast<std::ptrdiff_t>(begin), found.end());
    span_of[at->index] = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(found.size())};
  }
  Neighbours neighbours;
  neighbours.of.reserve(found.size());
  for (const auto& [begin, end] : span_of) {
    neighbours.of.insert(neighbours.of.end(), found.begin() + begin, found.begin() + end);
    neighbours.begin.push_back(static_cast<std::uint32_t>(neighbours.of.size()));
  }
  return neighbours;
}

}  // namespace geo
