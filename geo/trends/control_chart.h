// Which months are news?
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "geo/trends/monthly_series.h"

namespace geo {

enum class ControlSignal : std::uint8_t { kNone, kAbove, kBelow, kRunAbove, kRunBelow };

struct ControlPoint {
  std::optional<double> centre;  // absent where there is no chart
  double low = 0;
  double high = 0;
  ControlSignal signal = ControlSignal::kNone;
};

struct ControlChart {
  std::vector<ControlPoint> points;  // one per month
  double dispersion = 1;             // variance of the months over Poisson's, at least 1; from moving differences, so that a step does not widen it
};

// u-chart of counts per day x season: centre = rate x days x index, limits centre -+ 3 sqrt(dispersion x centre), floored at 0. Eight used months in a row on
// one side of the centre are a run (months left out do not end it). No chart under 12 used months. Months that are not used have a centre and no signal.
// Source: Shewhart 1931; Mohammed and Laney 2006, Overdispersion in health care performance data: Laney's approach.
ControlChart DrawControlChart(const MonthlySeries& series, const std::optional<std::array<double, 12>>& index);

}  // namespace geo
