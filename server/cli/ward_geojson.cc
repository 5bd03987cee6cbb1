#include "server/cli/ward_geojson.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "server/cli/geojson_parts.h"
#include "server/cli/period_text.h"
#include "server/cli/rank_report.h"
#include "server/cli/trend_words.h"
#include "server/cli/ward_names.h"
#include "wardwatch/v1/dataset_service.pb.h"
#include "wardwatch/v1/ward_service.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

// One feature for each row. `area_of` says which area's shape it has, empty for none; `properties_of` the rest.
template <class Rows, class AreaOf, class PropertiesOf>
geo::Result<std::string> RowsGeoJson(const Rows& rows, const api::AnswerContext& context, const api::ListAreasResponse& areas, const AreaOf& area_of,
                                     const PropertiesOf& properties_of) {
  const AreaShapes shapes(areas);
  std::vector<Json> features;
  for (const auto& row : rows) {
    const std::string code = area_of(row);
    auto geometry = code.empty() ? geo::Result<Json>(nullptr) : shapes.of(code);
    if (!geometry) return geo::Fail(geometry.error());
    features.push_back(Feature(std::move(*geometry), properties_of(row)));
  }
  return Collection(features, context);
}

// The area of a row that is one.
const auto kAreaOfRow = [](const auto& row) { return row.kind() == api::ROW_KIND_AREA ? row.area_code() : std::string(); };

template <class Row>
Json RowHead(const Row& row) {
  return Json{{"kind", RowKindWord(row.kind())}, {"area_code", row.area_code()}, {"area_title", RowTitle(row.kind(), row.area_title())}};
}

void SetRate(Json& properties, const std::string& suffix, const api::Rate& rate) {
  SetNumber(properties, "denominator_value_" + suffix, rate.has_value(), rate.value());
  SetNumber(properties, "rate_per_year_" + suffix, rate.has_rate_per_year(), rate.rate_per_year());
  properties["rate_per_" + suffix] = rate.per();
  SetInterval(properties, "rate_95_" + suffix, rate.has_interval(), rate.interval());
}

void SetPeriodCount(Json& properties, const std::string& prefix, const api::PeriodCount& count) {
  SetCount(properties, prefix + "_incidents", count.incidents());
  SetCount(properties, prefix + "_crimes", count.crimes());
  SetNumber(properties, prefix + "_residents", count.has_residents(), count.residents());
  const bool rated = count.has_rate_per_1000_per_year();
  SetNumber(properties, prefix + "_rate_per_1000_per_year", rated, count.rate_per_1000_per_year());
  SetNumber(properties, prefix + "_rate_low_95", rated, count.rate_interval().low());
  SetNumber(properties, prefix + "_rate_high_95", rated && count.rate_interval().has_high(), count.rate_interval().high());
  for (const api::Rate& rate : count.other_rates()) SetRate(properties, prefix + "_" + rate.denominator(), rate);
}

void SetChange(Json& properties, const api::Change& change) {
  SetNumber(properties, "ratio_per_day", change.has_ratio(), change.ratio());
  SetNumber(properties, "ratio_low_95", change.has_ratio_interval(), change.ratio_interval().low());
  SetNumber(properties, "ratio_high_95", change.ratio_interval().has_high(), change.ratio_interval().high());
  SetNumber(properties, "percent_change_per_day", change.has_percent(), change.percent());
  const bool tested = change.verdict() != api::VERDICT_UNSPECIFIED;
  SetNumber(properties, "p_value", tested, change.p_value());
  SetNumber(properties, "q_value", tested, change.q_value());
  properties["verdict"] = VerdictWord(change.verdict());
  properties["explanation"] = change.explanation();
}

void SetBrief(Json& properties, const std::string& prefix, const std::string& suffix, bool present, const api::BriefChange& change) {
  SetNumber(properties, prefix + "_ratio" + suffix, present && change.has_ratio(), change.ratio());
  SetNumber(properties, prefix + "_percent" + suffix, present && change.has_percent(), change.percent());
  const bool tested = present && change.verdict() != api::VERDICT_UNSPECIFIED;
  SetNumber(properties, prefix + "_q_value" + suffix, tested, change.q_value());
  properties[prefix + "_verdict" + suffix] = VerdictWord(change.verdict());
}

void SetRank(Json& properties, const std::string& suffix, bool present, const api::RankInterval& rank) {
  properties["rank_" + suffix] = present ? Json(rank.rank()) : Json(nullptr);
  properties["rank_low_90_" + suffix] = present ? Json(rank.low()) : Json(nullptr);
  properties["rank_high_90_" + suffix] = present ? Json(rank.high()) : Json(nullptr);
}

Json SeriesProperties(const api::TrendSeries& series) {
  Json properties = RowHead(series);
  properties["category"] = series.category();
  Json months = Json::array();
  Json incidents = Json::array();
  Json uses = Json::array();
  for (const api::MonthPoint& point : series.months()) {
    const api::Count& count = point.incidents();
    const bool known = point.use() != api::MONTH_USE_MISSING && !count.has_suppressed() && count.value_case() != api::Count::VALUE_NOT_SET;
    months.push_back(MonthText(point.month()));
    incidents.push_back(!known ? Json(nullptr) : Json(count.has_exact() ? count.exact() : count.rounded()));
    uses.push_back(MonthUseWord(point.use()));
  }
  properties["months"] = std::move(months);
  properties["incidents"] = std::move(incidents);
  properties["month_use"] = std::move(uses);
  const api::TrendTest& trend = series.trend();
  const bool tested = trend.method() != api::TREND_METHOD_UNSPECIFIED;
  properties["trend_method"] = TrendMethodWord(trend.method());
  SetNumber(properties, "slope_per_year", tested, trend.slope_per_year());
  SetInterval(properties, "slope_95", tested && trend.has_slope_interval(), trend.slope_interval());
  SetNumber(properties, "q_value", tested, trend.q_value());
  properties["verdict"] = VerdictWord(trend.verdict());
  const api::YearForecast& forecast = series.forecast();
  properties["forecast_days"] = series.has_forecast() ? Json(DayRangeText(forecast.days())) : Json(nullptr);
  SetNumber(properties, "forecast_expected", series.has_forecast(), forecast.expected());
  SetInterval(properties, "forecast_95", series.has_forecast() && forecast.has_interval(), forecast.interval());
  properties["explanation"] = series.explanation();
  return properties;
}

Json BoundaryProperties(const api::CompareBoundariesResponse& answer, const api::BoundaryRow& row) {
  Json properties = RowHead(row);
  properties["predecessor_code"] = row.predecessor_code();
  properties["predecessor_title"] = row.predecessor_title();
  SetNumber(properties, "predecessor_share_kept", !row.area_code().empty() && !row.predecessor_code().empty(), row.predecessor_share_kept());
  properties["before_days"] = DayRangeText(answer.before());
  properties["after_days"] = DayRangeText(answer.after());
  SetCount(properties, "before_on_old", row.before_on_old());
  SetCount(properties, "before_on_new", row.before_on_new());
  SetCount(properties, "after_on_new", row.after_on_new());
  SetCount(properties, "naive_difference", row.naive_difference());
  SetCount(properties, "boundary_moved", row.boundary_moved());
  SetCount(properties, "incidents_changed", row.incidents_changed());
  SetChange(properties, row.change());
  return properties;
}

}  // namespace

geo::Result<std::string> WardsGeoJson(const api::CompareWardsResponse& answer, const api::ListAreasResponse& areas) {
  return RowsGeoJson(answer.rows(), answer.context(), areas, kAreaOfRow, [&](const api::WardRow& row) {
    Json properties = RowHead(row);
    if (!row.category().empty()) properties["category"] = row.category();
    properties["before_days"] = DayRangeText(answer.before());
    properties["after_days"] = DayRangeText(answer.after());
    SetPeriodCount(properties, "before", row.before());
    SetPeriodCount(properties, "after", row.after());
    SetCount(properties, "difference", row.change().difference());
    SetChange(properties, row.change());
    return properties;
  });
}

geo::Result<std::string> YearsGeoJson(const api::CompareYearsResponse& answer, const api::ListAreasResponse& areas) {
  Json periods = Json::array();
  for (const api::DayRange& days : answer.periods()) periods.push_back(ShortPeriodText(days));
  return RowsGeoJson(answer.rows(), answer.context(), areas, kAreaOfRow, [&](const api::YearsRow& row) {
    Json properties = RowHead(row);
    if (!row.category().empty()) properties["category"] = row.category();
    properties["periods"] = periods;
    for (int i = 0; i < row.cells_size(); ++i) {
      const api::YearCell& cell = row.cells(i);
      const std::string number = std::to_string(i + 1);
      SetCount(properties, "incidents_" + number, cell.incidents());
      SetCount(properties, "crimes_" + number, cell.crimes());
      SetRate(properties, number, cell.rate());
      SetRank(properties, number, cell.has_rank(), cell.rank());
      SetBrief(properties, "from_previous", "_" + number, cell.has_from_previous(), cell.from_previous());
      SetBrief(properties, "from_baseline", "_" + number, cell.has_from_baseline(), cell.from_baseline());
    }
    return properties;
  });
}

geo::Result<std::string> RankGeoJson(const api::RankWardsResponse& answer, const api::ListAreasResponse& areas) {
  const auto area_of = [](const api::RankedWard& ward) { return ward.area_code(); };
  return RowsGeoJson(answer.wards(), answer.context(), areas, area_of, [&](const api::RankedWard& ward) {
    Json properties{{"area_code", ward.area_code()}, {"area_title", ward.area_title()}, {"days", DayRangeText(answer.period())}};
    SetCount(properties, "incidents", ward.incidents());
    SetCount(properties, "crimes", ward.crimes());
    SetNumber(properties, "expected", ward.has_expected(), ward.expected());
    SetNumber(properties, "ratio", ward.has_ratio(), ward.ratio());
    SetInterval(properties, "limits_95", ward.has_limits_95(), ward.limits_95());
    SetInterval(properties, "limits_998", ward.has_limits_998(), ward.limits_998());
    properties["funnel_class"] = FunnelWord(ward.funnel_class());
    for (const api::DenominatorRank& rank : ward.denominators()) {
      const std::string& name = rank.rate().denominator();
      SetRate(properties, name, rank.rate());
      SetNumber(properties, "smoothed_rate_per_year_" + name, rank.has_smoothed_rate_per_year(), rank.smoothed_rate_per_year());
      SetRank(properties, name, rank.has_rank(), rank.rank());
    }
    properties["label"] = RankLabelWord(ward.label());
    properties["explanation"] = ward.explanation();
    return properties;
  });
}

geo::Result<std::string> TrendGeoJson(const api::AnalyseTrendsResponse& answer, const api::ListAreasResponse& areas) {
  return RowsGeoJson(answer.series(), answer.context(), areas, kAreaOfRow, SeriesProperties);
}

geo::Result<std::string> BoundariesGeoJson(const api::CompareBoundariesResponse& answer, const api::ListAreasResponse& areas) {
  return RowsGeoJson(answer.rows(), answer.context(), areas, kAreaOfRow, [&](const api::BoundaryRow& row) { return BoundaryProperties(answer, row); });
}

geo::Result<std::string> CrosswalkGeoJson(const api::CrosswalkCountsResponse& answer, const api::ListAreasResponse& areas) {
  return RowsGeoJson(answer.rows(), answer.context(), areas, kAreaOfRow, [](const api::CrosswalkRow& row) {
    Json properties = RowHead(row);
    properties["estimate"] = row.estimate();
    properties["low"] = row.low();
    properties["high"] = row.high();
    properties["not_published"] = row.not_published();
    return properties;
  });
}

}  // namespace server
