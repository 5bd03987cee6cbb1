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
// months left; the level is that of the last 12 used months. Without an index each month left takes the count of the same month a year before, where the
// last 12 used months follow each other: then no season is needed. The interval is that of a Poisson count measured in units of its dispersion, with four
// parts: the spread of months (Poisson x dispersion, its own uncertainty with it), the error of the level, what the index does not know of the months left,
// and drift: the changes between past blocks of 12 used months beyond chance, where 36 show them at 5 %. Absent when fewer than 12 months are used, when a
// month of that year, with a used one after it, is itself not used, or when the year begins before the series or after the month that follows the last used one.
// Source: prediction by moments; Harris 1989, Predictive fit for natural exponential families; West and Harrison 1997, ch. 2, for the local level.
std::optional<YearEnd> ForecastYear(const MonthlySeries& series, const std::optional<std::array<double, 12>>& index, double dispersion, int begin);

}  // namespace geo
