#include "geo/density/window_mass.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "geo/types/parallel_parts.h"

namespace geo {
namespace {

constexpr std::size_t kPartPoints = 64;
constexpr std::int64_t kTermsBetweenAsking = 65'536;

std::int64_t FloorDivide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0); }  // b > 0

// Sum of a[i] * b[i] in four interleaved parts.
double Dot(const double* a, const double* b, std::int64_t count) {
  double part[4] = {0, 0, 0, 0};
  std::int64_t i = 0;
  for (; i + 4 <= count; i += 4) {
    for (std::int64_t k = 0; k < 4; ++k) part[k] += a[i + k] * b[i + k];
  }
  for (; i < count; ++i) part[0] += a[i] * b[i];
  return (part[0] + part[1]) + (part[2] + part[3]);
}

// The kernel between cells: row |dy|, mirrored about its middle so that a row of cells meets it as one run.
struct KernelTable {
  std::int64_t reach = 0;
  std::vector<double> value;       // (reach + 1) rows of 2 * reach + 1
  std::vector<std::int64_t> half;  // per row: the last column with anything, -1 for none
  std::int64_t cells = 0;          // that have anything
  const double* middle(std::int64_t dy) const { return &value[static_cast<std::size_t>(std::abs(dy) * (2 * reach + 1) + reach)]; }
};

KernelTable TableOf(const Kernel& kernel, std::int64_t cell_mm, std::int64_t reach) {
  KernelTable table{reach, std::vector<double>(static_cast<std::size_t>((reach + 1) * (2 * reach + 1)), 0.0), std::vector<std::int64_t>(), 0};
  for (std::int64_t dy = 0; dy <= reach; ++dy) {
    table.half.push_back(-1);
    double* middle = &table.value[static_cast<std::size_t>(dy * (2 * reach + 1) + reach)];
    for (std::int64_t dx = 0; dx <= reach; ++dx) {
      const double cell = static_cast<double>(cell_mm);
      const double value = kernel.per_m2(static_cast<double>(dx * dx + dy * dy) * cell * cell);
      if (!(value > 0)) break;
      middle[dx] = middle[-dx] = value;
      table.half.back() = dx;
    }
    table.cells += std::max<std::int64_t>(0, 2 * table.half.back() + 1) * (dy == 0 ? 1 : 2);
  }
  return table;
}

// Sums of whole cells over rectangles, to tell what lies deep inside.
class FullCells {
 public:
  explicit FullCells(const Window& window) : columns_(window.frame.columns), rows_(window.frame.rows) {
    sums_.assign(static_cast<std::size_t>((columns_ + 1) * (rows_ + 1)), 0);
    const double full = window.frame.cell_area_m2();
    for (std::int64_t row = 0; row < rows_; ++row) {
      std::int64_t run = 0;
      for (std::int64_t column = 0; column < columns_; ++column) {
        run += window.inside_m2[static_cast<std::size_t>(row * columns_ + column)] == full;
        sums_[index(row + 1, column + 1)] = sums_[index(row, column + 1)] + run;
      }
    }
  }
  bool around(std::int64_t row, std::int64_t column, std::int64_t reach) const {
    const std::int64_t south = row - reach, north = row + reach + 1, west = column - reach, east = column + reach + 1;
    if (south < 0 || west < 0 || north > rows_ || east > columns_) return false;
    return sums_[index(north, east)] - sums_[index(south, east)] - sums_[index(north, west)] + sums_[index(south, west)] == (2 * reach + 1) * (2 * reach + 1);
  }

 private:
  std::size_t index(std::int64_t row, std::int64_t column) const { return static_cast<std::size_t>(row * (columns_ + 1) + column); }
  std::int64_t columns_, rows_;
  std::vector<std::int64_t> sums_;
};

double TableSum(const Window& window, const KernelTable& table, std::int64_t row, std::int64_t column) {
  const std::int64_t columns = window.frame.columns, rows = window.frame.rows;
  double sum = 0;
  for (std::int64_t other = std::max<std::int64_t>(0, row - table.reach); other <= std::min(rows - 1, row + table.reach); ++other) {
    const std::int64_t half = table.half[static_cast<std::size_t>(std::abs(other - row))];
    const std::int64_t first = std::max<std::int64_t>(0, column - half), last = std::min(columns - 1, column + half);
    if (first > last) continue;
    sum += Dot(&window.inside_m2[static_cast<std::size_t>(other * columns + first)], table.middle(other - row) + (first - column), last - first + 1);
  }
  return sum;
}

}  // namespace

std::int64_t WindowMass::reach_cells() const {
  // No cell of the frame is further off than its sides.
  return std::min<std::int64_t>(kernel_.reach_mm() / window_.frame.cell_mm, std::max(window_.frame.columns, window_.frame.rows));
}

Result<void> WindowMass::check(double pairs, const DensityWork& work) const {
  if (pairs <= static_cast<double>(work.pairs)) return {};
  return Fail(
      {ErrorCode::kResourceExhausted, "density.edge_correction", "WORK_BUDGET",
       fmt::format("the edge correction would integrate the kernel over about {:.0f} pairs of places and cells; the budget is {}; use larger cells, a smaller "
                   "bandwidth or no edge correction",
                   pairs, work.pairs)});
}

Result<std::vector<double>> WindowMass::at_cells(const DensityWork& work, const StopSignal& stop) const {
  return kernel_.shape == KernelShape::kGaussian ? gaussian_at_cells(work, stop) : lattice_at_cells(work, stop);
}

Result<std::vector<double>> WindowMass::lattice_at_cells(const DensityWork& work, const StopSignal& stop) const {
  const KernelTable table = TableOf(kernel_, window_.frame.cell_mm, reach_cells());
  const FullCells full(window_);
  const std::int64_t columns = window_.frame.columns, rows = window_.frame.rows;
  double pairs = 0;
  for (std::int64_t row = 0; row < rows; ++row) {
    if (stop.stop_requested()) return Fail(stop.reason());
    for (std::int64_t column = 0; column < columns; ++column) {
      const bool needed = window_.inside_m2[static_cast<std::size_t>(row * columns + column)] > 0 && !full.around(row, column, table.reach);
      pairs += needed ? static_cast<double>(std::min(table.cells, columns * rows)) : 0;
    }
  }
  if (auto checked = check(pairs, work); !checked) return Fail(std::move(checked.error()));

  double deep = 0;
  for (std::int64_t dy = -table.reach; dy <= table.reach; ++dy) {
    for (std::int64_t dx = -table.half[static_cast<std::size_t>(std::abs(dy))]; dx <= table.half[static_cast<std::size_t>(std::abs(dy))]; ++dx) {
      deep += table.middle(dy)[dx];
    }
  }
  deep *= window_.frame.cell_area_m2();
  std::vector<double> mass(window_.frame.size(), 0.0);
  auto done = RunParts(static_cast<std::size_t>(rows), work.threads, [&](std::size_t part) -> Result<void> {
    const std::int64_t row = static_cast<std::int64_t>(part);
    std::int64_t terms = 0;
    for (std::int64_t column = 0; column < columns; ++column) {
      const std::size_t index = static_cast<std::size_t>(row * columns + column);
      if (window_.inside_m2[index] <= 0) continue;
      const bool inner = full.around(row, column, table.reach);
      mass[index] = inner ? deep : TableSum(window_, table, row, column);
      terms += inner ? 1 : table.cells;
      if (terms < kTermsBetweenAsking) continue;
      if (stop.stop_requested()) return Fail(stop.reason());
      terms = 0;
    }
    return {};
  });
  if (!done) return Fail(std::move(done.error()));
  return mass;
}

Result<std::vector<double>> WindowMass::gaussian_at_cells(const DensityWork& work, const StopSignal& stop) const {
  const std::int64_t reach = reach_cells(), columns = window_.frame.columns, rows = window_.frame.rows;
  if (auto checked = check(2.0 * static_cast<double>(columns) * static_cast<double>(rows) * static_cast<double>(2 * reach + 1), work); !checked) {
    return Fail(std::move(checked.error()));
  }
  std::vector<double> axis(static_cast<std::size_t>(2 * reach + 1));
  for (std::int64_t d = -reach; d <= reach; ++d) {
    const double sds = static_cast<double>(d) * window_.frame.cell_mm / static_cast<double>(kernel_.bandwidth_mm);
    axis[static_cast<std::size_t>(d + reach)] = std::exp(-sds * sds / 2);
  }
  std::vector<double> across(window_.frame.size(), 0.0), mass(window_.frame.size(), 0.0);
  const double* middle = &axis[static_cast<std::size_t>(reach)];
  auto rows_done = RunParts(static_cast<std::size_t>(rows), work.threads, [&](std::size_t row) -> Result<void> {
    if (stop.stop_requested()) return Fail(stop.reason());
    for (std::int64_t column = 0; column < columns; ++column) {
      const std::int64_t first = std::max<std::int64_t>(0, column - reach), last = std::min(columns - 1, column + reach);
      const std::size_t start = row * static_cast<std::size_t>(columns);
      across[start + static_cast<std::size_t>(column)] =
          Dot(&window_.inside_m2[start + static_cast<std::size_t>(first)], middle + (first - column), last - first + 1);
    }
    return {};
  });
  if (!rows_done) return Fail(std::move(rows_done.error()));
  const double peak = kernel_.peak_per_m2();
  auto done = RunParts(static_cast<std::size_t>(rows), work.threads, [&](std::size_t part) -> Result<void> {
    if (stop.stop_requested()) return Fail(stop.reason());
    const std::int64_t row = static_cast<std::int64_t>(part);
    double* out = &mass[part * static_cast<std::size_t>(columns)];
    for (std::int64_t other = std::max<std::int64_t>(0, row - reach); other <= std::min(rows - 1, row + reach); ++other) {
      const double* from = &across[static_cast<std::size_t>(other * columns)];
      for (std::int64_t column = 0; column < columns; ++column) out[column] += middle[other - row] * from[column];
    }
    for (std::int64_t column = 0; column < columns; ++column) {
      out[column] = window_.inside_m2[part * static_cast<std::size_t>(columns) + static_cast<std::size_t>(column)] > 0 ? out[column] * peak : 0;
    }
    return {};
  });
  if (!done) return Fail(std::move(done.error()));
  return mass;
}

// In doubled millimetres, where cell centres are whole.
double WindowMass::at(GridPoint point) const {
  const RasterFrame& frame = window_.frame;
  const std::int64_t cell = frame.cell_mm, reach_mm = kernel_.reach_mm();
  const auto range = [&](std::int64_t offset_mm, double within_mm, std::int32_t count) {
    const std::int64_t within = static_cast<std::int64_t>(std::ceil(within_mm));
    return std::pair{std::max<std::int64_t>(0, FloorDivide(offset_mm - within, cell)),
                     std::min<std::int64_t>(count - 1, FloorDivide(offset_mm + within, cell))};
  };
  const std::int64_t east_mm = point.easting_mm - frame.west_mm(), north_mm = point.northing_mm - frame.south_mm();
  const auto [south, north] = range(north_mm, static_cast<double>(reach_mm), frame.rows);
  const bool gaussian = kernel_.shape == KernelShape::kGaussian;
  const auto [west_most, east_most] = range(east_mm, static_cast<double>(reach_mm), frame.columns);
  std::vector<double> across;
  const double sd_mm = static_cast<double>(kernel_.bandwidth_mm), peak = kernel_.peak_per_m2();
  const auto bell = [sd_mm](double twice_mm) { return std::exp(-twice_mm * twice_mm / (8 * sd_mm * sd_mm)); };
  for (std::int64_t column = west_most; gaussian && column <= east_most; ++column)
    across.push_back(bell(static_cast<double>((2 * column + 1) * cell - 2 * east_mm)));
  double sum = 0;
  for (std::int64_t row = south; row <= north; ++row) {
    const double dy = static_cast<double>((2 * row + 1) * cell - 2 * north_mm);
    const double* inside = &window_.inside_m2[static_cast<std::size_t>(row * frame.columns)];
    if (gaussian) {
      sum += peak * bell(dy) * Dot(inside + west_most, across.data(), static_cast<std::int64_t>(across.size()));
      continue;
    }
    const double left = 4.0 * static_cast<double>(reach_mm) * static_cast<double>(reach_mm) - dy * dy;
    if (left < 0) continue;
    const auto [west, east] = range(east_mm, std::sqrt(left) / 2, frame.columns);
    for (std::int64_t column = west; column <= east; ++column) {
      const double dx = static_cast<double>((2 * column + 1) * cell - 2 * east_mm);
      if (inside[column] > 0) sum += inside[column] * kernel_.per_m2((dx * dx + dy * dy) / 4);
    }
  }
  return sum;
}

Result<std::vector<double>> WindowMass::at_points(std::span<const GridPoint> points, const DensityWork& work, const StopSignal& stop) const {
  const double side = static_cast<double>(2 * reach_cells() + 1);
  const double cells = std::min(side, static_cast<double>(window_.frame.columns)) * std::min(side, static_cast<double>(window_.frame.rows));
  if (auto checked = check(cells * static_cast<double>(points.size()), work); !checked) return Fail(std::move(checked.error()));
  std::vector<double> mass(points.size());
  auto done = RunParts((points.size() + kPartPoints - 1) / kPartPoints, work.threads, [&](std::size_t part) -> Result<void> {
    double terms = static_cast<double>(kTermsBetweenAsking);
    for (std::size_t i = part * kPartPoints; i < std::min(points.size(), (part + 1) * kPartPoints); ++i) {
      if (terms >= static_cast<double>(kTermsBetweenAsking)) {
        if (stop.stop_requested()) return Fail(stop.reason());
        terms = 0;
      }
      mass[i] = at(points[i]);
      terms += cells;
    }
    return {};
  });
  if (!done) return Fail(std::move(done.error()));
  return mass;
}

}  // namespace geo
