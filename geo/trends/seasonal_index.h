// The shape of the year.
#pragma once

#include <array>
#include <optional>

#include "geo/trends/monthly_series.h"

namespace geo {

// January to December, mean 1: medians of month / centred 12-month moving average, scaled. Absent without 24 used months in a row, or where a month of the year
// has no ratio, or the average is 0. Source: ratio-to-moving-average; Makridakis, Wheelwright and Hyndman 1998, ch. 3.
std::optional<std::array<double, 12>> SeasonalIndex(const MonthlySeries& series);

// What is expected of a month rests on this one: the plain index of a small series follows its noise, which hides signals and spoils forecasts. Means of the
// ratios of all used months (the first and last half year over the nearest moving average) are parted into one wave a year and the rest, and of each that share
// is kept which is more than chance, 1 - (variance by SpreadOfMonths) / (variance seen), at least 0; at least 0.05 a month, scaled to mean 1.
// Absent where SeasonalIndex is. Source: Miller and Williams 2003, Shrinkage estimators of time series seasonal factors; James and Stein 1961.
std::optional<std::array<double, 12>> SteadyIndex(const MonthlySeries& series);

}  // namespace geo
