#include "geo/trends/month_spread.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "geo/trends/expected_months.h"

namespace geo {
namespace {

constexpr int kFewestDifferences = 8;
constexpr double kMeanDistance = 1.5957691216057308;  // mean |d| of four standard normal variables: 2 sqrt(2 / pi)

}  // namespace

double SpreadOfMonths(const MonthlySeries& series) {
  const UsedMonths used = UsedMonthsOf(series, std::nullopt);
  double count = 0, days = 0;
  for (std::size_t i = 0; i < used.count.size(); ++i) {
    count += used.count[i];
    days += used.days[i];
  }
  if (used.size() < 2 || !(count > 0)) return 1;
  std::vector<double> z(series.counts.size(), std::numeric_limits<double>::quiet_NaN());
  double squares = 0;
  for (std::size_t i = 0; i < used.count.size(); ++i) {
    const double centre = count / days * used.days[i];
    const double deviation = (used.count[i] - centre) / std::sqrt(centre);
    z[static_cast<std::size_t>(used.month[i])] = deviation;
    squares += deviation * deviation;
  }
  double distance = 0;
  int differences = 0;
  for (std::size_t i = 13; i < z.size(); ++i) {
    const double d = z[i] - z[i - 1] - z[i - 12] + z[i - 13];
    if (std::isnan(d)) continue;
    distance += std::fabs(d);
    ++differences;
  }
  if (differences < kFewestDifferences) return std::max(1.0, squares / (used.size() - 1));
  const double sigma = distance / differences / kMeanDistance;
  return std::max(1.0, sigma * sigma);
}

}  // namespace geo
