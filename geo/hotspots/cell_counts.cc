#include "geo/hotspots/cell_counts.h"

#include <algorithm>

#include "geo/hotspots/radix_order.h"

namespace geo {
namespace {

constexpr std::size_t kPointsBetweenStopChecks = 4'096;

// Ordered as CellId is: row, then column; the flipped sign bits put negative ones first.
std::uint64_t KeyOf(CellId cell) {
  const auto flip = [](std::int32_t value) { return static_cast<std::uint64_t>(static_cast<std::uint32_t>(value) ^ 0x80000000U); };
  return flip(cell.row) << 32 | flip(cell.column);
}

}  // namespace

Result<std::vector<CellCount>> CountCells(const CellGrid& grid, const MergedPoints& points, const StopSignal& stop) {
  std::vector<CellId> cells(points.size());
  std::vector<std::uint64_t> keys(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (i % kPointsBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
    cells[i] = grid.cell_of(points.at[i]);
    keys[i] = KeyOf(cells[i]);
  }
  const auto order = RadixOrder(keys, stop);
  if (!order) return Fail(order.error());
  std::vector<CellCount> counts;
  for (std::size_t i = 0; i < order->size(); ++i) {
    if (i % kPointsBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
    const std::uint32_t point = (*order)[i];
    if (counts.empty() || counts.back().cell != cells[point]) counts.push_back({cells[point]});
    CellCount& count = counts.back();
    count.incidents += points.incidents[point];
    count.weight += points.weight[point];
    count.top_weight = std::max(count.top_weight, points.weight[point]);
    count.heaviest = std::max(count.heaviest, points.heaviest[point]);
  }
  return counts;
}

}  // namespace geo
