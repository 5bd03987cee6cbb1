#include "geo/trends/expected_months.h"

namespace geo {

double SeasonedDays(const MonthlySeries& series, const std::optional<std::array<double, 12>>& index, int i) {
  return DaysOf(series, i) * (index ? (*index)[static_cast<std::size_t>(SeasonOf(series, i))] : 1.0);
}

UsedMonths UsedMonthsOf(const MonthlySeries& series, const std::optional<std::array<double, 12>>& index) {
  UsedMonths used;
  for (int i = 0; i < series.size(); ++i) {
    if (series.used[static_cast<std::size_t>(i)] == 0) continue;
    used.month.push_back(i);
    used.count.push_back(series.counts[static_cast<std::size_t>(i)]);
    used.days.push_back(SeasonedDays(series, index, i));
  }
  return used;
}

}  // namespace geo
