// The shape of the year.
#pragma once

#include <array>
#include <optional>

#include "geo/trends/monthly_series.h"

namespace geo {

// January to December, mean 1: medians of month / centred 12-month moving average, scaled. Absent without 24 used months in a row, or where a month of the year
// has no ratio, or the average is 0. Source: ratio-to-moving-average; Makridakis, Wheelwright and Hyndman 1998, ch. 3.
std::optional<std::array<double, 12>> SeasonalIndex(const MonthlySeries& series);

}  // namespace geo
