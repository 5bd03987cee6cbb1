// A series of whole months, as every method of this room takes it.
#pragma once

#include <span>
#include <vector>

#include "geo/types/local_time.h"

namespace geo {

inline constexpr double kDaysPerMonth = 365.25 / 12;

struct MonthlySeries {
  Month first;
  std::vector<double> counts;      // one per month, without holes: a month that may not be used still has its place
  std::vector<std::uint8_t> used;  // 1: complete and comparable; 0: shown alone. Equally many
  int size() const { return static_cast<int>(counts.size()); }
};

// Days of month i of the series, and its month of the year, 0 January .. 11.
int DaysOf(const MonthlySeries& series, int i);
int SeasonOf(const MonthlySeries& series, int i);
// Counts per month of 365.25 / 12 days: a February is not a fall.
std::vector<double> PerEqualMonth(const MonthlySeries& series);

}  // namespace geo
