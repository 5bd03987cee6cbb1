#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "geo/change/years_comparison.h"
#include "tests/support/drawn_dataset.h"

namespace geo {
namespace {

const Period kYears[] = {Period::CalendarYear(2020), Period::CalendarYear(2021), Period::CalendarYear(2022)};
const GridPoint kInA = GridPoint::FromMeters(500'500, 200'500), kInB = GridPoint::FromMeters(501'500, 200'500);

// A falls, then stays; B stays, with anti-social behaviour that rises; someone outside and someone nowhere.
DrawnDataset TwoWards() {
  DrawnDataset drawn;
  const std::size_t wards = drawn.add_vintage("wards");
  drawn.add_square(wards, "A", 500'000, 200'000, 1000);
  drawn.add_square(wards, "B", 501'000, 200'000, 1000);
  drawn.add_residents(wards, "A", 2021, 1000);
  drawn.add_residents(wards, "B", 2021, 2000);
  drawn.add_monthly(kYears[0], 20, kInA);
  drawn.add_monthly(kYears[1], 10, kInA);
  drawn.add_monthly(kYears[2], 10, kInA);
  drawn.add_monthly({kYears[0].begin, kYears[2].end}, 5, kInB);
  drawn.add_monthly({kYears[0].begin, kYears[1].end}, 2, kInB, 1);
  drawn.add_monthly(kYears[2], 6, kInB, 1);
  drawn.add_monthly({kYears[0].begin, kYears[2].end}, 3, GridPoint::FromMeters(900'000, 900'000));
  drawn.add_monthly({kYears[0].begin, kYears[2].end}, 1, kUnlocated);
  return drawn;
}

YearsQuery Ask(const DatasetSnapshot& data) {
  YearsQuery query;
  query.filter = FilterAll(data, kYears[2]);
  query.periods.assign(std::begin(kYears), std::end(kYears));
  return query;
}

YearsAnswer Compare(const DrawnDataset& drawn, const std::function<void(YearsQuery&)>& change = {}) {
  const auto snapshot = drawn.build();
  YearsQuery query = Ask(snapshot->datasets[0]);
  if (change) change(query);
  auto answer = CompareYears(snapshot->datasets[0], query, NeverStop());
  EXPECT_TRUE(answer) << answer.error().message;
  return answer ? *answer : YearsAnswer{};
}

TEST(CompareYears, CountsEveryPeriodAndAddsUp) {
  const YearsAnswer answer = Compare(TwoWards());
  ASSERT_EQ(answer.rows.size(), 5U);
  const auto counts = [&](std::size_t row) {
    std::vector<std::int64_t> out;
    for (const YearCell& cell : answer.rows[row].cells) out.push_back(cell.incidents);
    return out;
  };
  EXPECT_THAT(counts(0), ::testing::ElementsAre(240, 120, 120));
  EXPECT_THAT(counts(1), ::testing::ElementsAre(84, 84, 132));
  EXPECT_THAT(counts(2), ::testing::ElementsAre(36, 36, 36));
  EXPECT_THAT(counts(3), ::testing::ElementsAre(12, 12, 12));
  EXPECT_THAT(counts(4), ::testing::ElementsAre(372, 252, 300));
  EXPECT_EQ(answer.rows[1].cells[2].crimes, 60) << "anti-social behaviour is never called crime";
  EXPECT_EQ(answer.incidents, 372 + 252 + 300);
  EXPECT_EQ(answer.located, answer.incidents - 36);
}

TEST(CompareYears, ComparesWithTheYearBeforeAndWithTheBaseline) {
  const YearsAnswer answer = Compare(TwoWards());
  const std::vector<YearCell>& a = answer.rows[0].cells;
  EXPECT_FALSE(a[0].from_previous.has_value());
  EXPECT_FALSE(a[0].from_baseline.has_value());
  EXPECT_EQ(a[1].from_previous->verdict, Verdict::kLower);
  EXPECT_EQ(a[1].from_baseline->q_value, a[1].from_previous->q_value) << "one test, told twice";
  EXPECT_EQ(a[2].from_previous->verdict, Verdict::kNoClearChange);
  EXPECT_EQ(a[2].from_baseline->verdict, Verdict::kLower);
  EXPECT_NEAR(*a[2].from_baseline->ratio, 0.5 * 366 / 365, 1e-12);
  EXPECT_EQ(answer.rows[1].cells[2].from_previous->verdict, Verdict::kHigher);
  EXPECT_FALSE(answer.rows[2].cells[1].from_previous.has_value()) << "outside";
  EXPECT_TRUE(answer.rows[4].cells[1].from_previous.has_value()) << "total";
  EXPECT_EQ(answer.tests_made, 2 * 3) << "two wards; 2020-21, 2021-22 and 2020-22";
}

TEST(CompareYears, AnyPeriodMayBeTheBaseline) {
  const YearsAnswer answer = Compare(TwoWards(), [](YearsQuery& query) { query.baseline = 2; });
  const std::vector<YearCell>& a = answer.rows[0].cells;
  EXPECT_FALSE(a[2].from_baseline.has_value());
  // From the baseline's 120 to 2020's 240.
  EXPECT_EQ(a[0].from_baseline->verdict, Verdict::kHigher);
  EXPECT_NEAR(*a[0].from_baseline->ratio, 2.0 * 365 / 366, 1e-12);
  EXPECT_EQ(a[1].from_baseline->verdict, Verdict::kNoClearChange);
}

TEST(CompareYears, SplitsEveryRowByCategory) {
  const YearsAnswer answer = Compare(TwoWards(), [](YearsQuery& query) { query.by_category = true; });
  ASSERT_EQ(answer.rows.size(), 10U);
  EXPECT_EQ(answer.rows[2].area, 1);
  EXPECT_EQ(answer.rows[3].category, CategoryIndex{1});
  EXPECT_EQ(answer.rows[3].cells[2].incidents, 72);
  EXPECT_EQ(answer.rows[3].cells[2].crimes, 0);
  EXPECT_EQ(answer.rows[3].cells[2].from_previous->verdict, Verdict::kHigher);
  EXPECT_EQ(answer.rows[2].cells[2].from_previous->verdict, Verdict::kNoClearChange);
  EXPECT_EQ(answer.rows[9].cells[2].incidents, 72);
  EXPECT_EQ(answer.rows[8].kind, WardRow::Kind::kTotal);
  EXPECT_TRUE(answer.rows[0].cells[0].rate.rate.has_value());
  EXPECT_FALSE(answer.rows[0].cells[0].rank.has_value()) << "ranks are of whole areas";
}

TEST(CompareYears, RatesAndRanksByTheDenominatorAskedFor) {
  const YearsAnswer people = Compare(TwoWards()), ground = Compare(TwoWards(), [](YearsQuery&query) { query.denominator = "km2"; });
  EXPECT_NEAR(*people.rows[0].cells[1].rate.rate, 120 * 365.25 / 365, 1e-9);
  EXPECT_NEAR(*ground.rows[0].cells[1].rate.rate, 120 * 365.25 / 365, 1e-9) << "per km2, of one";
  EXPECT_EQ(ground.rows[0].cells[1].rate.per, 1);
  EXPECT_NEAR(*people.rows[4].cells[1].rate.value, 3000, 1e-9);
  EXPECT_NEAR(*people.rows[4].cells[1].rate.rate, (120 + 84) / 3.0 * 365.25 / 365, 1e-9) << "of those in wards alone";
  ASSERT_TRUE(people.rows[0].cells[0].rank.has_value());
  EXPECT_EQ(people.rows[0].cells[0].rank->rank, 1);
  EXPECT_EQ(people.rows[0].cells[0].rank->high, 1);
  EXPECT_EQ(people.rows[1].cells[0].rank->rank, 2);
  EXPECT_EQ(ground.rows[0].cells[2].rank->rank, 2) << "132 of B on equal ground";
  EXPECT_FALSE(people.rows[2].cells[0].rank.has_value());
}

TEST(CompareYears, KeepsBreaksToThePairsThatCrossThem) {
  DrawnDataset drawn = TwoWards();
  drawn.record().breaks.push_back({"new-system", "", {}, {kYears[2].begin, kYears[2].begin + 1}, "a new system"});
  const YearsAnswer answer = Compare(drawn);
  EXPECT_TRUE(answer.from_previous[1].empty());
  ASSERT_EQ(answer.from_previous[2].size(), 1U);
  EXPECT_EQ(answer.from_previous[2][0].id, "new-system");
  EXPECT_EQ(answer.from_baseline[2].size(), 1U);
  EXPECT_EQ(answer.rows[0].cells[1].from_previous->verdict, Verdict::kLower);
  EXPECT_EQ(answer.rows[0].cells[2].from_previous->verdict, Verdict::kNotComparable);
  EXPECT_EQ(answer.rows[0].cells[2].from_baseline->verdict, Verdict::kNotComparable);
  // Of another category alone, it holds back that category alone.
  drawn.record().breaks[0].categories = {drawn.record().categories[1].id};
  const auto snapshot = drawn.build();
  YearsQuery split = Ask(snapshot->datasets[0]);
  split.by_category = true;
  const YearsAnswer by_category = CompareYears(snapshot->datasets[0], split, NeverStop()).value();
  for (const YearsRow& row : by_category.rows) {
    if (row.kind != WardRow::Kind::kArea) continue;
    EXPECT_EQ(row.cells[2].from_previous->verdict == Verdict::kNotComparable, row.category == CategoryIndex{1});
    EXPECT_NE(row.cells[1].from_previous->verdict, Verdict::kNotComparable);
  }
}

TEST(CompareYears, AgreesWithCompareWardsOfTheSamePeriods) {
  const auto snapshot = TwoWards().build();
  const DatasetSnapshot& data = snapshot->datasets[0];
  YearsQuery years = Ask(data);
  years.periods = {kYears[1], kYears[2]};
  WardQuery wards;
  wards.filter = years.filter;
  wards.before = kYears[1];
  wards.after = kYears[2];
  const YearsAnswer one = CompareYears(data, years, NeverStop()).value();
  const WardAnswer other = CompareWards(data, wards, NeverStop()).value();
  ASSERT_EQ(one.rows.size(), other.rows.size());
  EXPECT_EQ(one.tests_made, other.tests_made);
  for (const std::size_t i : {0, 1, 4}) {
    const BriefChange& brief = *one.rows[i].cells[1].from_previous;
    EXPECT_EQ(brief.p_value, other.rows[i].change.widened_p_value);
    EXPECT_EQ(brief.q_value, other.rows[i].change.q_value);
    EXPECT_EQ(brief.verdict, other.rows[i].change.verdict);
    EXPECT_EQ(one.rows[i].cells[1].rate.rate, other.rows[i].after.rate_per_1000);
  }
}

TEST(CompareYears, RefusesWhatMakesNoSenseAndNamesTheField) {
  const auto snapshot = TwoWards().build();
  const auto refusal = [&](auto change) {
    YearsQuery query = Ask(snapshot->datasets[0]);
    change(query);
    const auto answer = CompareYears(snapshot->datasets[0], query, NeverStop());
    return answer ? std::string("accepted") : answer.error().field + " " + answer.error().reason;
  };
  EXPECT_EQ(refusal([](YearsQuery&) {}), "accepted");
  EXPECT_EQ(refusal([](YearsQuery& q) { q.periods.resize(1); }), "periods OUT_OF_RANGE");
  EXPECT_EQ(refusal([](YearsQuery& q) { q.periods.assign(13, kYears[0]); }), "periods OUT_OF_RANGE");
  EXPECT_EQ(refusal([](YearsQuery& q) { q.baseline = 3; }), "baseline OUT_OF_RANGE");
  EXPECT_EQ(refusal([](YearsQuery& q) { q.periods[2] = q.periods[1]; }), "periods[2] OUT_OF_RANGE");
  EXPECT_EQ(refusal([](YearsQuery& q) { std::swap(q.periods[0], q.periods[1]); }), "periods[1] OUT_OF_RANGE");
  EXPECT_EQ(refusal([](YearsQuery& q) { q.periods[1].begin -= 31; }), "periods[1] OUT_OF_RANGE");
  EXPECT_EQ(refusal([](YearsQuery& q) { q.periods[2] = Period::CalendarYear(2040); }), "periods[2] NO_DATA");
  EXPECT_EQ(refusal([](YearsQuery& q) { q.denominator = "camels"; }), "denominator NO_SUCH_DENOMINATOR");
  EXPECT_EQ(refusal([](YearsQuery& q) { q.vintage = 1; }), "vintage NO_SUCH_VINTAGE");
  EXPECT_EQ(refusal([](YearsQuery& q) { q.false_discovery_rate = 0.7; }), "false_discovery_rate OUT_OF_RANGE");
}

TEST(CompareWards, SplitsByCategoryAndDividesBySeveralDenominators) {
  const auto snapshot = TwoWards().build();
  WardQuery query;
  query.filter = FilterAll(snapshot->datasets[0], kYears[2]);
  query.before = kYears[1];
  query.after = kYears[2];
  query.by_category = true;
  query.denominators = {"km2"};
  const WardAnswer answer = CompareWards(snapshot->datasets[0], query, NeverStop()).value();
  ASSERT_EQ(answer.rows.size(), 10U);
  EXPECT_EQ(answer.rows[3].category, CategoryIndex{1});
  EXPECT_EQ(answer.rows[3].after.incidents, 72);
  EXPECT_EQ(answer.rows[3].change.verdict, Verdict::kHigher);
  EXPECT_EQ(answer.rows[8].before.incidents + answer.rows[9].before.incidents, 252);
  ASSERT_EQ(answer.rows[3].after.other_rates.size(), 1U);
  EXPECT_NEAR(*answer.rows[3].after.other_rates[0].rate, 72 * 365.25 / 365, 1e-9);
  EXPECT_NEAR(*answer.rows[9].after.other_rates[0].value, 2, 1e-9);
  EXPECT_FALSE(answer.rows[4].after.other_rates[0].value.has_value()) << "outside has no ground";
  query.denominators = {"km2", "camels"};
  EXPECT_EQ(CompareWards(snapshot->datasets[0], query, NeverStop()).error().field, "denominators[1]");
}

}  // namespace
}  // namespace geo
