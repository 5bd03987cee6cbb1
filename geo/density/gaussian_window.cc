#include "geo/density/gaussian_window.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "geo/types/check.h"

namespace geo {
namespace {

constexpr double kReach = 7;        // standard deviations; the mass beyond is 2.6e-12
constexpr double kCellsPerSd = 16;  // least, of joined cells

}  // namespace

GaussianWindow::GaussianWindow(const Window& window) {
  const RasterFrame& frame = window.frame;
  WARDWATCH_CHECK(frame.size() > 0 && window.inside_m2.size() == frame.size(), "{} cells, {} areas", frame.size(), window.inside_m2.size());
  AtSd::Level level{static_cast<double>(frame.cell_mm),      static_cast<double>(frame.west_mm()), static_cast<double>(frame.south_mm()),
                    static_cast<std::size_t>(frame.columns), static_cast<std::size_t>(frame.rows), {}};
  for (const double inside : window.inside_m2) level.share.push_back(inside / frame.cell_area_m2());
  levels_.push_back(std::move(level));
  while (levels_.back().columns > 1 || levels_.back().rows > 1) {
    const AtSd::Level& fine = levels_.back();
    AtSd::Level coarse{fine.cell_mm * 2, fine.west_mm, fine.south_mm, (fine.columns + 1) / 2, (fine.rows + 1) / 2, {}};
    coarse.share.assign(coarse.columns * coarse.rows, 0.0);
    for (std::size_t row = 0; row < fine.rows; ++row) {
      for (std::size_t column = 0; column < fine.columns; ++column) {
        coarse.share[row / 2 * coarse.columns + column / 2] += fine.share[row * fine.columns + column] / 4;
      }
    }
    levels_.push_back(std::move(coarse));
  }
}

GaussianWindow::AtSd GaussianWindow::at_sd(double sd_mm) const {
  WARDWATCH_CHECK(sd_mm > 0, "sd {}", sd_mm);
  AtSd at;
  at.sd_mm_ = sd_mm;
  at.level_ = &levels_.front();
  for (const AtSd::Level& level : levels_) {
    if (level.cell_mm * kCellsPerSd <= sd_mm) at.level_ = &level;
  }
  at.divide_by_mass();
  return at;
}

GaussianWindow::AtSd::Axis GaussianWindow::AtSd::axis(double offset_mm, std::size_t cells) const {
  const double cell = level_->cell_mm, most = static_cast<double>(cells) - 1;
  const double first = std::clamp(std::floor((offset_mm - kReach * sd_mm_) / cell), 0.0, most);
  const double last = std::clamp(std::floor((offset_mm + kReach * sd_mm_) / cell), 0.0, most);
  const auto below = [&](double index) { return 0.5 * std::erf((index * cell - offset_mm) / (std::numbers::sqrt2 * sd_mm_)); };
  Axis axis{static_cast<std::size_t>(first), {}};
  double west = below(first);
  for (double index = first; index <= last; ++index) {
    const double east = below(index + 1);
    axis.mass.push_back(east - west);
    west = east;
  }
  return axis;
}

double GaussianWindow::AtSd::sums(GridPoint at, const std::vector<double>& values) const {
  const Axis across = axis(at.easting_mm - level_->west_mm, level_->columns), up = axis(at.northing_mm - level_->south_mm, level_->rows);
  double sum = 0;
  for (std::size_t row = 0; row < up.mass.size(); ++row) {
    const double* value = &values[(up.first + row) * level_->columns + across.first];
    double part[4] = {0, 0, 0, 0};
    std::size_t column = 0;
    for (; column + 4 <= across.mass.size(); column += 4) {
      for (std::size_t k = 0; k < 4; ++k) part[k] += across.mass[column + k] * value[column + k];
    }
    for (; column < across.mass.size(); ++column) part[0] += across.mass[column] * value[column];
    sum += up.mass[row] * ((part[0] + part[1]) + (part[2] + part[3]));
  }
  return sum;
}

double GaussianWindow::AtSd::cells_looked_at() const {
  const double side = 2 * kReach * sd_mm_ / level_->cell_mm + 2;
  return std::min(side, static_cast<double>(level_->columns)) * std::min(side, static_cast<double>(level_->rows));
}

// e at the centre of every cell, an axis at a time.
void GaussianWindow::AtSd::divide_by_mass() {
  const Level& level = *level_;
  std::vector<double> across(level.share.size(), 0.0), mass(level.share.size(), 0.0);
  for (std::size_t column = 0; column < level.columns; ++column) {
    const Axis weights = axis((static_cast<double>(column) + 0.5) * level.cell_mm, level.columns);
    for (std::size_t row = 0; row < level.rows; ++row) {
      double sum = 0;
      for (std::size_t k = 0; k < weights.mass.size(); ++k) sum += weights.mass[k] * level.share[row * level.columns + weights.first + k];
      across[row * level.columns + column] = sum;
    }
  }
  for (std::size_t row = 0; row < level.rows; ++row) {
    const Axis weights = axis((static_cast<double>(row) + 0.5) * level.cell_mm, level.rows);
    for (std::size_t k = 0; k < weights.mass.size(); ++k) {
      const double* from = &across[(weights.first + k) * level.columns];
      for (std::size_t column = 0; column < level.columns; ++column) mass[row * level.columns + column] += weights.mass[k] * from[column];
    }
  }
  share_over_mass_.assign(level.share.size(), 0.0);
  for (std::size_t i = 0; i < mass.size(); ++i) {
    if (level.share[i] > 0) share_over_mass_[i] = level.share[i] / mass[i];
  }
}

}  // namespace geo
