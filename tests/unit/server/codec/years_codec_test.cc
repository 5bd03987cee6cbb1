#include "server/codec/years_codec.h"

#include "tests/unit/server/codec/town_request.h"

namespace server {
namespace {

using namespace town_request;
using wardwatch::v1::CompareYearsRequest;
using wardwatch::v1::CompareYearsResponse;

const std::string kTown = "dataset: 'datasets/town' ";
const std::string kBase = kTown + "periods { calendar_year: 2021 } periods { calendar_year: 2022 } periods { calendar_year: 2023 } ";

TEST(DecodeCompareYears, WhatIsLeftOut) {
  const auto call = DecodeCompareYears(Parsed<CompareYearsRequest>(kBase), Town());
  ASSERT_TRUE(call) << call.error().message;
  ASSERT_EQ(call->query.periods.size(), 3U);
  EXPECT_EQ(call->query.periods[2], geo::Period::CalendarYear(2023));
  EXPECT_EQ(call->query.baseline, 0U);
  EXPECT_EQ(call->query.vintage, 1U);  // in force at the end of the last period
  EXPECT_EQ(call->query.denominator, "residents");
  EXPECT_EQ(call->query.seed, 1U);
  EXPECT_EQ(ValueOf(call->parameters, "periods[1]"), "2022-01-01/2023-01-01");
  EXPECT_EQ(ValueOf(call->parameters, "baseline"), "0");
  EXPECT_EQ(ValueOf(call->parameters, "denominator"), "residents");
  EXPECT_EQ(ValueOf(call->parameters, "seed"), "1");
}

TEST(DecodeCompareYears, AllThatMayBeSaid) {
  const auto call =
      DecodeCompareYears(Parsed<CompareYearsRequest>(
                             kBase + "baseline: 2 vintage: 'wards-2015' false_discovery_rate: 0.5 by_category: true denominator: 'km2' spread: 2 seed: 77"),
                         Town());
  ASSERT_TRUE(call) << call.error().message;
  EXPECT_EQ(call->query.baseline, 2U);
  EXPECT_EQ(call->query.vintage, 0U);
  EXPECT_EQ(call->query.denominator, "km2");
  EXPECT_EQ(call->query.spread, geo::Spread::kPoisson);
  EXPECT_TRUE(call->query.by_category);
  EXPECT_EQ(call->query.seed, 77U);
}

TEST(DecodeCompareYears, RefusesPeriodsByTheirPlace) {
  std::string thirteen;
  for (int month = 1; month <= 12; ++month) thirteen += "periods { month { year: 2022 month: " + std::to_string(month) + " } } ";
  thirteen += "periods { calendar_year: 2023 }";
  ExpectRefused<CompareYearsRequest>(
      kTown,
      {
          {"", "periods", "OUT_OF_RANGE", "has 0 entries; send 2 to 12"},
          {"periods { calendar_year: 2022 }", "periods", "OUT_OF_RANGE", "has 1 entries"},
          {thirteen.c_str(), "periods", "OUT_OF_RANGE", "has 13 entries"},
          {"periods { calendar_year: 2022 } periods {}", "periods[1]", "MISSING", "calendar_year"},
          {"periods { calendar_year: 2022 } periods { financial_year: 2022 }", "periods[1]", "OUT_OF_RANGE", "overlaps periods[0]"},
          {"periods { calendar_year: 2023 } periods { calendar_year: 2022 }", "periods[1]", "OUT_OF_RANGE", "order of time"},
          {"periods { calendar_year: 2022 } periods { calendar_year: 0 }", "periods[1].calendar_year", "OUT_OF_RANGE", "1900"},
      },
      DecodeCompareYears);
  ExpectRefused<CompareYearsRequest>(kBase,
                                     {
                                         {"baseline: 3", "baseline", "OUT_OF_RANGE", "0 to 2"},
                                         {"baseline: -1", "baseline", "OUT_OF_RANGE", "-1"},
                                         {"denominator: 'households'", "denominator", "NO_SUCH_DENOMINATOR", "km2"},
                                         {"seed: -1", "seed", "OUT_OF_RANGE", "-1"},
                                         {"spread: 3", "spread", "UNKNOWN_VALUE", "SPREAD_WIDENED"},
                                         {"vintage: 'x'", "vintage", "UNKNOWN_VINTAGE", "wards-2015"},
                                     },
                                     DecodeCompareYears);
}

TEST(EncodeCompareYears, NoVerdictOutsideAndBreaksByPeriod) {
  const auto call = DecodeCompareYears(Parsed<CompareYearsRequest>(kBase + "baseline: 1"), Town());
  ASSERT_TRUE(call);
  geo::YearsAnswer answer;
  const geo::CrossedBreak one{"one", geo::Period::CalendarYear(2021), "first"}, two{"two", geo::Period::CalendarYear(2022), "second"};
  answer.from_previous = {{}, {one, two}, {}};
  answer.from_baseline = {{two}, {}, {}};
  const geo::BriefChange higher{1.5, 50.0, 0.001, 0.002, geo::Verdict::kHigher};
  for (const auto kind : {geo::WardRow::Kind::kArea, geo::WardRow::Kind::kOutside, geo::WardRow::Kind::kTotal}) {
    geo::YearsRow row;
    row.kind = kind;
    row.area = kind == geo::WardRow::Kind::kArea ? geo::AreaIndex{0} : geo::kOutside;
    row.cells.resize(3);
    row.cells[1] = {7, 5, {"residents", 5000.0, 2022, 1000, 1.4, 0.5, 3.0}, geo::RankRange{2, 1, 3}, higher, std::nullopt};
    answer.rows.push_back(row);
  }
  CompareYearsResponse response;
  const auto rows = EncodeCompareYears(*call, geo::Disclose(answer, geo::Role::kAnalyst), response);
  ASSERT_EQ(rows, 3);
  ASSERT_EQ(response.breaks_from_previous_size(), 2);  // for each period but the first
  EXPECT_EQ(response.breaks_from_previous(0), "one, two");
  EXPECT_EQ(response.breaks_from_previous(1), "");
  ASSERT_EQ(response.breaks_from_baseline_size(), 3);
  EXPECT_EQ(response.breaks_from_baseline(0), "two");
  EXPECT_EQ(response.rows(0).area_code(), "E01");
  const auto& cell = response.rows(0).cells(1);
  EXPECT_EQ(cell.incidents().exact(), 7);
  EXPECT_EQ(cell.rate().rate_per_year(), 1.4);
  EXPECT_EQ(cell.rank().high(), 3);
  EXPECT_EQ(cell.from_previous().verdict(), wardwatch::v1::VERDICT_HIGHER);
  EXPECT_FALSE(cell.has_from_baseline());
  EXPECT_EQ(response.rows(1).cells(1).from_previous().verdict(), wardwatch::v1::VERDICT_UNSPECIFIED);
  EXPECT_EQ(response.rows(2).cells(1).from_previous().verdict(), wardwatch::v1::VERDICT_HIGHER);
  EXPECT_EQ(response.context().seed(), 1);
  std::vector<std::string> ids;
  for (const auto& crossed : response.context().breaks_crossed()) ids.push_back(crossed.id());
  EXPECT_THAT(ids, ::testing::IsSupersetOf({"one", "two"}));
}

}  // namespace
}  // namespace server
