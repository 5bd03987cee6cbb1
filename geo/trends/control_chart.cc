#include "geo/trends/control_chart.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "geo/rates/distributions.h"
#include "geo/trends/expected_months.h"
#include "geo/trends/month_spread.h"

namespace geo {
namespace {

constexpr int kFewestForChart = 12;
constexpr double kDeviations = 3;
constexpr int kRun = 8;
constexpr double kRarest = 0.005;

// Would a count as large come by chance in under 1 of 200, its skew taken into account? P(X >= k) of a Poisson count is the chance that a gamma variable of
// shape k lies under its mean; both are measured in units of the dispersion.
bool IsRare(double count, double centre, double dispersion) { return GammaQuantile(count / dispersion, kRarest) >= centre / dispersion; }

// Median of a Poisson count of this mean; a wider count of the same mean is more skewed.
double MiddleOf(double centre, double dispersion) { return std::max(0.0, std::floor(centre + 1.0 / 3 - 0.02 / centre - (dispersion - 1) / 3)); }

ControlSignal SignalOf(const ControlPoint& point, double count, double dispersion, int run) {
  if (count > point.high && IsRare(count, *point.centre, dispersion)) return ControlSignal::kAbove;
  if (count < point.low) return ControlSignal::kBelow;
  if (run >= kRun) return ControlSignal::kRunAbove;
  if (run <= -kRun) return ControlSignal::kRunBelow;
  return ControlSignal::kNone;
}

}  // namespace

ControlChart DrawControlChart(const MonthlySeries& series, const std::optional<std::array<double, 12>>& index) {
  ControlChart chart;
  chart.points.resize(series.counts.size());
  const UsedMonths used = UsedMonthsOf(series, index);
  const double counted = std::accumulate(used.count.begin(), used.count.end(), 0.0);
  if (used.size() < kFewestForChart || !(counted > 0)) return chart;
  const double rate = counted / std::accumulate(used.days.begin(), used.days.end(), 0.0);
  chart.dispersion = SpreadOfMonths(series);
  int run = 0;  // months in a row over the middle, or under it as a negative number
  for (int i = 0; i < series.size(); ++i) {
    const auto at = static_cast<std::size_t>(i);
    ControlPoint& point = chart.points[at];
    const double centre = rate * SeasonedDays(series, index, i);
    const double reach = kDeviations * std::sqrt(chart.dispersion * centre);
    point.centre = centre;
    point.low = std::max(0.0, centre - reach);
    point.high = centre + reach;
    if (series.used[at] == 0) continue;
    const double middle = MiddleOf(centre, chart.dispersion);
    const double count = series.counts[at];
    run = count > middle ? std::max(run, 0) + 1 : count < middle ? std::min(run, 0) - 1 : 0;
    point.signal = SignalOf(point, count, chart.dispersion, run);
  }
  return chart;
}

}  // namespace geo
