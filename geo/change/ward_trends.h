// Monthly series of wards and categories: trend, season, signals, level changes, and where the year will end.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "geo/change/ward_comparison.h"
#include "geo/trends/change_points.h"
#include "geo/trends/control_chart.h"
#include "geo/trends/mann_kendall.h"
#include "geo/trends/year_forecast.h"

namespace geo {

enum class TrendSplit : std::uint8_t { kWhole, kAreas, kCategories, kAreasAndCategories };
enum class MonthUse : std::uint8_t { kUsed, kMissing, kPartial, kProvisional, kBroken };

struct TrendQuery {
  IncidentFilter filter;  // with its period, of whole months, 3 to 120
  std::size_t vintage = 0;
  TrendSplit split = TrendSplit::kWhole;
  double false_discovery_rate = 0.05;
  std::optional<Period> forecast;  // twelve whole months; nullopt: the calendar year of the month after the last used one
  std::uint64_t seed = 1;
};

struct TrendSeries {
  WardRow::Kind kind = WardRow::Kind::kTotal;
  AreaIndex area = kOutside;
  std::optional<CategoryIndex> category;
  std::vector<std::int64_t> counts;  // by month
  std::vector<MonthUse> use;         // by month
  std::vector<std::optional<std::int64_t>> rolling_12;
  std::optional<std::array<double, 12>> seasonal_index;
  ControlChart chart;
  TrendStatistic trend;
  SenSlope slope_per_year;
  double q_value = 1;
  Verdict verdict = Verdict::kTooFewToSay;
  std::vector<LevelChange> changes;
  std::optional<YearEnd> forecast;
};

struct TrendAnswer {
  Month first;
  int months = 0;
  std::vector<TrendSeries> series;  // areas by code, outside, unlocated, total; within each by category where split
  Period forecast_year;
  int tests_made = 0;
  std::vector<CrossedBreak> breaks;  // met by the period
  std::int64_t incidents = 0;
  std::int64_t located = 0;
  std::int64_t hour_unknown = 0;
  std::int64_t unknown_hour = 0;
};

// A month's use follows from the sources and categories of its own series: gaps, partial and provisional months (geo/snapshot), months inside a break, and
// months before a change of rule that the last month is after (geo/change/month_use.h). Test: TestTrend (geo/trends/trend_test.h); areas (and areas x
// categories) are corrected together, so are totals by category; a single total has q = p. Verdict: too few to say under 24 used months, where season and trend
// cannot be told apart, or under 20 incidents in them; not comparable where fewer than 24 are used because of breaks. The statistic stands where there is no
// verdict. Expectations (chart, changes, forecast) rest on SteadyIndex; seasonal_index is the plain one. Changes are kept at a level of 5 %.
// Errors: CheckAnswerable; CheckMeetsData; kInvalidArgument vintage, filter.areas.vintage, false_discovery_rate, period (not whole months, under 3 or over
// 120), forecast (not twelve whole months, or it begins before the period or after the month that follows the last used one); kResourceExhausted
// TOO_MANY_SERIES over 1,500,000 months of series; of `stop`.
Result<TrendAnswer> AnalyseTrends(const DatasetSnapshot& data, const TrendQuery& query, const StopSignal& stop);

// "higher: S 45 by month of the year over 60 used months, 12.3 incidents a month more each year (95 % 3.1 to 20.2). Without a trend, one at least as clear
// would come by chance in 1 of 219 series; q = 0.018 over 24 tests. Left out: 1 partial (2018-12)." The words of VerdictWord and no others for the verdict.
std::string ExplainTrend(const TrendSeries& series, const TrendAnswer& answer);

}  // namespace geo
