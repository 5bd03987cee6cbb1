#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "geo/change/ward_trends.h"
#include "tests/support/drawn_dataset.h"

namespace geo {
namespace {

using testing::HasSubstr;

const GridPoint kInA = GridPoint::FromMeters(500'500, 200'500), kInB = GridPoint::FromMeters(501'500, 200'500);
const GridPoint kFar = GridPoint::FromMeters(600'000, 300'000);
const Period kFiveYears{DayOf(2018, 1, 1), DayOf(2023, 1, 1)};

Period MonthOf(Month month) { return {month.first_day(), month.next().first_day()}; }

// Wards A and B over 2018 to 2022: A rises by one robbery every second month, B stays at 20 with a ripple; 10 incidents of anti-social behaviour in A.
DrawnDataset TwoWards() {
  DrawnDataset drawn;
  const std::size_t wards = drawn.add_vintage("wards");
  drawn.add_square(wards, "A", 500'000, 200'000, 1000);
  drawn.add_square(wards, "B", 501'000, 200'000, 1000);
  for (int i = 0; i < 60; ++i) {
    const Period month = MonthOf({Month::Of(2018, 1).index + i});
    drawn.add_monthly(month, 30 + i / 2, kInA);
    drawn.add_monthly(month, 20 + i * 7 % 5, kInB);
    drawn.add_monthly(month, 10, kInA, 1);
    drawn.add_monthly(month, 2, kFar);
    drawn.add_monthly(month, 1, kUnlocated);
  }
  return drawn;
}

TrendQuery Ask(const DatasetSnapshot& data, TrendSplit split, Period period = kFiveYears) {
  TrendQuery query;
  query.filter = FilterAll(data, period);
  query.split = split;
  return query;
}

TrendAnswer Analyse(const DrawnDataset& drawn, TrendSplit split, Period period = kFiveYears) {
  const auto snapshot = drawn.build();
  return AnalyseTrends(snapshot->datasets[0], Ask(snapshot->datasets[0], split, period), NeverStop()).value();
}

Error Refusal(const DrawnDataset& drawn, const std::function<void(TrendQuery&)>& spoil) {
  const auto snapshot = drawn.build();
  TrendQuery query = Ask(snapshot->datasets[0], TrendSplit::kAreas);
  spoil(query);
  const auto answer = AnalyseTrends(snapshot->datasets[0], query, NeverStop());
  return answer ? Error{} : answer.error();
}

std::string UseWord(const TrendSeries& series) {
  std::string word;
  for (const MonthUse use : series.use) word += "umpvb"[static_cast<int>(use)];
  return word;
}

TEST(AnalyseTrends, PutsEveryIncidentInOneMonthOfOneSeries) {
  const TrendAnswer areas = Analyse(TwoWards(), TrendSplit::kAreas);
  ASSERT_EQ(areas.series.size(), 5U);
  EXPECT_EQ(areas.months, 60);
  EXPECT_EQ(areas.series[0].counts[0], 40);
  EXPECT_EQ(areas.series[0].counts[59], 69);
  EXPECT_EQ(areas.series[2].kind, WardRow::Kind::kOutside);
  EXPECT_EQ(areas.series[2].counts[7], 2);
  EXPECT_EQ(areas.series[3].counts[7], 1);
  const TrendAnswer cells = Analyse(TwoWards(), TrendSplit::kAreasAndCategories);
  ASSERT_EQ(cells.series.size(), 10U);
  EXPECT_EQ(cells.series[1].category, CategoryIndex{1});
  for (std::size_t i = 0; i < 60; ++i) {
    EXPECT_EQ(cells.series[0].counts[i] + cells.series[1].counts[i], areas.series[0].counts[i]);
    EXPECT_EQ(cells.series[8].counts[i] + cells.series[9].counts[i], areas.series[4].counts[i]);
    EXPECT_EQ(areas.series[4].counts[i], areas.series[0].counts[i] + areas.series[1].counts[i] + 3);
  }
  EXPECT_EQ(areas.series[4].counts, Analyse(TwoWards(), TrendSplit::kWhole).series[0].counts);
  EXPECT_EQ(areas.incidents - areas.located, 60);
}

TEST(AnalyseTrends, FindsTheRiseOfOneWardAndNoneInTheOther) {
  const TrendAnswer answer = Analyse(TwoWards(), TrendSplit::kAreas);
  EXPECT_EQ(answer.series[0].verdict, Verdict::kHigher);
  EXPECT_NEAR(answer.series[0].slope_per_year.slope, 6, 0.3);
  EXPECT_LE(answer.series[0].slope_per_year.low, 6.1);
  EXPECT_GE(answer.series[0].slope_per_year.high, 5.9);
  EXPECT_EQ(answer.series[1].verdict, Verdict::kNoClearChange);
  EXPECT_EQ(answer.tests_made, 2);
  EXPECT_EQ(answer.series[0].rolling_12[10], std::nullopt);
  std::int64_t last_year = 0;
  for (std::size_t i = 48; i < 60; ++i) last_year += answer.series[0].counts[i];
  EXPECT_EQ(answer.series[0].rolling_12[59], last_year);
  const std::string words = ExplainTrend(answer.series[0], answer);
  EXPECT_THAT(words, HasSubstr("higher: S "));
  EXPECT_THAT(words, HasSubstr("over 60 used months"));
  EXPECT_THAT(words, HasSubstr("over 2 tests"));
  EXPECT_THAT(words, testing::Not(HasSubstr("Left out")));
}

TEST(AnalyseTrends, SwapsItsVerdictWithTime) {
  DrawnDataset drawn;
  for (int i = 0; i < 48; ++i) drawn.add_monthly(MonthOf({Month::Of(2018, 1).index + i}), 60 - i, kFar);
  drawn.add_square(drawn.add_vintage("wards"), "A", 500'000, 200'000, 1000);
  EXPECT_EQ(Analyse(drawn, TrendSplit::kWhole, {DayOf(2018, 1, 1), DayOf(2022, 1, 1)}).series[0].verdict, Verdict::kLower);
}

TEST(AnalyseTrends, GivesNoVerdictUnderTwoYearsOrTwentyIncidents) {
  const TrendAnswer short_one = Analyse(TwoWards(), TrendSplit::kAreas, {DayOf(2021, 1, 1), DayOf(2022, 12, 1)});
  EXPECT_EQ(short_one.series[0].verdict, Verdict::kTooFewToSay);
  EXPECT_EQ(short_one.series[0].trend.method, TrendMethod::kNormal);  // shown all the same; its p is nobody's verdict
  EXPECT_EQ(short_one.tests_made, 0);
  EXPECT_THAT(ExplainTrend(short_one.series[0], short_one), HasSubstr("too few to say: 23 months are used; a trend needs 24"));
  DrawnDataset rare;
  rare.add_square(rare.add_vintage("wards"), "A", 500'000, 200'000, 1000);
  rare.add_monthly(kFiveYears, 1, kFar, 1);
  for (int i = 0; i < 19; ++i) rare.add_monthly(MonthOf({Month::Of(2021, 1).index + i}), 1, kFar, 0);
  const TrendAnswer few = Analyse(rare, TrendSplit::kCategories);
  EXPECT_EQ(few.series[0].verdict, Verdict::kTooFewToSay);
  EXPECT_THAT(ExplainTrend(few.series[0], few), HasSubstr("19 incidents in 60 used months"));
}

TEST(AnalyseTrends, TellsMissingBrokenPartialAndProvisionalMonthsApart) {
  DrawnDataset drawn;
  drawn.add_square(drawn.add_vintage("wards"), "A", 500'000, 200'000, 1000);
  const auto month = [](int i) { return Month{Month::Of(2020, 1).index + i}; };
  for (int i = 0; i < 36; ++i) {
    if (i != 20) drawn.add_monthly(MonthOf(month(i)), i == 24 || i == 6 ? 10 : 100, kFar);
  }
  drawn.record().as_at = month(35).first_day() - 1;
  drawn.record().breaks = {{"covid", "", {}, {month(5).first_day(), month(7).first_day()}, "lockdown"},
                           {"other", "", {"anti-social-behaviour"}, {month(1).first_day(), month(3).first_day()}, "not of robbery"}};
  const Period period{DayOf(2020, 1, 1), DayOf(2023, 1, 1)};
  const auto snapshot = drawn.build();
  TrendQuery query = Ask(snapshot->datasets[0], TrendSplit::kCategories, period);
  query.filter.categories = {0};
  const TrendAnswer answer = AnalyseTrends(snapshot->datasets[0], query, NeverStop()).value();
  // The break comes before the partial month 6, which lies in it.
  EXPECT_EQ(UseWord(answer.series[0]), "uuuuubbuuuuuuuuuuuuumuuupuuuuuuuuuuv");
  EXPECT_EQ(answer.series[0].chart.points[24].signal, ControlSignal::kNone);
  EXPECT_EQ(answer.series[0].chart.points[20].signal, ControlSignal::kNone);
  EXPECT_EQ(answer.series[0].rolling_12[32], std::nullopt);
  EXPECT_TRUE(answer.series[0].changes.empty());
  EXPECT_THAT(ExplainTrend(answer.series[0], answer),
              HasSubstr("Left out: 1 missing (2021-09), 2 recorded otherwise (2020-06, 2020-07), 1 partial (2022-01), 1 provisional (2022-12)."));
}

TEST(AnalyseTrends, UsesMonthsAfterAChangeOfRuleAlone) {
  const auto with_rule = [](LocalDay day) {
    DrawnDataset drawn = TwoWards();
    drawn.record().breaks = {{"rule", "", {"robbery"}, {day, day + 1}, "counted otherwise"}};
    return Analyse(drawn, TrendSplit::kCategories);
  };
  const TrendAnswer early = with_rule(DayOf(2018, 3, 1));
  EXPECT_EQ(UseWord(early.series[0]), "bb" + std::string(58, 'u'));
  EXPECT_EQ(UseWord(early.series[1]), std::string(60, 'u')) << "the rule is not of anti-social behaviour";
  EXPECT_EQ(UseWord(with_rule(DayOf(2018, 3, 15)).series[0]), "bbb" + std::string(57, 'u'));
  const TrendAnswer late = with_rule(DayOf(2021, 6, 1));
  EXPECT_EQ(UseWord(late.series[0]), std::string(41, 'b') + std::string(19, 'u'));
  EXPECT_EQ(late.series[0].verdict, Verdict::kNotComparable);
  EXPECT_THAT(ExplainTrend(late.series[0], late), HasSubstr("not comparable: changes of recording leave 19 of the 24 months"));
  // Within the last month: nothing but that month is on new rules.
  EXPECT_EQ(UseWord(with_rule(DayOf(2022, 12, 15)).series[0]), std::string(59, 'u') + "b");
  EXPECT_EQ(UseWord(with_rule(DayOf(2018, 1, 1)).series[0]), std::string(60, 'u'));
}

TEST(AnalyseTrends, ForecastsTheYearOfTheNextMonth) {
  DrawnDataset drawn;
  drawn.add_square(drawn.add_vintage("wards"), "A", 500'000, 200'000, 1000);
  drawn.add_monthly({DayOf(2020, 1, 1), DayOf(2022, 7, 1)}, 50, kFar);
  const Period period{DayOf(2020, 1, 1), DayOf(2022, 7, 1)};
  const TrendAnswer answer = Analyse(drawn, TrendSplit::kWhole, period);
  EXPECT_EQ(answer.forecast_year, Period::CalendarYear(2022));
  ASSERT_TRUE(answer.series[0].forecast);
  EXPECT_EQ(answer.series[0].forecast->to_date, 300);
  EXPECT_EQ(answer.series[0].forecast->months_left, 6);
  EXPECT_NEAR(answer.series[0].forecast->expected, 602, 6);
  EXPECT_LT(answer.series[0].forecast->low, 590);
  EXPECT_GT(answer.series[0].forecast->high, 612);
  const auto snapshot = drawn.build();
  TrendQuery query = Ask(snapshot->datasets[0], TrendSplit::kWhole, period);
  query.forecast = Period::FinancialYear(2021);
  const TrendAnswer financial = AnalyseTrends(snapshot->datasets[0], query, NeverStop()).value();
  EXPECT_EQ(financial.series[0].forecast->months_left, 0);
  EXPECT_EQ(financial.series[0].forecast->low, 600);
  EXPECT_EQ(financial.series[0].forecast->high, 600);
  query.forecast = Period{DayOf(2022, 7, 1), DayOf(2023, 7, 1)};
  EXPECT_EQ(AnalyseTrends(snapshot->datasets[0], query, NeverStop())->series[0].forecast->months_left, 12);
  query.forecast = Period{DayOf(2022, 8, 1), DayOf(2023, 8, 1)};
  EXPECT_EQ(AnalyseTrends(snapshot->datasets[0], query, NeverStop()).error().field, "forecast");
}

TEST(AnalyseTrends, RefusesWhatItCannotAnswer) {
  const DrawnDataset drawn = TwoWards();
  EXPECT_EQ(Refusal(drawn, [](TrendQuery& q) { q.filter.period = {DayOf(2020, 1, 1), DayOf(2020, 3, 1)}; }).field, "period");
  EXPECT_EQ(Refusal(drawn, [](TrendQuery& q) { q.filter.period = {DayOf(2018, 1, 1), DayOf(2028, 2, 1)}; }).field, "period");
  EXPECT_EQ(Refusal(drawn, [](TrendQuery& q) { q.filter.period = {DayOf(2018, 1, 1), DayOf(2019, 1, 5)}; }).field, "period");
  EXPECT_EQ(Refusal(drawn, [](TrendQuery& q) { q.filter.period = {DayOf(2019, 1, 1), DayOf(2018, 1, 1)}; }).field, "period");
  EXPECT_EQ(Refusal(drawn, [](TrendQuery& q) { q.filter.period = {DayOf(2010, 1, 1), DayOf(2012, 1, 1)}; }).reason, "NO_DATA");
  EXPECT_EQ(Refusal(drawn, [](TrendQuery& q) { q.vintage = 1; }).reason, "NO_SUCH_VINTAGE");
  EXPECT_EQ(Refusal(drawn, [](TrendQuery& q) { q.false_discovery_rate = 0; }).field, "false_discovery_rate");
  EXPECT_EQ(Refusal(drawn, [](TrendQuery& q) { q.forecast = Period{DayOf(2022, 1, 1), DayOf(2022, 7, 1)}; }).field, "forecast");
  EXPECT_EQ(Refusal(drawn, [](TrendQuery& q) { q.forecast = Period::CalendarYear(2017); }).field, "forecast");
  EXPECT_EQ(Refusal(drawn, [](TrendQuery&) {}), Error{});
}

class Stopped final : public StopSignal {
 public:
  bool stop_requested() const override { return true; }
  Error reason() const override { return {ErrorCode::kCancelled, "", "CANCELLED", "asked to"}; }
};

TEST(AnalyseTrends, StopsWhenAsked) {
  const auto snapshot = TwoWards().build();
  EXPECT_EQ(AnalyseTrends(snapshot->datasets[0], Ask(snapshot->datasets[0], TrendSplit::kAreas), Stopped()).error().code, ErrorCode::kCancelled);
}

}  // namespace
}  // namespace geo
