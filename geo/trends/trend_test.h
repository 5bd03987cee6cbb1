// The trend test that suits a series, chosen by its length and its autocorrelation.
#pragma once

#include "geo/trends/mann_kendall.h"
#include "geo/trends/monthly_series.h"

namespace geo {

inline constexpr int kFewestForTrend = 4;           // used months
inline constexpr int kFewestForSeasonalTrend = 24;  // under it season and trend cannot be told apart: a rise from winter to summer is a "trend"

struct TrendTest {
  TrendStatistic statistic;
  SenSlope slope_per_year;  // of counts per equal month
};

// Used months alone, per equal month: seasonal Mann-Kendall from kFewestForSeasonalTrend, plain under that, none under kFewestForTrend. What trend and
// season leave over is ranked; where its first autocorrelation is over 0 at 5 % one-sided, the variance is multiplied by Hamed and Rao's factor for the
// autocorrelations of an autoregressive series of the first order with that coefficient, corrected for its bias, and the interval of the slope widens with
// it. Negative autocorrelation is never used: it would narrow. Source of the series behind the factor: Yue and Wang 2004; of the bias: Marriott and Pope
// 1954, Bias in the estimation of autocorrelations.
TrendTest TestTrend(const MonthlySeries& series);

}  // namespace geo
