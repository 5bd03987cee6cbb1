#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "geo/change/month_use.h"
#include "geo/change/count_trends.h"
#include "geo/change/ward_trends.h"
#include "geo/significance/benjamini_hochberg.h"
#include "geo/snapshot/meets_data.h"
#include "geo/trends/seasonal_index.h"
#include "geo/trends/trend_test.h"

namespace geo {
namespace {

constexpr int kFewestMonths = 3;
constexpr int kMostMonths = 120;
constexpr int kYear = 12;
constexpr double kChangeLevel = 0.05;

Result<void> CheckPeriod(const DatasetSnapshot& data, const IncidentFilter& filter) {
  const Period period = filter.period;
  const bool whole = period.begin < period.end && period.whole_months();
  const int months = whole ? Month::OfDay(period.end - 1).index - Month::OfDay(period.begin).index + 1 : 0;
  if (months < kFewestMonths || months > kMostMonths) {
    return Fail(InvalidArgument("period", fmt::format("period is {}; a series is of {} to {} whole months", FormatPeriod(period), kFewestMonths, kMostMonths)));
  }
  if (auto answerable = CheckAnswerable(data.record, filter); !answerable) return answerable;
  return CheckMeetsData(data, filter, "period");
}

Result<void> CheckQuery(const DatasetSnapshot& data, const TrendQuery& query) {
  if (query.vintage >= data.vintages.size()) {
    return Fail({ErrorCode::kInvalidArgument, "vintage", "NO_SUCH_VINTAGE", fmt::format("the dataset has {} sets of boundaries", data.vintages.size())});
  }
  if (query.filter.areas && query.filter.areas->vintage != query.vintage) {
    return Fail({ErrorCode::kInvalidArgument, "filter.areas.vintage", "OTHER_VINTAGE",
                 fmt::format("filter.areas is of {}, the series of {}; name the same boundaries in both",
                             data.vintages.at(query.filter.areas->vintage).areas.vintage(), data.vintages[query.vintage].areas.vintage())});
  }
  if (!(query.false_discovery_rate > 0 && query.false_discovery_rate <= 0.5)) {
    return Fail(
        InvalidArgument("false_discovery_rate", fmt::format("false_discovery_rate is {}; it must be over 0 and at most 0.5", query.false_discovery_rate)));
  }
  return CheckPeriod(data, query.filter);
}

// The month after the last that some series may use; after the period where none may.
Month NextMonth(const TrendAnswer& answer) {
  int next = 0;
  for (const TrendSeries& series : answer.series) {
    for (int i = next; i < answer.months; ++i) {
      if (series.use[static_cast<std::size_t>(i)] == MonthUse::kUsed) next = i + 1;
    }
  }
  return {answer.first.index + (next > 0 ? next : answer.months)};
}

Result<Period> ForecastYearOf(const TrendQuery& query, const TrendAnswer& answer) {
  const Month next = NextMonth(answer);
  if (!query.forecast) return Period::CalendarYear(next.year());
  const Period year = *query.forecast;
  if (year.begin >= year.end || !year.whole_months() || Month::OfDay(year.end - 1).index - Month::OfDay(year.begin).index != kYear - 1) {
    return Fail(InvalidArgument("forecast", fmt::format("forecast is {}; it must be twelve whole months", FormatPeriod(year))));
  }
  if (Month::OfDay(year.begin) > next || Month::OfDay(year.begin) < answer.first) {
    return Fail(InvalidArgument("forecast", fmt::format("forecast begins in {}; it must begin in {} to {}, from the first month of period to the one after the "
                                                        "last complete month", FormatMonth(Month::OfDay(year.begin)), FormatMonth(answer.first),
                                                        FormatMonth(next))));
  }
  return year;
}

// Series of the same categories share their months' use.
void FillUses(const DatasetSnapshot& data, const TrendQuery& query, TrendAnswer& answer) {
  std::map<std::optional<CategoryIndex>, std::vector<MonthUse>> uses;
  for (TrendSeries& series : answer.series) {
    std::vector<MonthUse>& use = uses[series.category];
    if (use.empty()) {
      IncidentFilter filter = query.filter;
      if (series.category) filter.categories = {*series.category};
      use = MonthUses(data, filter);
    }
    series.use = use;
  }
}

MonthlySeries AsMonthly(const TrendSeries& series, Month first) {
  MonthlySeries monthly{first, {}, {}};
  for (std::size_t i = 0; i < series.counts.size(); ++i) {
    monthly.counts.push_back(static_cast<double>(series.counts[i]));
    monthly.used.push_back(series.use[i] == MonthUse::kUsed ? 1 : 0);
  }
  return monthly;
}

std::vector<std::optional<std::int64_t>> RollingYear(const TrendSeries& series) {
  std::vector<std::optional<std::int64_t>> rolling(series.counts.size());
  std::int64_t sum = 0;
  int in_a_row = 0;
  for (std::size_t i = 0; i < series.counts.size(); ++i) {
    in_a_row = series.use[i] == MonthUse::kUsed ? in_a_row + 1 : 0;
    sum += series.counts[i];
    if (i >= kYear) sum -= series.counts[i - kYear];
    if (in_a_row >= kYear) rolling[i] = sum;
  }
  return rolling;
}

Result<void> AnalyseOne(const TrendQuery& query, const TrendAnswer& answer, TrendSeries& series, const StopSignal& stop) {
  const MonthlySeries monthly = AsMonthly(series, answer.first);
  series.rolling_12 = RollingYear(series);
  series.seasonal_index = SeasonalIndex(monthly);
  const std::optional<std::array<double, 12>> index = SteadyIndex(monthly);
  series.chart = DrawControlChart(monthly, index);
  const TrendTest test = TestTrend(monthly);
  series.trend = test.statistic;
  series.slope_per_year = test.slope_per_year;
  auto changes = FindLevelChanges(monthly, index, kChangeLevel, query.seed, stop);
  if (!changes) return Fail(changes.error());
  series.changes = std::move(*changes);
  series.forecast = ForecastYear(monthly, index, series.chart.dispersion, Month::OfDay(answer.forecast_year.begin).index - answer.first.index);
  return {};
}

int CountUse(const TrendSeries& series, MonthUse use) { return static_cast<int>(std::count(series.use.begin(), series.use.end(), use)); }

std::int64_t IncidentsUsed(const TrendSeries& series) {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < series.counts.size(); ++i) sum += series.use[i] == MonthUse::kUsed ? series.counts[i] : 0;
  return sum;
}

bool EnoughToJudge(const TrendSeries& series) {
  return CountUse(series, MonthUse::kUsed) >= kFewestForSeasonalTrend && IncidentsUsed(series) >= kFewestToJudge && series.trend.method != TrendMethod::kNone;
}

Verdict Judge(const TrendSeries& series, double false_discovery_rate) {
  if (EnoughToJudge(series)) {
    if (series.q_value > false_discovery_rate) return Verdict::kNoClearChange;
    return series.trend.s > 0 ? Verdict::kHigher : series.trend.s < 0 ? Verdict::kLower : Verdict::kNoClearChange;
  }
  const int used = CountUse(series, MonthUse::kUsed);
  const bool breaks_took_them = used < kFewestForSeasonalTrend && used + CountUse(series, MonthUse::kBroken) >= kFewestForSeasonalTrend;
  return breaks_took_them ? Verdict::kNotComparable : Verdict::kTooFewToSay;
}

// Areas are corrected together, and so are the totals of the categories, and so on: a single total is judged by its own p. Who is tested follows from the
// number of months and of incidents, which say nothing of their order. Returns the tests of areas, of the totals where there are no areas.
int JudgeAll(double false_discovery_rate, std::vector<TrendSeries>& all) {
  int tests = 0;
  for (const WardRow::Kind kind : {WardRow::Kind::kUnlocated, WardRow::Kind::kOutside, WardRow::Kind::kTotal, WardRow::Kind::kArea}) {
    std::vector<TrendSeries*> tested;
    std::vector<double> p_values;
    bool of_this_kind = false;
    for (TrendSeries& series : all) {
      of_this_kind |= series.kind == kind;
      if (series.kind != kind || !EnoughToJudge(series)) continue;
      tested.push_back(&series);
      p_values.push_back(series.trend.p_value);
    }
    if (!of_this_kind) continue;
    const std::vector<double> q_values = AdjustForFalseDiscovery(p_values);
    for (std::size_t i = 0; i < tested.size(); ++i) tested[i]->q_value = q_values[i];
    tests = static_cast<int>(tested.size());
  }
  for (TrendSeries& series : all) series.verdict = Judge(series, false_discovery_rate);
  return tests;
}

}  // namespace

Result<TrendAnswer> AnalyseTrends(const DatasetSnapshot& data, const TrendQuery& query, const StopSignal& stop) {
  if (auto checked = CheckQuery(data, query); !checked) return Fail(checked.error());
  TrendAnswer answer;
  if (auto counted = CountTrends(data, query, answer, stop); !counted) return Fail(counted.error());
  FillUses(data, query, answer);
  auto year = ForecastYearOf(query, answer);
  if (!year) return Fail(year.error());
  answer.forecast_year = *year;
  answer.breaks = BreaksCrossed(data, query.filter, query.filter.period);
  const auto all = static_cast<std::int64_t>(answer.series.size());
  for (std::int64_t i = 0; i < all; ++i) {
    if (stop.stop_requested()) return Fail(stop.reason());
    if (auto done = AnalyseOne(query, answer, answer.series[static_cast<std::size_t>(i)], stop); !done) return Fail(done.error());
    stop.progressed("trends", i + 1, all);
  }
  answer.tests_made = JudgeAll(query.false_discovery_rate, answer.series);
  return answer;
}

}  // namespace geo
