#include "server/codec/trend_codec.h"

#include <fmt/format.h>

#include <cmath>

#include "server/codec/change_codec.h"
#include "server/codec/comparison_codec.h"
#include "server/codec/period_codec.h"
#include "server/codec/refusal.h"
#include "server/limits.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

geo::Result<geo::TrendSplit> DecodeSplit(v1::TrendSplit split) {
  switch (split) {
    case v1::TREND_SPLIT_UNSPECIFIED:
    case v1::TREND_SPLIT_WHOLE:
      return geo::TrendSplit::kWhole;
    case v1::TREND_SPLIT_AREAS:
      return geo::TrendSplit::kAreas;
    case v1::TREND_SPLIT_CATEGORIES:
      return geo::TrendSplit::kCategories;
    case v1::TREND_SPLIT_AREAS_AND_CATEGORIES:
      return geo::TrendSplit::kAreasAndCategories;
    default:
      return geo::Fail(
          UnknownEnum("split", split, "TREND_SPLIT_WHOLE (1), TREND_SPLIT_AREAS (2), TREND_SPLIT_CATEGORIES (3) or TREND_SPLIT_AREAS_AND_CATEGORIES (4)"));
  }
}

const char* NameOf(geo::TrendSplit split) {
  switch (split) {
    case geo::TrendSplit::kWhole:
      return "whole";
    case geo::TrendSplit::kAreas:
      return "areas";
    case geo::TrendSplit::kCategories:
      return "categories";
    case geo::TrendSplit::kAreasAndCategories:
      return "areas and categories";
  }
  return "";
}

v1::MonthUse EncodeUse(geo::MonthUse use) {
  switch (use) {
    case geo::MonthUse::kUsed:
      return v1::MONTH_USE_USED;
    case geo::MonthUse::kMissing:
      return v1::MONTH_USE_MISSING;
    case geo::MonthUse::kPartial:
      return v1::MONTH_USE_PARTIAL;
    case geo::MonthUse::kProvisional:
      return v1::MONTH_USE_PROVISIONAL;
    case geo::MonthUse::kBroken:
      return v1::MONTH_USE_BROKEN;
  }
  return v1::MONTH_USE_UNSPECIFIED;
}

v1::ControlSignal EncodeSignal(geo::ControlSignal signal) {
  switch (signal) {
    case geo::ControlSignal::kNone:
      return v1::CONTROL_SIGNAL_UNSPECIFIED;
    case geo::ControlSignal::kAbove:
      return v1::CONTROL_SIGNAL_ABOVE;
    case geo::ControlSignal::kBelow:
      return v1::CONTROL_SIGNAL_BELOW;
    case geo::ControlSignal::kRunAbove:
      return v1::CONTROL_SIGNAL_RUN_ABOVE;
    case geo::ControlSignal::kRunBelow:
      return v1::CONTROL_SIGNAL_RUN_BELOW;
  }
  return v1::CONTROL_SIGNAL_UNSPECIFIED;
}

v1::TrendMethod EncodeMethod(geo::TrendMethod method) {
  switch (method) {
    case geo::TrendMethod::kNone:
      return v1::TREND_METHOD_UNSPECIFIED;
    case geo::TrendMethod::kExact:
      return v1::TREND_METHOD_EXACT;
    case geo::TrendMethod::kNormal:
      return v1::TREND_METHOD_NORMAL;
    case geo::TrendMethod::kSeasonal:
      return v1::TREND_METHOD_SEASONAL;
    case geo::TrendMethod::kAutocorrelationCorrected:
      return v1::TREND_METHOD_AUTOCORRELATION_CORRECTED;
  }
  return v1::TREND_METHOD_UNSPECIFIED;
}

int MonthsOf(geo::Period period) { return geo::Month::OfDay(period.end).index - geo::Month::OfDay(period.begin).index; }

geo::Result<void> CheckMonths(geo::Period period) {
  if (!period.whole_months()) {
    return geo::Fail(
        geo::InvalidArgument("period", fmt::format("is {}; a series is of whole months: begin and end on the first day of one", geo::FormatPeriod(period))));
  }
  const int months = MonthsOf(period);
  if (months >= limits::kMinTrendMonths && months <= limits::kMaxTrendMonths) return {};
  return geo::Fail(geo::InvalidArgument("period", fmt::format("has {} months; send {} to {}", months, limits::kMinTrendMonths, limits::kMaxTrendMonths)));
}

geo::Result<geo::Period> DecodeForecast(const v1::Period& sent) {
  const auto forecast = DecodePeriod(sent, "forecast");
  if (!forecast) return geo::Fail(forecast.error());
  if (forecast->whole_months() && MonthsOf(*forecast) == 12) return *forecast;
  return geo::Fail(geo::InvalidArgument(
      "forecast", fmt::format("is {}; send twelve whole months, or leave it out for the calendar year under way", geo::FormatPeriod(*forecast))));
}

void EncodePoint(const geo::TrendSeries& series, const geo::TrendAnswer& answer, std::size_t i, v1::MonthPoint& out) {
  EncodeMonth(geo::Month{answer.first.index + static_cast<std::int32_t>(i)}, *out.mutable_month());
  EncodeCount(series.counts[i], *out.mutable_incidents());
  out.set_use(EncodeUse(series.use[i]));
  if (series.rolling_12[i]) out.set_rolling_12(*series.rolling_12[i]);
  if (i >= series.chart.points.size()) return;
  const geo::ControlPoint& point = series.chart.points[i];
  if (point.centre) {
    out.set_centre(*point.centre);
    EncodeInterval(point.low, point.high, *out.mutable_limits());
  }
  out.set_signal(EncodeSignal(point.signal));
}

void EncodeTest(const geo::TrendSeries& series, v1::TrendTest& out) {
  const geo::TrendStatistic& trend = series.trend;
  out.set_method(EncodeMethod(trend.method));
  out.set_s(trend.s);
  out.set_variance(trend.variance);
  out.set_z(trend.z);
  out.set_tau(trend.tau);
  out.set_p_value(trend.p_value);
  out.set_q_value(series.q_value);
  // Without a test there is no slope either, only its zeros.
  if (trend.method != geo::TrendMethod::kNone) {
    out.set_slope_per_year(series.slope_per_year.slope);
    EncodeInterval(series.slope_per_year.low, series.slope_per_year.high, *out.mutable_slope_interval());
  }
  out.set_verdict(EncodeVerdict(series.kind, series.verdict));
}

void EncodeForecast(const geo::YearEnd& forecast, geo::Period year, v1::YearForecast& out) {
  EncodeDays(year, *out.mutable_days());
  EncodeCount(std::llround(forecast.to_date), *out.mutable_to_date());
  out.set_months_left(forecast.months_left);
  out.set_expected(forecast.expected);
  EncodeInterval(forecast.low, forecast.high, *out.mutable_interval());
}

void EncodeSeries(const TrendCall& call, const geo::TrendAnswer& answer, const geo::TrendSeries& series, v1::TrendSeries& out) {
  EncodeRowName(*call.question.data, call.query.vintage, series.kind, series.area, series.category, out);
  for (std::size_t i = 0; i < series.counts.size(); ++i) EncodePoint(series, answer, i, *out.add_months());
  if (series.seasonal_index) {
    for (const double index : *series.seasonal_index) out.add_seasonal_index(index);
  }
  out.set_dispersion(series.chart.dispersion);
  EncodeTest(series, *out.mutable_trend());
  for (const geo::LevelChange& change : series.changes) {
    v1::ChangePoint& encoded = *out.add_change_points();
    EncodeMonth(geo::Month{answer.first.index + change.month}, *encoded.mutable_month());
    encoded.set_level_before(change.level_before);
    encoded.set_level_after(change.level_after);
    encoded.set_p_value(change.p_value);
  }
  if (series.forecast) EncodeForecast(*series.forecast, answer.forecast_year, *out.mutable_forecast());
  out.set_explanation(geo::ExplainTrend(series, answer));
}

ContextFacts FactsOf(const TrendCall& call, const geo::TrendAnswer& answer) {
  ContextFacts facts = FactsOfQuestion(call.question);
  facts.parameters = call.parameters;
  facts.parameters.emplace_back("forecast", geo::FormatPeriod(answer.forecast_year));
  facts.method =
      "Trend of counts per equal month by Mann-Kendall, by month of the year from 24 months (Hirsch, Slack and Smith 1982), corrected for autocorrelation "
      "where "
      "it is significant (Hamed and Rao 1998), slope by Sen; false discoveries controlled over the series tested (Benjamini and Hochberg 1995). Season by "
      "ratio to the moving average; control limits at three standard deviations (Laney 2002); level changes by binary segmentation and permutation. Months "
      "that are missing, partial, provisional or inside a break are shown and kept out.";
  facts.selection = {answer.incidents, answer.located, answer.hour_unknown, answer.unknown_hour};
  facts.breaks = answer.breaks;
  facts.tests_made = answer.tests_made;
  facts.seed = static_cast<std::int64_t>(call.query.seed);
  return facts;
}

}  // namespace

geo::Result<TrendCall> DecodeAnalyseTrends(const v1::AnalyseTrendsRequest& request, const geo::Snapshot& snapshot) {
  TrendCall call;
  auto question = DecodeQuestion(request, snapshot);
  if (!question) return geo::Fail(question.error());
  call.question = std::move(*question);
  const geo::DatasetSnapshot& data = *call.question.data;
  geo::TrendQuery& query = call.query;
  query.filter = call.question.filter;
  if (auto months = CheckMonths(query.filter.period); !months) return geo::Fail(months.error());
  const auto split = DecodeSplit(request.split());
  if (!split) return geo::Fail(split.error());
  query.split = *split;
  // Whoever is outside or in an area is told by boundaries: this refuses where other questions go on without.
  const auto vintage = DecodeVintage(request.vintage(), "vintage", data, query.filter.period.end - 1);
  if (!vintage) return geo::Fail(vintage.error());
  query.vintage = *vintage;
  if (auto same = CheckAreasOfVintage(query.filter, query.vintage, data, "the answer"); !same) return geo::Fail(same.error());
  const auto fdr = DecodeFalseDiscoveryRate(request.false_discovery_rate());
  if (!fdr) return geo::Fail(fdr.error());
  query.false_discovery_rate = *fdr;
  if (request.has_forecast()) {
    const auto forecast = DecodeForecast(request.forecast());
    if (!forecast) return geo::Fail(forecast.error());
    query.forecast = *forecast;
  }
  query.seed = static_cast<std::uint64_t>(limits::kDefaultSeed);
  AddQuestionParameters(call.question, call.parameters);
  call.parameters.emplace_back("vintage", data.record.vintages[query.vintage].id);
  call.parameters.emplace_back("split", NameOf(query.split));
  call.parameters.emplace_back("false_discovery_rate", fmt::format("{}", query.false_discovery_rate));
  return call;
}

geo::Result<geo::TrendAnswer> ComputeTrends(const TrendCall& call, const geo::StopSignal& stop) {
  return geo::AnalyseTrends(*call.question.data, call.query, stop);
}

geo::Result<std::int64_t> EncodeAnalyseTrends(const TrendCall& call, const geo::Disclosed<geo::TrendAnswer>& disclosed, v1::AnalyseTrendsResponse& response) {
  const geo::TrendAnswer& answer = disclosed.value();
  for (const geo::TrendSeries& series : answer.series) EncodeSeries(call, answer, series, *response.add_series());
  EncodeCount(answer.unknown_hour, *response.mutable_unknown_hour());
  BuildContext(call.question.snapshot, *call.question.data, FactsOf(call, answer), disclosed.rule(), *response.mutable_context());
  return response.series_size();
}

}  // namespace server
