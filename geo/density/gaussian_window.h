// What a Gaussian kernel keeps inside the window, at any bandwidth, however small against the window's cells.
#pragma once

#include <span>
#include <vector>

#include "geo/density/window.h"
#include "geo/types/grid_point.h"

namespace geo {

// The share of each cell that is inside is taken as spread evenly over the cell, and the Gaussian is integrated over the cell exactly (differences of the
// normal distribution function), so that nothing breaks when the standard deviation is less than a cell. Cells are joined four by four while one stays under a
// sixteenth of the standard deviation. Accuracy: 1e-9 for an outline along the borders of the cells used; else about 0.03 (cell / sd)^2 for each side of the
// outline within reach, so 0.0001 a side once cells are joined; nothing finer than a cell is known of the outline.
class GaussianWindow {
 public:
  explicit GaussianWindow(const Window& window);

  // At one standard deviation.
  class AtSd {
   public:
    // e: the kernel's integral over the window.
    double mass(GridPoint at) const { return sums(at, level_->share); }
    // The integral over the window of k(s - at) / e(s): what the point adds to the window's integral of the edge-corrected intensity.
    double corrected_mass(GridPoint at) const { return sums(at, share_over_mass_); }
    // Cells that one sum looks at, at most.
    double cells_looked_at() const;

   private:
    friend class GaussianWindow;
    double sums(GridPoint at, const std::vector<double>& values) const;
    struct Level {
      double cell_mm = 0, west_mm = 0, south_mm = 0;
      std::size_t columns = 0, rows = 0;
      std::vector<double> share;  // 0..1
    };
    // Masses of the cells first.. of one axis.
    struct Axis {
      std::size_t first = 0;
      std::vector<double> mass;
    };
    Axis axis(double offset_mm, std::size_t cells) const;
    void divide_by_mass();
    const Level* level_ = nullptr;
    double sd_mm_ = 0;
    std::vector<double> share_over_mass_;
  };
  AtSd at_sd(double sd_mm) const;

 private:
  std::vector<AtSd::Level> levels_;
};

}  // namespace geo
