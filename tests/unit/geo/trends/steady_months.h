// Months that hold exactly what a rate and a season say: no noise, so that what is found can be written down beforehand.
#pragma once

#include <array>
#include <functional>

#include "geo/trends/monthly_series.h"

namespace geo {

// From January 2021: `per_equal_month(i)` incidents per month of 365.25 / 12 days, in month i as its days have it.
inline MonthlySeries SteadyMonths(int months, const std::function<double(int)>& per_equal_month) {
  MonthlySeries series;
  series.first = Month::Of(2021, 1);
  series.used.assign(static_cast<std::size_t>(months), 1);
  for (int i = 0; i < months; ++i) {
    series.counts.push_back(0);
    series.counts.back() = per_equal_month(i) * DaysOf({series.first, std::vector<double>(static_cast<std::size_t>(i) + 1), {}}, i) / kDaysPerMonth;
  }
  return series;
}

}  // namespace geo
