#include <array>

#include "geo/geometry/orientation.h"
#include "geo/places/contours.h"
#include "geo/places/surface_pieces.h"
#include "geo/types/check.h"

namespace geo {
namespace {

struct Corner {
  std::int64_t x_mm, y_mm;  // from the south-west node of the square
  double value;
};

std::int64_t FloorDivide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

// Twice the area of the triangle, positive anticlockwise. Sides are at most a cell, 2^27 mm, so nothing overflows.
std::int64_t Cross(const Corner& a, const Corner& b, const Corner& p) { return (b.x_mm - a.x_mm) * (p.y_mm - a.y_mm) - (b.y_mm - a.y_mm) * (p.x_mm - a.x_mm); }

double Interpolate(const Corner& a, const Corner& b, const Corner& c, const Corner& p) {
  const auto whole = static_cast<double>(Cross(a, b, c));
  const double of_a = static_cast<double>(Cross(b, c, p)) / whole, of_b = static_cast<double>(Cross(c, a, p)) / whole;
  const double of_c = static_cast<double>(Cross(a, b, p)) / whole;
  const double value = of_a * a.value + of_b * b.value + of_c * c.value;
  // The three shares may add to 1 and an ulp: on a plateau the value must be the plateau's.
  return std::clamp(value, std::min({a.value, b.value, c.value}), std::max({a.value, b.value, c.value}));
}

}  // namespace

double SurfaceValueAt(std::span<const double> values, const RasterFrame& frame, GridPoint point) {
  WARDWATCH_CHECK(values.size() == frame.size(), "{} values for {} cells", values.size(), frame.size());
  const SurfaceSquare square{frame.cell_mm};
  const std::int64_t east = point.easting_mm - frame.west_mm() - square.node_mm(), north = point.northing_mm - frame.south_mm() - square.node_mm();
  const std::int64_t column = FloorDivide(east, frame.cell_mm), row = FloorDivide(north, frame.cell_mm);
  if (column < -1 || row < -1 || column >= frame.columns || row >= frame.rows) return 0;
  const auto value = [&](std::int64_t r, std::int64_t c) {
    return r < 0 || c < 0 || r >= frame.rows || c >= frame.columns ? 0.0 : values[static_cast<std::size_t>(r * frame.columns + c)];
  };
  const std::int64_t side = frame.cell_mm;
  const std::array<Corner, 4> corners = {Corner{0, 0, value(row, column)}, Corner{side, 0, value(row, column + 1)},
                                         Corner{side, side, value(row + 1, column + 1)}, Corner{0, side, value(row + 1, column)}};
  const Corner apex{square.apex_mm(), square.apex_mm(), ApexValue(corners[0].value, corners[1].value, corners[2].value, corners[3].value)};
  const Corner p{east - column * side, north - row * side, 0};
  for (std::size_t k = 0; k < 4; ++k) {
    const Corner &a = corners[k], &b = corners[(k + 1) % 4];
    if (Cross(b, apex, p) >= 0 && Cross(apex, a, p) >= 0) return Interpolate(a, b, apex, p);
  }
  WARDWATCH_CHECK(false, "no piece of the square at {} {} holds {} {}", row, column, p.x_mm, p.y_mm);
}

}  // namespace geo
