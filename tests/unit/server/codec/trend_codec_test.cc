#include "server/codec/trend_codec.h"

#include "tests/unit/server/codec/town_request.h"

namespace server {
namespace {

using namespace town_request;
using wardwatch::v1::AnalyseTrendsRequest;
using wardwatch::v1::AnalyseTrendsResponse;

const std::string kTown = "dataset: 'datasets/town' ";
const std::string kBase = kTown + "period { calendar_year: 2023 } ";

TEST(DecodeAnalyseTrends, WhatIsLeftOut) {
  const auto call = DecodeAnalyseTrends(Parsed<AnalyseTrendsRequest>(kBase), Town());
  ASSERT_TRUE(call) << call.error().message;
  EXPECT_EQ(call->query.split, geo::TrendSplit::kWhole);
  EXPECT_FALSE(call->query.forecast);
  EXPECT_EQ(call->query.false_discovery_rate, 0.05);
  EXPECT_EQ(ValueOf(call->parameters, "split"), "whole");
}

TEST(DecodeAnalyseTrends, AllThatMayBeSaid) {
  const auto call = DecodeAnalyseTrends(
      Parsed<AnalyseTrendsRequest>(kTown + "period { days { begin { year: 2020 month: 1 day: 1 } end { year: 2024 month: 1 day: 1 } } } vintage: 'wards-2015' "
                                           "split: TREND_SPLIT_AREAS_AND_CATEGORIES false_discovery_rate: 0.2 forecast { financial_year: 2023 }"),
      Town());
  ASSERT_TRUE(call) << call.error().message;
  EXPECT_EQ(call->query.split, geo::TrendSplit::kAreasAndCategories);
  EXPECT_EQ(call->query.vintage, 0U);
  EXPECT_EQ(call->query.forecast, geo::Period::FinancialYear(2023));
}

TEST(DecodeAnalyseTrends, RefusesByName) {
  ExpectRefused<AnalyseTrendsRequest>(
      kTown,
      {
          {"period { month { year: 2023 month: 2 } }", "period", "OUT_OF_RANGE", "has 1 months; send 3 to 120"},
          {"period { days { begin { year: 2023 month: 1 day: 2 } end { year: 2023 month: 7 day: 1 } } }", "period", "OUT_OF_RANGE", "whole months"},
          {"", "period", "MISSING", "calendar_year"},
      },
      DecodeAnalyseTrends);
  ExpectRefused<AnalyseTrendsRequest>(kBase,
                                      {
                                          {"split: 7", "split", "UNKNOWN_VALUE", "TREND_SPLIT_AREAS (2)"},
                                          {"forecast { month { year: 2023 month: 4 } }", "forecast", "OUT_OF_RANGE", "twelve whole months"},
                                          {"forecast {}", "forecast", "MISSING", "calendar_year"},
                                          {"false_discovery_rate: -1", "false_discovery_rate", "OUT_OF_RANGE", "-1"},
                                      },
                                      DecodeAnalyseTrends);
}

TEST(DecodeAnalyseTrends, NeedsBoundaries) {
  geo::DrawnDataset town;
  town.record().id = "town";
  town.add_monthly({geo::DayOf(2023, 1, 1), geo::DayOf(2024, 1, 1)}, 5, geo::GridPoint::FromMeters(500'000, 200'000));
  const auto bare = town.build();
  const auto call = DecodeAnalyseTrends(Parsed<AnalyseTrendsRequest>(kBase), *bare);
  ASSERT_FALSE(call);
  EXPECT_EQ(call.error().field, "vintage");
  EXPECT_EQ(call.error().reason, "NO_AREAS");
}

TEST(EncodeAnalyseTrends, MonthsUsesAndWhatIsAbsent) {
  const auto call = DecodeAnalyseTrends(Parsed<AnalyseTrendsRequest>(kBase), Town());
  ASSERT_TRUE(call);
  geo::TrendAnswer answer;
  answer.first = geo::Month::Of(2023, 11);
  answer.months = 3;
  answer.forecast_year = geo::Period::CalendarYear(2024);
  geo::TrendSeries series;
  series.counts = {4, 0, 6};
  series.use = {geo::MonthUse::kUsed, geo::MonthUse::kMissing, geo::MonthUse::kProvisional};
  series.rolling_12 = {48, std::nullopt, std::nullopt};
  series.chart.points = {{4.5, 1, 8, geo::ControlSignal::kRunBelow}, {std::nullopt, 0, 0, geo::ControlSignal::kNone}, {}};
  series.changes = {{2, 4, 6, 0.01}};
  series.forecast = geo::YearEnd{10, 2, 60.5, 50, 71};
  answer.series = {series};
  AnalyseTrendsResponse response;
  ASSERT_EQ(EncodeAnalyseTrends(*call, geo::Disclose(answer, geo::Role::kAnalyst), response), 1);
  const auto& out = response.series(0);
  ASSERT_EQ(out.months_size(), 3);
  EXPECT_EQ(out.months(2).month().year(), 2024);
  EXPECT_EQ(out.months(2).month().month(), 1);
  EXPECT_EQ(out.months(0).rolling_12(), 48);
  EXPECT_FALSE(out.months(1).has_rolling_12());
  EXPECT_EQ(out.months(1).use(), wardwatch::v1::MONTH_USE_MISSING);
  EXPECT_EQ(out.months(2).use(), wardwatch::v1::MONTH_USE_PROVISIONAL);
  EXPECT_EQ(out.months(0).signal(), wardwatch::v1::CONTROL_SIGNAL_RUN_BELOW);
  EXPECT_EQ(out.months(0).limits().high(), 8);
  EXPECT_FALSE(out.months(1).has_centre());
  EXPECT_FALSE(out.months(1).has_limits());
  EXPECT_EQ(out.seasonal_index_size(), 0);
  EXPECT_FALSE(out.trend().has_slope_interval());  // no test was made
  EXPECT_EQ(out.change_points(0).month().month(), 1);
  EXPECT_EQ(out.forecast().to_date().exact(), 10);
  EXPECT_EQ(out.forecast().days().begin().year(), 2024);
  EXPECT_EQ(out.kind(), wardwatch::v1::ROW_KIND_TOTAL);
}

}  // namespace
}  // namespace server
