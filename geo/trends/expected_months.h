// What a month is exposed to: days, weighed by the season.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "geo/trends/monthly_series.h"

namespace geo {

// Days x index of month i of the series, which may lie beyond its ends; days alone without an index.
double SeasonedDays(const MonthlySeries& series, const std::optional<std::array<double, 12>>& index, int i);

// The used months alone, in order.
struct UsedMonths {
  std::vector<int> month;     // index into the series
  std::vector<double> count;
  std::vector<double> days;   // seasoned
  int size() const { return static_cast<int>(month.size()); }
};

UsedMonths UsedMonthsOf(const MonthlySeries& series, const std::optional<std::array<double, 12>>& index);

}  // namespace geo
