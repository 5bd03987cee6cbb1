// The shape of the year.
#pragma once

#include <array>
#include <optional>

#include "geo/trends/monthly_series.h"

namespace geo {

// January to December, mean 1: medians of month / centred 12-month moving average, scaled. Absent without 24 used months in a row, or where a month of the year
// has no ratio, or the average is 0. Source: ratio-to-moving-average; Makridakis, Wheelwright and Hyndman 1998, ch. 3.
std::optional<std::array<double, 12>> SeasonalIndex(const MonthlySeries& series);

// The index drawn towards 1 as far as its differences may be chance: w_m (index_m - 1) + 1, w_m = t / (t + v_m), where v_m is the variance of index_m (of the
// ratios around their month's mean where that is known, at least Poisson's) and t the variance between months beyond it, at least 0; scaled to mean 1, and at
// least 0.05. What is expected of a month rests on this one: the raw index of a small series follows its noise, which hides signals and spoils forecasts.
// Absent where SeasonalIndex is. Source: Miller and Williams 2003, Shrinkage estimators of time series seasonal factors.
std::optional<std::array<double, 12>> SteadyIndex(const MonthlySeries& series);

}  // namespace geo
