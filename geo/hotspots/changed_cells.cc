#include "geo/hotspots/changed_cells.h"

#include <algorithm>
#include <cmath>

#include "geo/cells/cell_grid.h"
#include "geo/change/judge_changes.h"
#include "geo/change/verdict.h"
#include "geo/hotspots/selected_points.h"
#include "geo/rates/rate_ratio_test.h"
#include "geo/significance/benjamini_hochberg.h"

namespace geo {
namespace {

// Incidents of a period, by cell of a frame and of the margin that its discs reach into.
class CountsWithMargin {
 public:
  CountsWithMargin(const RasterFrame& frame, std::int32_t margin, const MergedPoints& points)
      : margin_(margin), columns_(frame.columns + 2 * margin), rows_(frame.rows + 2 * margin), counts_(static_cast<std::size_t>(columns_) * rows_) {
    for (std::size_t i = 0; i < points.size(); ++i) {
      const std::int64_t column = FloorDivided(points.at[i].easting_mm - frame.west_mm(), frame.cell_mm) + margin;
      const std::int64_t row = FloorDivided(points.at[i].northing_mm - frame.south_mm(), frame.cell_mm) + margin;
      if (column < 0 || column >= columns_ || row < 0 || row >= rows_) continue;
      counts_[static_cast<std::size_t>(row * columns_ + column)] += points.weight[i];
    }
    // Running sums along each row.
    for (std::size_t row = 0; row < static_cast<std::size_t>(rows_); ++row) {
      for (std::size_t at = row * columns_ + 1; at < (row + 1) * columns_; ++at) counts_[at] += counts_[at - 1];
    }
  }

  // Rows [row - up, row + up] of the frame, each `half_widths[|dy|]` cells to either side of `column`.
  std::int64_t disc(std::int32_t column, std::int32_t row, const std::vector<std::int32_t>& half_widths) const {
    double sum = 0;
    const auto up = static_cast<std::int32_t>(half_widths.size()) - 1;
    for (std::int32_t dy = -up; dy <= up; ++dy) {
      const std::int32_t half = half_widths[static_cast<std::size_t>(std::abs(dy))];
      sum += between(column - half, column + half, row + dy);
    }
    return std::llround(sum);
  }
  std::int64_t square(std::int32_t column, std::int32_t row, std::int32_t side) const {
    double sum = 0;
    for (std::int32_t y = row; y < row + side; ++y) sum += between(column, column + side - 1, y);
    return std::llround(sum);
  }

 private:
  static std::int64_t FloorDivided(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }
  // Of one row of the frame, both ends in.
  double between(std::int32_t from, std::int32_t to, std::int32_t row) const {
    const std::int32_t y = row + margin_;
    if (y < 0 || y >= rows_) return 0;
    const std::int32_t first = std::max(from + margin_, 0), last = std::min(to + margin_, columns_ - 1);
    if (first > last) return 0;
    const double* sums = counts_.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(columns_);
    return sums[last] - (first > 0 ? sums[first - 1] : 0);
  }

  std::int32_t margin_, columns_, rows_;
  std::vector<double> counts_;
};

// Cells whose centre lies within `reach_mm` of a cell's centre, by rows up or down from it.
std::vector<std::int32_t> DiscOf(std::int64_t reach_mm, std::int32_t cell_mm) {
  const double reach = static_cast<double>(reach_mm) / cell_mm;
  std::vector<std::int32_t> half_widths;
  for (std::int32_t dy = 0; dy <= reach; ++dy) half_widths.push_back(static_cast<std::int32_t>(std::sqrt(reach * reach - dy * dy)));
  return half_widths;
}

TestedChange ChangeBetween(std::int64_t before, std::int64_t after, Period earlier, Period later) {
  TestedChange change;
  change.before = before;
  change.after = after;
  change.before_days = earlier.days();
  change.after_days = later.days();
  return change;
}

}  // namespace

Result<ChangedCells> FindChangedCells(const DatasetSnapshot& data, const SurfaceQuery& query, const SurfaceAnswer& answer, double false_discovery_rate,
                                      const StopSignal& stop) {
  const RasterFrame& frame = answer.frame;
  const Period earlier = query.comparison->before, later = query.filter.period;
  const auto before_points = SelectPoints(data, query.filter, earlier, stop);
  if (!before_points) return Fail(before_points.error());
  const auto after_points = SelectPoints(data, query.filter, later, stop);
  if (!after_points) return Fail(after_points.error());
  const std::vector<std::int32_t> disc = DiscOf(answer.density.kernel.bandwidth_mm, frame.cell_mm);
  const auto margin = static_cast<std::int32_t>(disc.size()) - 1;
  const CountsWithMargin before(frame, margin, before_points->points), after(frame, margin, after_points->points);

  ChangedCells found;
  found.changed.assign(frame.size(), 0);
  std::vector<TestedChange> squares;
  const std::int32_t side = std::max(2 * margin, 1);
  for (std::int32_t row = 0; row < frame.rows; row += side) {
    for (std::int32_t column = 0; column < frame.columns; column += side) {
      squares.push_back(ChangeBetween(before.square(column, row, side), after.square(column, row, side), earlier, later));
    }
  }
  found.dispersion = DispersionOfChanges(squares);

  std::vector<std::size_t> cells;
  std::vector<double> p_values;
  for (std::size_t i = 0; i < frame.size(); ++i) {
    if (i % 1024 == 0 && stop.stop_requested()) return Fail(stop.reason());
    if (answer.shown[i] == 0) continue;
    const auto column = static_cast<std::int32_t>(i % static_cast<std::size_t>(frame.columns)), row = static_cast<std::int32_t>(i / static_cast<std::size_t>(frame.columns));
    const std::int64_t then = before.disc(column, row, disc), now = after.disc(column, row, disc);
    if (then + now < kFewestToJudge) continue;
    cells.push_back(i);
    p_values.push_back(WidenedPValue(ConditionalPValue(then, earlier.days(), now, later.days()), found.dispersion.widening()));
  }
  found.tests_made = static_cast<std::int64_t>(cells.size());
  const auto q_values = AdjustForFalseDiscovery(p_values, stop);
  if (!q_values) return Fail(q_values.error());
  for (std::size_t i = 0; i < cells.size(); ++i) found.changed[cells[i]] = (*q_values)[i] <= false_discovery_rate ? 1 : 0;
  return found;
}

}  // namespace geo
