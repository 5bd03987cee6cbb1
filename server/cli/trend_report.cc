#include "server/cli/trend_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "server/cli/change_text.h"
#include "server/cli/context_footer.h"
#include "server/cli/period_text.h"
#include "server/cli/sparkline.h"
#include "server/cli/text_table.h"
#include "server/cli/text_width.h"
#include "server/cli/trend_chart.h"
#include "server/cli/trend_words.h"
#include "server/cli/value_text.h"
#include "server/cli/ward_names.h"
#include "wardwatch/v1/ward_service.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

constexpr std::array<const char*, 12> kMonths{"January", "February", "March",     "April",   "May",      "June",
                                              "July",    "August",   "September", "October", "November", "December"};
constexpr std::size_t kSparklineMarks = 24;  // of a table; a longer series has several months to a mark

std::string Signed(double value, int places) { return (value > 0 ? "+" : "") + DecimalText(value, places); }

std::string SlopeRange(const api::TrendTest& trend, const Terminal& terminal) {
  const api::Interval& interval = trend.slope_interval();
  const std::string high = interval.has_high() ? Signed(interval.high(), 1) : std::string(terminal.infinity());
  return fmt::format("{} to {}", Signed(interval.low(), 1), high);
}

std::string TrendLine(const api::TrendTest& trend, const Terminal& terminal) {
  std::string text = VerdictWord(trend.verdict());
  if (trend.method() == api::TREND_METHOD_UNSPECIFIED) return text;
  text += fmt::format("{}{} incidents a month per year", text.empty() ? "" : ": ", Signed(trend.slope_per_year(), 1));
  if (trend.has_slope_interval()) text += fmt::format(" ({}, 95 %)", SlopeRange(trend, terminal));
  return text + fmt::format("; {}, tau {}, p {}, q {}", TrendMethodSentence(trend.method()), DecimalText(trend.tau(), 2), ProbabilityText(trend.p_value()),
                            ProbabilityText(trend.q_value()));
}

std::string SeasonLine(const api::TrendSeries& series, const Terminal& terminal) {
  if (series.seasonal_index_size() != 12) return "too few complete months to tell";
  const auto& index = series.seasonal_index();
  const auto highest = std::max_element(index.begin(), index.end()) - index.begin();
  const auto lowest = std::min_element(index.begin(), index.end()) - index.begin();
  return fmt::format("{} January to December; {} is {} times the mean month, {} {}", Sparkline({index.begin(), index.end()}, terminal),
                     kMonths[static_cast<std::size_t>(highest)], DecimalText(index[static_cast<int>(highest)], 2), kMonths[static_cast<std::size_t>(lowest)],
                     DecimalText(index[static_cast<int>(lowest)], 2));
}

std::string ForecastText(const api::YearForecast& forecast, const Terminal& terminal) {
  return fmt::format("{} ({})", DecimalText(forecast.expected(), 0), RangeText(forecast.interval(), 0, terminal));
}

std::string ForecastLine(const api::TrendSeries& series, const Terminal& terminal) {
  if (!series.has_forecast()) return {};
  const api::YearForecast& forecast = series.forecast();
  return fmt::format("{} will end at {}, 95 %; {} so far, {} months to come", ShortPeriodText(forecast.days()), ForecastText(forecast, terminal),
                     CountText(forecast.to_date()), forecast.months_left());
}

// The last rolling year, and that of a year before.
std::string RollingLine(const api::TrendSeries& series) {
  for (int i = series.months_size() - 1; i >= 0; --i) {
    if (!series.months(i).has_rolling_12()) continue;
    std::string text = fmt::format("{} in the twelve months to {}", WholeText(series.months(i).rolling_12()), MonthText(series.months(i).month()));
    if (i >= 12 && series.months(i - 12).has_rolling_12()) text += fmt::format(", {} in the twelve before", WholeText(series.months(i - 12).rolling_12()));
    return text;
  }
  return {};
}

std::string SeriesName(const api::TrendSeries& series) {
  std::string name = RowTitle(series.kind(), series.area_title());
  if (!series.area_code().empty()) name = series.area_code() + " " + name;
  return series.category().empty() ? name : name + ", " + series.category();
}

int KeptOut(const api::TrendSeries& series) {
  return static_cast<int>(
      std::count_if(series.months().begin(), series.months().end(), [](const api::MonthPoint& point) { return point.use() != api::MONTH_USE_USED; }));
}

std::string OneSeries(const api::TrendSeries& series, const Terminal& terminal) {
  std::string out = Printable(SeriesName(series)) + "\n\n" + DrawTrendChart(series, terminal) + '\n';
  std::vector<LabelledLine> lines{{"trend", TrendLine(series.trend(), terminal)}, {"season", SeasonLine(series, terminal)}};
  for (const api::ChangePoint& point : series.change_points()) {
    lines.emplace_back("level", fmt::format("from {}: {} a month where it was {}, p {}", MonthText(point.month()), DecimalText(point.level_after(), 1),
                                            DecimalText(point.level_before(), 1), ProbabilityText(point.p_value())));
  }
  lines.emplace_back("rolling", RollingLine(series));
  lines.emplace_back("forecast", ForecastLine(series, terminal));
  const int out_of_use = KeptOut(series);
  if (out_of_use > 0) lines.emplace_back("kept out", fmt::format("{} of {} months", out_of_use, series.months_size()));
  lines.emplace_back("spread", fmt::format("months vary {} times as much as Poisson counts", DecimalText(series.dispersion(), 2)));
  lines.emplace_back("in words", series.explanation());
  return out + LabelledLines(lines, terminal);
}

// The verdict and how it stands with signals in the last month.
std::vector<std::string> Cells(const api::TrendSeries& series, std::size_t step, bool by_area, bool by_category, const Terminal& terminal) {
  std::vector<std::string> cells;
  if (by_area) {
    cells.push_back(series.area_code());
    cells.push_back(RowTitle(series.kind(), series.area_title()));
  }
  if (by_category) cells.push_back(series.category());
  const api::TrendTest& trend = series.trend();
  const bool tested = trend.method() != api::TREND_METHOD_UNSPECIFIED;
  const std::string last = RollingLine(series);
  const auto signals = std::count_if(series.months().begin(), series.months().end(),
                                     [](const api::MonthPoint& point) { return point.signal() != api::CONTROL_SIGNAL_UNSPECIFIED; });
  cells.insert(cells.end(), {Sparkline(StepMeans(MonthCounts(series), step), terminal), last.substr(0, last.find(' ')),
                             tested ? Signed(trend.slope_per_year(), 1) : std::string(terminal.dash()),
                             tested && trend.has_slope_interval() ? SlopeRange(trend, terminal) : "", VerdictWord(trend.verdict()), WholeText(signals),
                             series.has_forecast() ? ForecastText(series.forecast(), terminal) : std::string(terminal.dash())});
  return cells;
}

std::string SeveralSeries(const api::AnalyseTrendsResponse& answer, std::size_t step, std::vector<std::string>& left_out, const Terminal& terminal) {
  bool by_area = false;
  bool by_category = false;
  std::string year;
  for (const api::TrendSeries& series : answer.series()) {
    by_area = by_area || series.kind() != api::ROW_KIND_TOTAL;
    by_category = by_category || !series.category().empty();
    if (series.has_forecast()) year = ShortPeriodText(series.forecast().days());
  }
  std::vector<TableColumn> columns;
  if (by_area) columns.insert(columns.end(), {{"code", Align::kLeft, 0, 2}, {"ward", Align::kLeft, 13, 0}});
  if (by_category) columns.push_back({"category", Align::kLeft, 10, 0});
  columns.insert(columns.end(), {{"months", Align::kLeft, 0, 5},
                                 {"last 12\nmonths", Align::kRight, 0, 4},
                                 {"a month\nper year", Align::kRight, 0, 0},
                                 {"95 %", Align::kLeft, 0, 3},
                                 {"trend", Align::kLeft, 0, 0},
                                 {"signals", Align::kRight, 0, 1},
                                 {"forecast" + (year.empty() ? "" : " " + year) + "\n(95 %)", Align::kLeft, 0, 0}});
  TextTable table(columns);
  for (const api::TrendSeries& series : answer.series()) table.add_row(Cells(series, step, by_area, by_category, terminal));
  return table.format(terminal, &left_out);
}

std::string MonthsLine(const api::AnalyseTrendsResponse& answer, std::size_t step) {
  const auto& months = answer.series(0).months();
  if (months.empty()) return {};
  std::string text = fmt::format("{} to {}", MonthText(months.begin()->month()), MonthText(months.rbegin()->month()));
  if (step > 1) text += fmt::format("; a mark is the mean of {} months", step);
  return text + "; a gap is a month without data";
}

void CsvTrend(CsvWriter& csv, const api::TrendTest& trend) {
  const bool tested = trend.method() != api::TREND_METHOD_UNSPECIFIED;
  csv.text(TrendMethodWord(trend.method()));
  tested ? csv.whole(trend.s()) : csv.empty();
  for (const double value : {trend.variance(), trend.z(), trend.tau(), trend.p_value(), trend.q_value(), trend.slope_per_year()})
    CsvOptional(csv, tested, value);
  CsvInterval(csv, tested && trend.has_slope_interval(), trend.slope_interval()).text(VerdictWord(trend.verdict()));
}

void CsvForecast(CsvWriter& csv, const api::TrendSeries& series) {
  const bool present = series.has_forecast();
  const api::YearForecast& forecast = series.forecast();
  csv.text(present ? DayRangeText(forecast.days()) : "");
  present ? csv.count(forecast.to_date()).whole(forecast.months_left()) : csv.empty().empty();
  CsvOptional(csv, present, forecast.expected());
  CsvInterval(csv, present && forecast.has_interval(), forecast.interval());
}

void CsvMonth(CsvWriter& csv, const api::TrendSeries& series, const api::MonthPoint& point) {
  csv.text(MonthText(point.month()));
  point.use() == api::MONTH_USE_MISSING ? csv.empty() : csv.count(point.incidents());
  csv.text(MonthUseWord(point.use()));
  point.has_rolling_12() ? csv.whole(point.rolling_12()) : csv.empty();
  CsvOptional(csv, point.has_centre(), point.centre());
  CsvInterval(csv, point.has_limits(), point.limits()).text(SignalWord(point.signal()));
  const bool season = series.seasonal_index_size() == 12 && point.month().month() >= 1 && point.month().month() <= 12;
  CsvOptional(csv, season, season ? series.seasonal_index(point.month().month() - 1) : 0);
  const auto change = std::find_if(series.change_points().begin(), series.change_points().end(), [&](const api::ChangePoint& at) {
    return at.month().year() == point.month().year() && at.month().month() == point.month().month();
  });
  const bool changed = change != series.change_points().end();
  CsvOptional(csv, changed, changed ? change->level_before() : 0);
  CsvOptional(csv, changed, changed ? change->level_after() : 0);
  CsvOptional(csv, changed, changed ? change->p_value() : 0);
}

}  // namespace

std::string TrendTable(const api::AnalyseTrendsResponse& answer, bool explain, const Terminal& terminal) {
  std::string out = fmt::format("Months of {}\n", Printable(answer.context().dataset()));
  std::vector<LabelledLine> first;
  if (answer.series_size() == 1) {
    out += OneSeries(answer.series(0), terminal);
  } else if (answer.series_size() > 1) {
    VerdictTally tally;
    for (const api::TrendSeries& series : answer.series()) tally.add(series.trend().verdict());
    if (!tally.text().empty()) out += "trends: " + tally.text() + '\n';
    const std::size_t step = SparklineStep(static_cast<std::size_t>(answer.series(0).months_size()), kSparklineMarks);
    std::vector<std::string> left_out;
    out += '\n' + SeveralSeries(answer, step, left_out, terminal);
    if (explain) out += '\n';
    for (const api::TrendSeries& series : answer.series()) {
      if (explain) out += ExplanationLines(SeriesName(series), series.explanation(), terminal);
    }
    first.push_back(LeftOutLine(left_out));
    first.emplace_back("months", MonthsLine(answer, step));
  } else {
    out += "No series.\n";
  }
  first.push_back(HoursLine(answer.has_unknown_hour(), answer.unknown_hour()));
  return out + '\n' + ContextFooter(answer.context(), first, terminal);
}

std::string TrendCsv(const api::AnalyseTrendsResponse& answer) {
  CsvWriter csv;
  csv.record({"kind",
              "area_code",
              "area_title",
              "category",
              "month",
              "incidents",
              "use",
              "rolling_12",
              "centre",
              "limit_low",
              "limit_high",
              "signal",
              "seasonal_index",
              "level_before",
              "level_after",
              "level_p_value",
              "dispersion",
              "trend_method",
              "s",
              "variance",
              "z",
              "tau",
              "p_value",
              "q_value",
              "slope_per_year",
              "slope_low_95",
              "slope_high_95",
              "verdict",
              "forecast_days",
              "forecast_to_date",
              "forecast_months_left",
              "forecast_expected",
              "forecast_low_95",
              "forecast_high_95",
              "explanation",
              "vintage",
              "snapshot"});
  for (const api::TrendSeries& series : answer.series()) {
    for (const api::MonthPoint& point : series.months()) {
      csv.text(RowKindWord(series.kind())).text(series.area_code()).text(RowTitle(series.kind(), series.area_title())).text(series.category());
      CsvMonth(csv, series, point);
      csv.number(series.dispersion());
      CsvTrend(csv, series.trend());
      CsvForecast(csv, series);
      csv.text(series.explanation()).text(answer.context().vintage()).text(answer.context().snapshot());
      csv.end_record();
    }
  }
  return csv.take();
}

}  // namespace server
