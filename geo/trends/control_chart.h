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
  double dispersion = 1;             // SpreadOfMonths (month_spread.h)
};

// u-chart of counts per day x season: centre = rate x days x index, limits centre -+ 3 sqrt(dispersion x centre), floored at 0. A count over its limit is a
// signal when the skew of small counts leaves it a chance under 1 in 200 too. Eight used months in a row on one side of the middle are a run (months left
// out do not end it); the middle is the median of counts with that centre, a third under it: small counts lie under their mean more often than over it.
// Without an index what may be season is spread (month_spread.h). No chart under 12 used months or without any incident in them. Months that are not used
// have a centre and no signal. Source: Shewhart 1931; Mohammed and Laney 2006, Overdispersion in health care performance data: Laney's approach; median:
// Choi 1994, On the medians of gamma distributions and an equation of Ramanujan.
ControlChart DrawControlChart(const MonthlySeries& series, const std::optional<std::array<double, 12>>& index);

}  // namespace geo
