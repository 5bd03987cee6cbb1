// Sums over a box or disc around every cell of a strip of raster rows, row after row, from sums along rows.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "geo/significance/compensated_sum.h"
#include "geo/significance/getis_ord.h"

namespace geo {

// Which cells are around a cell, cut to what a raster of this size can hold.
struct RasterReach {
  bool box = true;
  std::int64_t rows = 0, columns = 0;    // of the raster
  std::int64_t up = 0, across = 0;       // furthest neighbour in rows and in columns
  std::vector<std::int64_t> half_width;  // by rows up or down: how far east and west the neighbourhood goes
  std::int64_t most = 0;                 // cells in a neighbourhood that nothing cuts

  RasterReach(const GetisOrdRaster& how, const RasterFrame& frame)
      : box(how.neighbourhood == RasterNeighbourhood::kBox), rows(frame.rows), columns(frame.columns) {
    const auto reach = static_cast<std::int64_t>(how.radius_cells);
    const double square = how.radius_cells * how.radius_cells;
    for (std::int64_t dy = 0; dy <= reach; ++dy) {
      std::int64_t width = box ? reach : static_cast<std::int64_t>(std::sqrt(std::max(0.0, square - static_cast<double>(dy * dy)))) + 1;
      while (!box && static_cast<double>(width * width + dy * dy) > square) --width;
      most += (dy == 0 ? 1 : 2) * (2 * width + 1);
      if (dy < std::max<std::int64_t>(rows, 1)) half_width.push_back(std::min(width, columns));
    }
    up = static_cast<std::int64_t>(half_width.size()) - 1;
    across = half_width[0];
  }
};

// Sum: std::int32_t for counts, double where sums cannot round, CompensatedSum elsewhere.
template <class Sum>
class RasterSums {
 public:
  // For rows first .. end - 1. `value(index)`: what cell `index` adds. The sums of a strip depend on where it begins, so strips must not depend on threads.
  template <class Value>
  RasterSums(const RasterReach& reach, std::int64_t first, std::int64_t end, Value&& value)
      : reach_(reach),
        low_(std::max<std::int64_t>(0, first - reach.up)),
        high_(std::min(reach.rows, end + reach.up)),
        width_(reach.columns + 2 * reach.across + 1) {
    prefix_.resize(static_cast<std::size_t>((high_ - low_) * width_));
    sums_.resize(static_cast<std::size_t>(reach.columns));
    for (std::int64_t row = low_; row < high_; ++row) {
      Sum* at = prefix_.data() + (row - low_) * width_ + reach.across;
      for (std::int64_t column = 0; column < reach.columns; ++column) {
        at[column + 1] = at[column];
        Add(at[column + 1], value(static_cast<std::size_t>(row * reach.columns + column)));
      }
      for (std::int64_t column = reach.columns + 1; column <= reach.columns + reach.across; ++column) at[column] = at[reach.columns];
    }
  }

  // Ask for the rows in turn. `keep`: all cells count alike, so that a row between the same margins has the same sums as the row before it.
  const std::vector<Sum>& row(std::int64_t row, bool keep) {
    const std::int64_t up = std::min(reach_.up, reach_.rows - 1 - row), down = std::min(reach_.up, row);
    if (keep && begun_ && up == up_ && down == down_) return sums_;
    up_ = up;
    down_ = down;
    if (begun_ && reach_.box && !keep) {
      if (row + reach_.up < reach_.rows) add<true>(row + reach_.up, reach_.across);
      if (row - reach_.up - 1 >= 0) add<false>(row - reach_.up - 1, reach_.across);
    } else {
      std::fill(sums_.begin(), sums_.end(), Sum{});
      for (std::int64_t dy = -down; dy <= up; ++dy) add<true>(row + dy, reach_.half_width[static_cast<std::size_t>(std::abs(dy))]);
    }
    begun_ = true;
    return sums_;
  }

 private:
  static void Add(CompensatedSum& sum, double value) { sum.add(value); }
  template <class Number>
  static void Add(Number& sum, Number value) {
    sum += value;
  }

  template <bool kPlus>
  void add(std::int64_t row, std::int64_t half_width) {
    const Sum* east = prefix_.data() + (row - low_) * width_ + reach_.across + half_width + 1;
    const Sum* west = prefix_.data() + (row - low_) * width_ + reach_.across - half_width;
    Sum* sums = sums_.data();
    const std::int64_t columns = reach_.columns;
    for (std::int64_t column = 0; column < columns; ++column) {
      sums[column] += kPlus ? east[column] : west[column];
      sums[column] -= kPlus ? west[column] : east[column];
    }
  }

  const RasterReach& reach_;
  std::int64_t low_, high_, width_;
  std::vector<Sum> prefix_;  // per row: zeros to the west, sums of all cells further west, the row's total to the east
  std::vector<Sum> sums_;
  std::int64_t up_ = 0, down_ = 0;
  bool begun_ = false;
};

}  // namespace geo
