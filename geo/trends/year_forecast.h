// Where will the year end?
#pragma once

#include <array>
#include <optional>

#include "geo/trends/monthly_series.h"

namespace geo {

struct YearEnd {
  double to_date = 0;   // counted in the year's used months
  int months_left = 0;  // forecast
  double expected = 0;  // of the whole year
  double low = 0;       // 95 % prediction interval
  double high = 0;
};

// The year is months [begin, begin + 12) counted from the series' first; it may end beyond the series. Expected = to date + level x days x index over the
// months left; the level is that of the last 12 used months. The interval carries three parts: the spread of months (Poisson x dispersion), the error of the
// level (of 12 months), and drift of the level by sums of the past 12-month changes where 36 used months show them. Absent when fewer than 12 months are used,
// when a month of the year before the last used one is not used, or when the year begins after the month that follows the last used one. Source:
// negative-binomial prediction by moments; West and Harrison 1997, ch. 2, for the local level.
std::optional<YearEnd> ForecastYear(const MonthlySeries& series, const std::optional<std::array<double, 12>>& index, double dispersion, int begin);

}  // namespace geo
