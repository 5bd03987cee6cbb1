// Answers about wards in years, ranks, months and boundaries, as a server would send them.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>

#include "tests/unit/server/cli/canned_answers.h"
#include "wardwatch/v1/ward_service.pb.h"

namespace server::canned {

inline api::Interval Between(double low, double high) {
  api::Interval interval;
  interval.set_low(low);
  interval.set_high(high);
  return interval;
}

inline api::Month MonthOf(int year, int month) {
  api::Month at;
  at.set_year(year);
  at.set_month(month);
  return at;
}

inline api::Rate RateOf(const std::string& denominator, double per, double value, double rate) {
  api::Rate out;
  out.set_denominator(denominator);
  out.set_per(per);
  if (value <= 0) return out;
  out.set_value(value);
  if (per == 1000) out.set_year(2021);
  out.set_rate_per_year(rate);
  *out.mutable_interval() = Between(rate / 2, rate * 2);
  return out;
}

inline void SetRank(api::RankInterval& rank, int at, int low, int high) {
  rank.set_rank(at);
  rank.set_low(low);
  rank.set_high(high);
}

inline api::YearsRow& AddYearsRow(api::CompareYearsResponse& answer, api::RowKind kind, const std::string& code, const std::string& title,
                                  std::initializer_list<std::int64_t> counts) {
  api::YearsRow& row = *answer.add_rows();
  row.set_kind(kind);
  row.set_area_code(code);
  row.set_area_title(title);
  for (const std::int64_t count : counts) {
    api::YearCell& cell = *row.add_cells();
    *cell.mutable_incidents() = Exact(count);
    *cell.mutable_crimes() = Exact(count / 2);
    if (kind == api::ROW_KIND_AREA) *cell.mutable_rate() = RateOf("residents", 1000, 10'000, static_cast<double>(count) / 10);
  }
  return row;
}

// 2021 to 2024, baseline 2021. Watling falls against both; St Mary's Island has too few to say and no percentage.
inline api::CompareYearsResponse Years() {
  api::CompareYearsResponse answer;
  for (int year = 2021; year <= 2024; ++year) *answer.add_periods() = YearOf(year);
  api::YearsRow& watling = AddYearsRow(answer, api::ROW_KIND_AREA, "E05014471", "Watling", {400, 350, 301, 199});
  SetRank(*watling.mutable_cells(3)->mutable_rank(), 2, 1, 3);
  api::BriefChange& fall = *watling.mutable_cells(3)->mutable_from_previous();
  fall.set_ratio(0.66);
  fall.set_percent(-33.9);
  fall.set_p_value(0.0001);
  fall.set_q_value(0.0002);
  fall.set_verdict(api::VERDICT_LOWER);
  api::BriefChange& long_fall = *watling.mutable_cells(3)->mutable_from_baseline();
  long_fall.set_ratio(0.5);
  long_fall.set_percent(-50.4);
  long_fall.set_verdict(api::VERDICT_LOWER);
  api::YearsRow& island = AddYearsRow(answer, api::ROW_KIND_AREA, "E05014467", "St Mary's Island", {0, 1, 2, 3});
  island.mutable_cells(3)->mutable_from_previous()->set_verdict(api::VERDICT_TOO_FEW_TO_SAY);
  island.mutable_cells(3)->mutable_from_baseline()->set_verdict(api::VERDICT_TOO_FEW_TO_SAY);
  AddYearsRow(answer, api::ROW_KIND_OUTSIDE, "", "", {4, 5, 4, 5});
  api::YearsRow& total = AddYearsRow(answer, api::ROW_KIND_TOTAL, "", "", {404, 356, 307, 207});
  total.mutable_cells(3)->mutable_from_previous()->set_verdict(api::VERDICT_LOWER);
  total.mutable_cells(3)->mutable_from_baseline()->set_verdict(api::VERDICT_LOWER);
  for (const char* breaks : {"", "covid-asb", ""}) answer.add_breaks_from_previous(breaks);
  for (const char* breaks : {"", "", "covid-asb", ""}) answer.add_breaks_from_baseline(breaks);
  answer.mutable_dispersion()->set_factor(2.3125);
  answer.mutable_dispersion()->set_areas(24);
  answer.mutable_dispersion()->set_applied(true);
  *answer.mutable_unknown_hour() = Exact(7);
  *answer.mutable_context() = Context();
  return answer;
}

// Two denominators; the third ward has no residents.
inline api::RankWardsResponse Ranks() {
  api::RankWardsResponse answer;
  answer.add_denominators("residents");
  answer.add_denominators("km2");
  const auto add = [&](const std::string& code, const std::string& title, std::int64_t count) -> api::RankedWard& {
    api::RankedWard& ward = *answer.add_wards();
    ward.set_area_code(code);
    ward.set_area_title(title);
    *ward.mutable_incidents() = Exact(count);
    *ward.mutable_crimes() = Exact(count / 2);
    return ward;
  };
  const auto measure = [](api::RankedWard& ward, double expected, api::FunnelClass funnel_class, api::RankLabel label) {
    ward.set_expected(expected);
    ward.set_ratio(static_cast<double>(ward.incidents().exact()) / expected);
    *ward.mutable_limits_95() = Between(expected * 0.8, expected * 1.2);
    *ward.mutable_limits_998() = Between(expected * 0.7, expected * 1.3);
    ward.set_funnel_class(funnel_class);
    ward.set_label(label);
  };
  api::RankedWard& chatham = add("E05014449", "Chatham Central & Brompton", 2304);
  measure(chatham, 1200.5, api::FUNNEL_CLASS_ABOVE_998, api::RANK_LABEL_ROBUST);
  chatham.set_explanation("rank 1 to 2 under both denominators.");
  for (const auto& rate : {RateOf("residents", 1000, 12'000, 192), RateOf("km2", 1, 2.5, 921.6)}) {
    api::DenominatorRank& by = *chatham.add_denominators();
    *by.mutable_rate() = rate;
    by.set_smoothed_rate_per_year(rate.rate_per_year() * 0.99);
    SetRank(*by.mutable_rank(), 1, 1, rate.denominator() == "km2" ? 1 : 2);
  }
  api::RankedWard& rural = add("E05014458", "Hoo St Werburgh & High Halstow", 410);
  measure(rural, 430, api::FUNNEL_CLASS_WITHIN, api::RANK_LABEL_DEPENDS_ON_DENOMINATOR);
  int low = 9;
  for (const auto& rate : {RateOf("residents", 1000, 11'000, 37.3), RateOf("km2", 1, 60, 6.8)}) {
    api::DenominatorRank& by = *rural.add_denominators();
    *by.mutable_rate() = rate;
    SetRank(*by.mutable_rank(), low + 1, low, low + 6);
    low = 18;
  }
  api::RankedWard& docks = add("E05014467", "St Mary's Island", 12);
  *docks.add_denominators()->mutable_rate() = RateOf("residents", 1000, 0, 0);
  *docks.add_denominators()->mutable_rate() = RateOf("km2", 1, 1, 12);
  *answer.mutable_period() = YearOf(2024);
  *answer.mutable_not_in_areas() = Exact(31);
  *answer.mutable_context() = Context();
  answer.mutable_context()->set_seed(1);
  return answer;
}

inline api::MonthPoint& AddMonth(api::TrendSeries& series, int year, int month, std::int64_t count, api::MonthUse use) {
  api::MonthPoint& point = *series.add_months();
  *point.mutable_month() = MonthOf(year, month);
  *point.mutable_incidents() = Exact(count);
  point.set_use(use);
  return point;
}

// Five months: a signal, a missing one, a partial one.
inline api::TrendSeries Series(api::RowKind kind, const std::string& code, const std::string& title) {
  api::TrendSeries series;
  series.set_kind(kind);
  series.set_area_code(code);
  series.set_area_title(title);
  for (const int month : {1, 2, 3}) {
    api::MonthPoint& point = AddMonth(series, 2024, month, month == 2 ? 200 : 100, api::MONTH_USE_USED);
    point.set_centre(100);
    *point.mutable_limits() = Between(50, 150);
    if (month == 2) point.set_signal(api::CONTROL_SIGNAL_ABOVE);
    if (month == 3) point.set_rolling_12(1234);
  }
  AddMonth(series, 2024, 4, 0, api::MONTH_USE_MISSING);
  AddMonth(series, 2024, 5, 20, api::MONTH_USE_PARTIAL);
  series.set_dispersion(1.5);
  api::TrendTest& trend = *series.mutable_trend();
  trend.set_method(api::TREND_METHOD_SEASONAL);
  trend.set_s(-12);
  trend.set_variance(40);
  trend.set_z(-1.7);
  trend.set_tau(-0.4);
  trend.set_p_value(0.0871);
  trend.set_q_value(0.0871);
  trend.set_slope_per_year(-3.25);
  *trend.mutable_slope_interval() = Between(-8, 0.5);
  trend.set_verdict(api::VERDICT_NO_CLEAR_CHANGE);
  for (int month = 1; month <= 12; ++month) series.add_seasonal_index(month == 7 ? 1.5 : month == 2 ? 0.5 : 1);
  api::ChangePoint& change = *series.add_change_points();
  *change.mutable_month() = MonthOf(2024, 2);
  change.set_level_before(100);
  change.set_level_after(160.5);
  change.set_p_value(0.004);
  api::YearForecast& forecast = *series.mutable_forecast();
  *forecast.mutable_days() = YearOf(2024);
  *forecast.mutable_to_date() = Exact(400);
  forecast.set_months_left(9);
  forecast.set_expected(1300.4);
  *forecast.mutable_interval() = Between(1100, 1500);
  series.set_explanation("No clear change; April is missing.");
  return series;
}

inline api::AnalyseTrendsResponse OneTrend() {
  api::AnalyseTrendsResponse answer;
  *answer.add_series() = Series(api::ROW_KIND_TOTAL, "", "");
  *answer.mutable_context() = Context();
  return answer;
}

// One area as above, one too short for any test, the total.
inline api::AnalyseTrendsResponse ManyTrends() {
  api::AnalyseTrendsResponse answer;
  *answer.add_series() = Series(api::ROW_KIND_AREA, "E05014471", "Watling");
  api::TrendSeries& young = *answer.add_series();
  young = Series(api::ROW_KIND_AREA, "E05014467", "St Mary's Island");
  young.clear_forecast();
  young.clear_seasonal_index();
  young.clear_change_points();
  *young.mutable_trend() = api::TrendTest();
  young.mutable_trend()->set_verdict(api::VERDICT_TOO_FEW_TO_SAY);
  *answer.add_series() = Series(api::ROW_KIND_TOTAL, "", "");
  *answer.mutable_context() = Context();
  return answer;
}

inline void SetChange(api::Change& change, std::int64_t before, std::int64_t after, api::Verdict verdict) {
  *change.mutable_difference() = Exact(after - before);
  change.set_ratio(static_cast<double>(after) / static_cast<double>(before));
  *change.mutable_ratio_interval() = Between(change.ratio() * 0.9, change.ratio() * 1.1);
  if (before >= 20) change.set_percent(100 * (change.ratio() - 1));
  change.set_p_value(0.5);
  change.set_q_value(0.5);
  change.set_widened_p_value(0.5);
  change.set_verdict(verdict);
}

inline api::CheckRiseResponse Rise() {
  api::CheckRiseResponse answer;
  SetPeriod(*answer.mutable_before(), 100, 10'000);
  SetPeriod(*answer.mutable_after(), 150, 10'000);
  SetChange(*answer.mutable_change(), 100, 150, api::VERDICT_HIGHER);
  answer.mutable_change()->set_explanation("100 to 150 incidents: higher.");
  answer.add_reasons("The place is higher than before, and its peers are not.");
  answer.add_reasons("No break of recording lies in the periods or between them, and no month of either is partial or provisional.");
  const auto add = [&](api::ComparisonKind kind, const std::string& id, const std::string& title, std::int64_t before, std::int64_t after) {
    api::RiseComparison& comparison = *answer.add_comparisons();
    comparison.set_kind(kind);
    comparison.set_id(id);
    comparison.set_title(title);
    SetPeriod(*comparison.mutable_before(), before, 0);
    SetPeriod(*comparison.mutable_after(), after, 0);
    SetChange(*comparison.mutable_change(), before, after, before < 10 ? api::VERDICT_TOO_FEW_TO_SAY : api::VERDICT_NO_CLEAR_CHANGE);
    if (kind == api::COMPARISON_KIND_CATEGORY) return;
    comparison.set_ratio_of_ratios(1.5);
    *comparison.mutable_ratio_of_ratios_interval() = Between(1.2, 1.9);
    comparison.set_p_value(0.0004);
  };
  add(api::COMPARISON_KIND_PEERS, "", "all 2 peers together", 1000, 1001);
  add(api::COMPARISON_KIND_CATEGORY, "burglary", "Burglary", 8, 10);
  add(api::COMPARISON_KIND_PEER, "E05014471", "Watling", 500, 500);
  add(api::COMPARISON_KIND_PEER, "E05014470", "Twydall", 500, 501);
  answer.set_peers_as_extreme(0.5);
  *answer.mutable_context() = Context();
  for (const auto& [name, value] : {std::pair("before", "2023-01-01/2024-01-01"), std::pair("after", "2024-01-01/2025-01-01")}) {
    api::Parameter& parameter = *answer.mutable_context()->add_parameters();
    parameter.set_name(name);
    parameter.set_value(value);
  }
  return answer;
}

inline api::BoundaryRow& AddBoundary(api::CompareBoundariesResponse& answer, api::RowKind kind, const std::string& code, const std::string& title,
                                     std::int64_t old_before, std::int64_t new_before, std::int64_t after) {
  api::BoundaryRow& row = *answer.add_rows();
  row.set_kind(kind);
  row.set_area_code(code);
  row.set_area_title(title);
  *row.mutable_before_on_old() = Exact(old_before);
  *row.mutable_before_on_new() = Exact(new_before);
  *row.mutable_after_on_new() = Exact(after);
  *row.mutable_naive_difference() = Exact(after - old_before);
  *row.mutable_boundary_moved() = Exact(new_before - old_before);
  *row.mutable_incidents_changed() = Exact(after - new_before);
  return row;
}

// Watling gave ground to a new ward; Old Town is no more.
inline api::CompareBoundariesResponse Boundaries() {
  api::CompareBoundariesResponse answer;
  api::BoundaryRow& watling = AddBoundary(answer, api::ROW_KIND_AREA, "E05014471", "Watling", 400, 300, 310);
  watling.set_predecessor_code("E05002345");
  watling.set_predecessor_title("Watling (old)");
  watling.set_predecessor_share_kept(0.75);
  watling.set_area_km2(2.5);
  SetChange(*watling.mutable_change(), 300, 310, api::VERDICT_NO_CLEAR_CHANGE);
  watling.mutable_change()->set_explanation("300 to 310 incidents: no clear change.");
  api::BoundaryRow& fort = AddBoundary(answer, api::ROW_KIND_AREA, "E05014456", "Fort Pitt", 0, 150, 100);
  fort.set_area_km2(1.5);
  SetChange(*fort.mutable_change(), 150, 100, api::VERDICT_LOWER);
  api::BoundaryRow& gone = AddBoundary(answer, api::ROW_KIND_AREA, "", "", 50, 0, 0);
  gone.set_predecessor_code("E05002340");
  gone.set_predecessor_title("Old Town");
  AddBoundary(answer, api::ROW_KIND_OUTSIDE, "", "", 4, 4, 5);
  AddBoundary(answer, api::ROW_KIND_TOTAL, "", "", 454, 454, 415);
  const auto flow = [&](const std::string& from, const std::string& to, std::int64_t before, double share) {
    api::BoundaryFlow& out = *answer.add_flows();
    out.set_from_code(from);
    out.set_to_code(to);
    *out.mutable_before() = Exact(before);
    *out.mutable_after() = Exact(before + 1);
    if (from.empty() || to.empty()) return;
    out.set_area_km2(share);
    out.set_share_of_from(share);
    out.set_share_of_to(share / 2);
  };
  flow("E05002345", "E05014456", 100, 0.25);
  flow("E05002345", "E05014471", 300, 0.75);
  flow("", "", 4, 0);
  answer.set_from_vintage("wards-2003");
  answer.set_to_vintage("wards-2023");
  *answer.mutable_before() = YearOf(2022);
  *answer.mutable_after() = YearOf(2024);
  *answer.mutable_context() = Context();
  return answer;
}

inline api::CrosswalkCountsResponse Crosswalk() {
  api::CrosswalkCountsResponse answer;
  const auto add = [&](api::RowKind kind, const std::string& code, const std::string& title, double estimate, double low, double high, int missing) {
    api::CrosswalkRow& row = *answer.add_rows();
    row.set_kind(kind);
    row.set_area_code(code);
    row.set_area_title(title);
    row.set_estimate(estimate);
    row.set_low(low);
    row.set_high(high);
    row.set_not_published(missing);
  };
  add(api::ROW_KIND_AREA, "E05014471", "Watling", 300.25, 300, 400, 0);
  add(api::ROW_KIND_AREA, "E05014456", "Fort Pitt", 99.75, 0, 400, 1);
  add(api::ROW_KIND_TOTAL, "", "", 400, 400, 400, 0);
  api::CrosswalkShare& share = *answer.add_shares();
  share.set_from_code("E05002345");
  share.set_to_code("E05014456");
  share.set_share(0.25);
  share.set_count(99.75);
  *answer.mutable_context() = Context();
  return answer;
}

}  // namespace server::canned
