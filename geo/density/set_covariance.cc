#include "geo/density/set_covariance.h"

#include <algorithm>
#include <cmath>

#include "geo/types/parallel_parts.h"

namespace geo {
namespace {

struct Shares {
  double cell_mm = 0;
  std::int64_t columns = 0, rows = 0;
  std::vector<double> share;
};

Shares Joined(const Shares& fine) {
  Shares coarse{fine.cell_mm * 2, (fine.columns + 1) / 2, (fine.rows + 1) / 2, {}};
  coarse.share.assign(static_cast<std::size_t>(coarse.columns * coarse.rows), 0.0);
  for (std::int64_t row = 0; row < fine.rows; ++row) {
    for (std::int64_t column = 0; column < fine.columns; ++column) {
      coarse.share[static_cast<std::size_t>(row / 2 * coarse.columns + column / 2)] += fine.share[static_cast<std::size_t>(row * fine.columns + column)] / 4;
    }
  }
  return coarse;
}

std::int64_t MovesFor(const Shares& shares, double reach_mm) { return static_cast<std::int64_t>(std::ceil(reach_mm / shares.cell_mm)) + 1; }

double Products(const Shares& shares, double reach_mm) {
  const double moves = static_cast<double>(MovesFor(shares, reach_mm));
  return (moves + 1) * (2 * moves + 1) * static_cast<double>(shares.share.size());
}

// Sum over cells of share * share of the cell `up` rows north and `east` columns east.
Result<double> Overlap(const Shares& shares, std::int64_t up, std::int64_t east, const StopSignal& stop) {
  const std::int64_t first = std::max<std::int64_t>(0, -east), last = std::min(shares.columns, shares.columns - east);
  double sum = 0;
  std::int64_t since_asked = 0;
  for (std::int64_t row = 0; row + up < shares.rows && first < last; ++row) {
    const double* here = &shares.share[static_cast<std::size_t>(row * shares.columns)];
    const double* there = &shares.share[static_cast<std::size_t>((row + up) * shares.columns)] + east;
    double part[4] = {0, 0, 0, 0};
    std::int64_t column = first;
    for (; column + 4 <= last; column += 4) {
      for (std::int64_t k = 0; k < 4; ++k) part[k] += here[column + k] * there[column + k];
    }
    for (; column < last; ++column) part[0] += here[column] * there[column];
    sum += (part[0] + part[1]) + (part[2] + part[3]);
    since_asked += last - first;
    if (since_asked < 1'000'000) continue;
    if (stop.stop_requested()) return Fail(stop.reason());
    since_asked = 0;
  }
  return sum;
}

}  // namespace

Result<SetCovariance> SetCovariance::Of(const Window& window, double reach_mm, std::int64_t most_products, int threads, const StopSignal& stop) {
  Shares shares{static_cast<double>(window.frame.cell_mm), window.frame.columns, window.frame.rows, {}};
  for (const double inside : window.inside_m2) shares.share.push_back(inside / window.frame.cell_area_m2());
  while (Products(shares, reach_mm) > static_cast<double>(most_products) && shares.share.size() > 1) shares = Joined(shares);

  SetCovariance covariance;
  covariance.cell_mm_ = shares.cell_mm;
  covariance.moves_ = MovesFor(shares, reach_mm);
  const std::int64_t moves = covariance.moves_, columns = 2 * moves + 1;
  covariance.gamma_m2_.assign(static_cast<std::size_t>((moves + 1) * columns), 0.0);
  const double cell_m2 = shares.cell_mm / 1000 * (shares.cell_mm / 1000);
  auto done = RunParts(static_cast<std::size_t>(moves + 1), threads, [&](std::size_t up) -> Result<void> {
    for (std::int64_t east = -moves; east <= moves; ++east) {
      if (stop.stop_requested()) return Fail(stop.reason());
      const auto overlap = Overlap(shares, static_cast<std::int64_t>(up), east, stop);
      if (!overlap) return Fail(overlap.error());
      covariance.gamma_m2_[up * static_cast<std::size_t>(columns) + static_cast<std::size_t>(east + moves)] = *overlap * cell_m2;
    }
    return {};
  });
  if (!done) return Fail(std::move(done.error()));
  covariance.gamma_m2_[static_cast<std::size_t>(moves)] = window.total_m2;  // squares of partial shares fall short of the area
  return covariance;
}

double SetCovariance::area_m2(double dx_mm, double dy_mm) const {
  if (dy_mm < 0) {
    dx_mm = -dx_mm;
    dy_mm = -dy_mm;
  }
  const double most = static_cast<double>(moves_);
  const double east = std::clamp(dx_mm / cell_mm_, -most, most) + most, up = std::min(dy_mm / cell_mm_, most);
  const std::size_t columns = static_cast<std::size_t>(2 * moves_ + 1);
  const std::size_t column = std::min(static_cast<std::size_t>(east), columns - 2);
  const std::size_t row = std::min(static_cast<std::size_t>(up), static_cast<std::size_t>(moves_ - 1));
  const double across = east - static_cast<double>(column), above = up - static_cast<double>(row);
  const double* g = &gamma_m2_[row * columns + column];
  return std::lerp(std::lerp(g[0], g[1], across), std::lerp(g[columns], g[columns + 1], across), above);
}

}  // namespace geo
