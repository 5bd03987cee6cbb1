#include "geo/density/surface_pairs.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "geo/density/surface_lattice.h"

namespace geo {
namespace {

constexpr std::int64_t kPairsOfThread = 20'000'000;
constexpr std::int64_t kStepsBetweenStopChecks = 200'000;

// Running sums over the buckets of one row: how many points in the first k of them, and their first columns in cells of the frame, so that the number of cells
// in reach, which is linear in the column between its two clips, is summed over all buckets at once. Whole numbers, hence exact.
struct RowSums {
  std::vector<std::int64_t> points, columns;
};

// Sum over the row's buckets of points * clamp(first column + offset, 0, most). First columns are `west + step * k`.
std::int64_t Clipped(const RowSums& sums, std::int64_t west, std::int64_t step, std::int64_t offset, std::int64_t most) {
  const auto n = static_cast<std::int64_t>(sums.points.size()) - 1;
  // Buckets [low, high) have 0 < west + step * k + offset < most.
  const auto first_over = [&](std::int64_t bound) { return std::clamp<std::int64_t>(bound < 0 ? 0 : bound / step + 1, 0, n); };
  const auto low = static_cast<std::size_t>(first_over(-offset - west));
  const auto high = std::max(low, static_cast<std::size_t>(first_over(most - offset - west)));
  const std::int64_t counted = sums.points[high] - sums.points[low];
  return sums.columns[high] - sums.columns[low] + counted * offset + (sums.points.back() - sums.points[high]) * most;
}

}  // namespace

Result<std::int64_t> PairsOf(const PointBuckets& points, std::int64_t reach_mm, const RasterFrame& frame, const StopSignal& stop) {
  const BucketLattice& lattice = points.lattice();
  if (points.size() == 0 || frame.size() == 0) return 0;
  const std::int64_t cell = frame.cell_mm, step = lattice.side_mm / cell;
  const std::int64_t west = (lattice.west_mm - frame.west_mm()) / cell;
  const auto n = static_cast<std::size_t>(lattice.columns);
  RowSums sums{std::vector<std::int64_t>(n + 1), std::vector<std::int64_t>(n + 1)};
  std::int64_t pairs = 0, steps = 0;
  for (std::int64_t bucket = 0; bucket < lattice.rows; ++bucket) {
    if (points.begin(bucket, 0) == points.begin(bucket, lattice.columns)) continue;
    for (std::size_t k = 0; k < n; ++k) {
      const auto column = static_cast<std::int64_t>(k);
      const auto here = static_cast<std::int64_t>(points.begin(bucket, column + 1) - points.begin(bucket, column));
      sums.points[k + 1] = sums.points[k] + here;
      sums.columns[k + 1] = sums.columns[k] + here * (west + step * column);
    }
    const std::int64_t south = lattice.south_mm + bucket * lattice.side_mm, north = south + lattice.side_mm;
    const CellRange rows = RowsWithin(frame, south, north, reach_mm, {0, frame.rows});
    for (std::int64_t row = rows.begin; row < rows.end; ++row) {
      // Twice the distance from the row's centres to the nearest edge of the bucket, and the half chord there in cells, rounded up.
      const std::int64_t centre = 2 * frame.south_mm() + (2 * row + 1) * cell;
      const auto away = static_cast<std::uint64_t>(std::max<std::int64_t>({0, 2 * south - centre, centre - 2 * north}));
      const auto reach = static_cast<std::uint64_t>(2 * reach_mm);
      const auto half = static_cast<std::int64_t>(FloorOfRoot(reach * reach - away * away)) / (2 * cell) + 1;
      pairs += Clipped(sums, west, step, step + half, frame.columns) - Clipped(sums, west, step, -half, frame.columns);
    }
    steps += static_cast<std::int64_t>(n) + 16 * (rows.end - rows.begin);
    if (steps < kStepsBetweenStopChecks) continue;
    steps = 0;
    if (stop.stop_requested()) return Fail(stop.reason());
  }
  return pairs;
}

Result<void> CheckBudget(std::int64_t pairs, std::int64_t budget) {
  if (pairs <= budget) return {};
  return Fail(
      {ErrorCode::kResourceExhausted, "density.bandwidth_m", "WORK_BUDGET",
       fmt::format(
           "the density would take about {} pairs of point and cell and at most {} are served; choose a smaller bandwidth, larger cells, a smaller area "
           "or fewer incidents",
           pairs, budget)});
}

int ThreadsFor(std::int64_t pairs, int at_most) { return static_cast<int>(std::clamp<std::int64_t>(pairs / kPairsOfThread, 1, std::max(1, at_most))); }

}  // namespace geo
