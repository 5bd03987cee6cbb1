#include "geo/trends/monthly_series.h"

namespace geo {
namespace {

Month MonthAt(const MonthlySeries& series, int i) { return {series.first.index + i}; }

}  // namespace

int DaysOf(const MonthlySeries& series, int i) { return MonthAt(series, i).next().first_day() - MonthAt(series, i).first_day(); }

int SeasonOf(const MonthlySeries& series, int i) { return MonthAt(series, i).month() - 1; }

std::vector<double> PerEqualMonth(const MonthlySeries& series) {
  std::vector<double> values(series.counts.size());
  for (int i = 0; i < series.size(); ++i) {
    const auto at = static_cast<std::size_t>(i);
    values[at] = series.counts[at] * kDaysPerMonth / DaysOf(series, i);
  }
  return values;
}

}  // namespace geo
