// How much of the window is left when it is laid over itself, moved: what edge-corrected counts of pairs divide by.
#pragma once

#include <cstdint>
#include <vector>

#include "geo/density/window.h"
#include "geo/types/stop_signal.h"

namespace geo {

// gamma(v) = area of the window and itself moved by v, for |v| up to a reach. From the cells' inside shares at whole-cell moves, bilinear between them; exactly
// the window's area at no move. Exact for a window of whole cells. Otherwise the outline is blurred by a cell, which moves gamma by no more than outline
// length x cell / 6.
class SetCovariance {
 public:
  // Cells are joined four by four until the multiplications fit `most_products`. Errors: of `stop`.
  static Result<SetCovariance> Of(const Window& window, double reach_mm, std::int64_t most_products, int threads, const StopSignal& stop);
  double area_m2(double dx_mm, double dy_mm) const;

 private:
  double cell_mm_ = 1;
  std::int64_t moves_ = 0;        // along each axis, either way
  std::vector<double> gamma_m2_;  // moves (row 0 .. moves_, column -moves_ .. moves_): the other half is its mirror
};

}  // namespace geo
