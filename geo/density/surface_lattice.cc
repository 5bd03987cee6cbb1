#include "geo/density/surface_lattice.h"

#include <algorithm>
#include <cmath>

namespace geo {
namespace {

std::int64_t FloorDivide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0); }  // b > 0

}  // namespace

BucketLattice LatticeUnder(const RasterFrame& frame, const WeightedPoints& points, std::int64_t reach_mm) {
  BucketLattice lattice{frame.west_mm(), frame.south_mm(), frame.cell_mm, 0, 0};
  if (frame.size() == 0) return lattice;
  GridBox box;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const GridPoint p = points.at[i];
    if (p.easting_mm < frame.west_mm() - reach_mm || p.easting_mm > frame.east_mm() + reach_mm) continue;
    if (p.northing_mm < frame.south_mm() - reach_mm || p.northing_mm > frame.north_mm() + reach_mm) continue;
    box.extend(p);
  }
  if (box.empty()) return lattice;
  const std::int64_t cell = frame.cell_mm;
  const std::int64_t west = FloorDivide(box.low.easting_mm, cell), east = FloorDivide(box.high.easting_mm, cell) + 1;
  const std::int64_t south = FloorDivide(box.low.northing_mm, cell), north = FloorDivide(box.high.northing_mm, cell) + 1;
  const double most = 4.0 * static_cast<double>(points.size()) + 4096;
  std::int64_t factor = 1;
  const auto sides = [&](std::int64_t cells) { return (cells + factor - 1) / factor; };
  while (static_cast<double>(sides(east - west)) * static_cast<double>(sides(north - south)) > most) factor *= 2;
  lattice = {west * cell, south * cell, factor * cell, sides(north - south), sides(east - west)};
  return lattice;
}

std::uint64_t FloorOfRoot(std::uint64_t n) {
  auto root = static_cast<std::uint64_t>(std::sqrt(static_cast<double>(n)));
  root = std::min<std::uint64_t>(root, 0xFFFFFFFFu);
  while (root * root > n) --root;
  while (root < 0xFFFFFFFFu && (root + 1) * (root + 1) <= n) ++root;
  return root;
}

CellRange ChordOver(const RasterFrame& frame, std::int64_t row, std::int64_t easting_mm, std::int64_t northing_mm, std::int64_t reach_mm) {
  const std::int64_t cell = frame.cell_mm;
  // In half millimetres, where centres are whole.
  const std::int64_t away = 2 * (northing_mm - frame.south_mm()) - (2 * row + 1) * cell;
  const std::int64_t reach = 2 * reach_mm;
  if (away > reach || away < -reach) return {};
  const auto half =
      static_cast<std::int64_t>(FloorOfRoot(static_cast<std::uint64_t>(reach) * static_cast<std::uint64_t>(reach) -
                                            static_cast<std::uint64_t>(away < 0 ? -away : away) * static_cast<std::uint64_t>(away < 0 ? -away : away)));
  const std::int64_t east = 2 * (easting_mm - frame.west_mm());
  // (2 c + 1) cell >= east - half, and <= east + half.
  const std::int64_t begin = -FloorDivide(-(east - half - cell), 2 * cell);
  const std::int64_t end = FloorDivide(east + half - cell, 2 * cell) + 1;
  return {std::clamp<std::int64_t>(begin, 0, frame.columns), std::clamp<std::int64_t>(std::max(begin, end), 0, frame.columns)};
}

CellRange RowsWithin(const RasterFrame& frame, std::int64_t low_northing_mm, std::int64_t high_northing_mm, std::int64_t reach_mm, CellRange rows) {
  const std::int64_t cell = frame.cell_mm;
  const std::int64_t begin = -FloorDivide(-(2 * (low_northing_mm - reach_mm - frame.south_mm()) - cell), 2 * cell);
  const std::int64_t end = FloorDivide(2 * (high_northing_mm + reach_mm - frame.south_mm()) - cell, 2 * cell) + 1;
  return {std::clamp(begin, rows.begin, rows.end), std::clamp(std::max(begin, end), rows.begin, rows.end)};
}

TileReach ReachOver(const RasterFrame& frame, CellRange rows, std::int64_t south_mm, std::int64_t side_mm, std::int64_t reach_mm) {
  const std::int64_t cell = frame.cell_mm, reach = 2 * reach_mm;
  // Twice the lengths: the outermost centres, and from them to the nearest and the farthest edge of the buckets.
  const std::int64_t low = 2 * frame.south_mm() + (2 * rows.begin + 1) * cell, high = 2 * frame.south_mm() + (2 * rows.end - 1) * cell;
  const std::int64_t south = 2 * south_mm, north = 2 * (south_mm + side_mm);
  const std::int64_t near = std::max<std::int64_t>({0, south - high, low - north}), far = std::max(high - south, north - low);
  const auto chord = [&](std::int64_t away) {
    const auto r = static_cast<std::uint64_t>(reach), a = static_cast<std::uint64_t>(away);
    return static_cast<std::int64_t>(FloorOfRoot(r * r - a * a));
  };
  TileReach found;
  if (near > reach) return found;
  found.half = (chord(near) + cell) / (2 * cell) + 1;
  if (far <= reach && chord(far) >= cell) found.whole = (chord(far) - cell) / (2 * cell);
  return found;
}

}  // namespace geo
