// How much more than Poisson counts do the months of one level vary?
#pragma once

#include "geo/trends/monthly_series.h"

namespace geo {

// Variance over that of Poisson counts, at least 1. From d = (z_i - z_{i-1}) - (z_{i-12} - z_{i-13}), z in Poisson's deviations around the mean of the
// series: season and trend cancel, and a step touches two of them. The mean of |d| makes an odd month weigh little. Where fewer than 8 such quadruples are
// used, the variance of all used months: what may be season is then spread. 1 without two used months or any incident. Source: after the moving range of
// Shewhart 1931.
double SpreadOfMonths(const MonthlySeries& series);

}  // namespace geo
