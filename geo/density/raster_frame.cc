#include "geo/density/raster_frame.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

namespace geo {
namespace {

std::int64_t FloorDivide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0); }  // b > 0

struct Span {
  std::int64_t first = 0, count = 0;
};

// Cells from the one that holds `low - margin` to the one that holds `high + margin`. False on overflow.
bool SpanOf(std::int32_t low, std::int32_t high, std::int64_t margin_mm, std::int32_t cell_mm, Span& span) {
  std::int64_t from = 0, to = 0;
  if (__builtin_sub_overflow(std::int64_t{low}, margin_mm, &from) || __builtin_add_overflow(std::int64_t{high}, margin_mm, &to)) return false;
  span.first = FloorDivide(from, cell_mm);
  span.count = FloorDivide(to, cell_mm) - span.first + 1;  // cells are 1,000 mm or more: the difference of two quotients is far from the limits
  return true;
}

tl::unexpected<Error> TooLarge(double cells, const char* about, std::int64_t most_cells, double fitting_m) {
  const std::string advice = fitting_m > 0 && fitting_m <= kMaxCellMm / 1000.0 ? fmt::format("a cell_size_m of {:.0f} or more would fit", fitting_m)
                                                                              : std::string("ask for a smaller area or a smaller bandwidth");
  return Fail({ErrorCode::kResourceExhausted, "cells.cell_size_m", "GRID_TOO_LARGE",
               fmt::format("the grid would have {}{:.0f} cells and at most {} are served; {}", about, cells, most_cells, advice)});
}

}  // namespace

Result<RasterFrame> FrameAround(const GridBox& box, std::int64_t margin_mm, std::int32_t cell_mm, std::int64_t most_cells) {
  if (cell_mm < kMinCellMm || cell_mm > kMaxCellMm) {
    return Fail(InvalidArgument("cells.cell_size_m", fmt::format("cell_size_m {} is outside 1 to 100,000 m", cell_mm / 1000.0)));
  }
  if (margin_mm < 0) return Fail(InvalidArgument("cells.margin_m", fmt::format("margin_m {} is below 0", static_cast<double>(margin_mm) / 1000.0)));
  RasterFrame frame{.cell_mm = cell_mm};
  if (box.empty()) return frame;

  // The whole cells that a side needs beyond its length: one at either end, so that (side + 2 cell)^2 / cell^2 <= most is enough.
  const double width = static_cast<double>(box.high.easting_mm) - box.low.easting_mm + 2.0 * static_cast<double>(margin_mm);
  const double height = static_cast<double>(box.high.northing_mm) - box.low.northing_mm + 2.0 * static_cast<double>(margin_mm);
  const auto fits = [&](double cell) { return (width / cell + 2) * (height / cell + 2) <= static_cast<double>(most_cells); };
  const auto fitting_m = [&] {
    double cell = cell_mm;
    while (cell <= kMaxCellMm && !fits(cell)) cell *= 1.05;
    return std::ceil(cell / 1000.0);
  };

  Span columns, rows;
  std::int64_t cells = 0;
  const bool known = SpanOf(box.low.easting_mm, box.high.easting_mm, margin_mm, cell_mm, columns) &&
                     SpanOf(box.low.northing_mm, box.high.northing_mm, margin_mm, cell_mm, rows) &&
                     !__builtin_mul_overflow(columns.count, rows.count, &cells);
  if (!known) return TooLarge(width / cell_mm * (height / cell_mm), "about ", most_cells, fitting_m());
  if (cells > most_cells) return TooLarge(static_cast<double>(cells), "", most_cells, fitting_m());
  constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max(), kLeast = std::numeric_limits<std::int32_t>::min();
  for (const Span& span : {columns, rows}) {
    if (span.first < kLeast || span.first + span.count > kMost) return TooLarge(static_cast<double>(cells), "", most_cells, 0);
  }
  frame.south_west = {static_cast<std::int32_t>(rows.first), static_cast<std::int32_t>(columns.first)};
  frame.columns = static_cast<std::int32_t>(columns.count);
  frame.rows = static_cast<std::int32_t>(rows.count);
  return frame;
}

}  // namespace geo
