#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <type_traits>

#include "geo/change/explain_change.h"
#include "geo/change/ward_comparison.h"
#include "geo/rates/poisson_interval.h"
#include "tests/support/drawn_dataset.h"

namespace geo {
namespace {

const Period k2021 = Period::CalendarYear(2021), k2022 = Period::CalendarYear(2022);
const GridPoint kInA = GridPoint::FromMeters(500'500, 200'500), kInB = GridPoint::FromMeters(501'500, 200'500), kInC = GridPoint::FromMeters(502'500, 200'500),
                kInNone = GridPoint::FromMeters(499'000, 200'500);
const GridPoint kFar = GridPoint::FromMeters(600'000, 300'000);

// Three wards in a row, A, B, C, with people in A and B; 2021 and 2022.
DrawnDataset ThreeWards() {
  DrawnDataset drawn;
  const std::size_t wards = drawn.add_vintage("wards");
  drawn.add_square(wards, "A", 500'000, 200'000, 1000);
  drawn.add_square(wards, "B", 501'000, 200'000, 1000);
  drawn.add_square(wards, "C", 502'000, 200'000, 1000);
  drawn.add_residents(wards, "A", 2020, 4000);
  drawn.add_residents(wards, "A", 2022, 5000);
  drawn.add_residents(wards, "B", 2021, 8350);
  return drawn;
}

WardQuery Ask(const DatasetSnapshot& data) {
  WardQuery query;
  query.filter = FilterAll(data, k2022);
  query.before = k2021;
  query.after = k2022;
  return query;
}

WardAnswer Compare(const DrawnDataset& drawn) {
  const auto snapshot = drawn.build();
  return CompareWards(snapshot->datasets[0], Ask(snapshot->datasets[0]), NeverStop()).value();
}

static_assert(std::is_same_v<decltype(PeriodCount::incidents), std::int64_t> && std::is_same_v<decltype(PeriodCount::crimes), std::int64_t> &&
              std::is_same_v<decltype(Change::difference), std::int64_t> && std::is_same_v<decltype(WardAnswer::incidents), std::int64_t>);

TEST(CompareWards, PutsEveryIncidentInOneRow) {
  DrawnDataset drawn = ThreeWards();
  drawn.add_monthly(k2021, 20, kInA);
  drawn.add_monthly(k2022, 10, kInA);
  drawn.add_monthly({k2021.begin, k2022.end}, 5, kInB, 1);
  drawn.add_monthly({k2021.begin, k2022.end}, 2, kFar);
  drawn.add_monthly({k2021.begin, k2022.end}, 1, kUnlocated);
  const WardAnswer answer = Compare(drawn);
  ASSERT_EQ(answer.rows.size(), 6U);
  EXPECT_EQ(answer.rows[0].before.incidents, 240);
  EXPECT_EQ(answer.rows[0].after.incidents, 120);
  EXPECT_EQ(answer.rows[1].before.crimes, 0);  // anti-social behaviour is an incident, never called crime
  EXPECT_EQ(answer.rows[1].before.incidents, 60);
  EXPECT_EQ(answer.rows[2].before.incidents, 0);
  EXPECT_EQ(answer.rows[3].kind, WardRow::Kind::kOutside);
  EXPECT_EQ(answer.rows[3].before.incidents, 24);
  EXPECT_EQ(answer.rows[4].kind, WardRow::Kind::kUnlocated);
  EXPECT_EQ(answer.rows[4].after.incidents, 12);
  EXPECT_EQ(answer.rows[5].kind, WardRow::Kind::kTotal);
  EXPECT_EQ(answer.rows[5].before.incidents, 336);
  EXPECT_EQ(answer.rows[5].before.crimes, 276);
  EXPECT_EQ(answer.rows[5].after.weight, 216.0);
}

TEST(CompareWards, TellsChangeInFiveWords) {
  DrawnDataset drawn = ThreeWards();
  drawn.add_monthly(k2021, 20, kInA);
  drawn.add_monthly(k2022, 10, kInA);
  drawn.add_monthly({k2021.begin, k2022.end}, 10, kInB);
  drawn.add_monthly({k2021.begin, DayOf(2021, 7, 1)}, 1, kInC);
  drawn.add_monthly({DayOf(2022, 1, 1), DayOf(2022, 12, 1)}, 1, kInC);
  WardAnswer answer = Compare(drawn);
  EXPECT_EQ(answer.rows[0].change.verdict, Verdict::kLower);
  EXPECT_EQ(answer.rows[0].change.difference, -120);
  EXPECT_NEAR(*answer.rows[0].change.ratio, 0.5, 1e-15);
  EXPECT_NEAR(*answer.rows[0].change.percent, -50, 1e-12);
  EXPECT_EQ(answer.rows[1].change.verdict, Verdict::kNoClearChange);
  EXPECT_EQ(answer.rows[1].change.p_value, 1.0);
  EXPECT_EQ(answer.rows[2].change.verdict, Verdict::kTooFewToSay);  // 6 and 11
  EXPECT_FALSE(answer.rows[2].change.percent.has_value());
  EXPECT_EQ(answer.rows[2].change.q_value, 1.0);
  EXPECT_EQ(answer.rows.back().change.verdict, Verdict::kLower);
  EXPECT_EQ(answer.tests_made, 2);

  drawn.record().breaks.push_back({"new-system", "", {}, {DayOf(2022, 5, 1), DayOf(2022, 5, 2)}, "a new system"});
  answer = Compare(drawn);
  for (const WardRow& row : answer.rows) {
    EXPECT_EQ(row.change.verdict, Verdict::kNotComparable);
  }
  EXPECT_THAT(answer.breaks, ::testing::ElementsAre(::testing::Field(&CrossedBreak::id, "new-system")));
}

// A rule that changed for one category: all together cannot be compared, and split, the others can.
TEST(CompareWards, HoldsACategoryToItsOwnBreaks) {
  DrawnDataset drawn = ThreeWards();
  for (const CategoryIndex category : {CategoryIndex{0}, CategoryIndex{1}}) {
    drawn.add_monthly(k2021, 20, kInA, category);
    drawn.add_monthly(k2022, 15, kInA, category);
  }
  drawn.record().breaks.push_back({"new-rule", "", {drawn.record().categories[1].id}, {DayOf(2022, 1, 1), DayOf(2022, 1, 2)}, "a new rule"});
  EXPECT_EQ(Compare(drawn).rows[0].change.verdict, Verdict::kNotComparable);
  const auto snapshot = drawn.build();
  WardQuery query = Ask(snapshot->datasets[0]);
  query.by_category = true;
  const WardAnswer split = CompareWards(snapshot->datasets[0], query, NeverStop()).value();
  int judged = 0, held = 0;
  for (const WardRow& row : split.rows) {
    const bool crossed = row.category == CategoryIndex{1};
    EXPECT_EQ(row.change.verdict == Verdict::kNotComparable, crossed);
    if (row.kind == WardRow::Kind::kArea && row.area == 0 && row.category == CategoryIndex{0}) {
      EXPECT_EQ(row.change.verdict, Verdict::kLower);
      ++judged;
    }
    if (crossed && row.kind == WardRow::Kind::kArea) {
      EXPECT_THAT(ExplainChange(row, query, split), ::testing::HasSubstr("The periods were not recorded alike: new-rule."));
      ++held;
    }
  }
  EXPECT_EQ(judged, 1);
  EXPECT_EQ(held, 3);
  EXPECT_THAT(split.breaks, ::testing::ElementsAre(::testing::Field(&CrossedBreak::id, "new-rule")));
}

TEST(CompareWards, TellsHowWellItsIncidentsAreKnown) {
  DrawnDataset drawn = ThreeWards();
  drawn.add_monthly({k2021.begin, k2022.end}, 2, kInA);
  drawn.add_monthly({k2021.begin, k2022.end}, 1, kUnlocated);
  const LocalMinute noon = DayOf(2022, 3, 3) * kMinutesPerDay + 720;
  drawn.add({kInA, noon, noon + kMinutesPerDay - 1});
  drawn.add({kInA, noon, noon + kMinutesPerDay});
  drawn.add({kFar, noon, noon + 3 * kMinutesPerDay});
  const WardAnswer answer = Compare(drawn);
  EXPECT_EQ(answer.incidents, 24 * 3 + 3);
  EXPECT_EQ(answer.located, 24 * 2 + 3);
  EXPECT_EQ(answer.hour_unknown, 2);
  EXPECT_EQ(answer.unknown_hour, 0);
}

// Two forces, each a source of its own. One publishes nothing for a month: the total would fall by all its crimes, and that is no change.
TEST(CompareWards, DoesNotCompareAcrossTheSilenceOfOneForce) {
  DrawnDataset drawn = ThreeWards();
  const std::uint16_t other = drawn.add_source("other-force", TimeKnowledge::kClock);
  drawn.add_monthly({k2021.begin, k2022.end}, 20, kInA);
  drawn.add_monthly({k2021.begin, DayOf(2022, 6, 1)}, 20, kInB, 0, other);
  drawn.add_monthly({DayOf(2022, 7, 1), k2022.end}, 20, kInB, 0, other);
  const auto snapshot = drawn.build();
  WardQuery query = Ask(snapshot->datasets[0]);
  const WardAnswer both = CompareWards(snapshot->datasets[0], query, NeverStop()).value();
  EXPECT_THAT(both.breaks, ::testing::ElementsAre(::testing::Field(&CrossedBreak::id, "gap:other-force:2022-06")));
  for (const WardRow& row : both.rows) EXPECT_EQ(row.change.verdict, Verdict::kNotComparable);
  // The force that published throughout compares with itself.
  query.filter.sources = {0};
  const WardAnswer one = CompareWards(snapshot->datasets[0], query, NeverStop()).value();
  EXPECT_TRUE(one.breaks.empty());
  EXPECT_EQ(one.rows[0].change.verdict, Verdict::kNoClearChange);
}

TEST(CompareWards, JudgesDailyRatesNotCounts) {
  // One a day in 30 days and in 365: twelve times the incidents and no change.
  DrawnDataset drawn = ThreeWards();
  for (LocalDay day = DayOf(2021, 11, 1); day < k2022.end; ++day) drawn.add({kInA, day * kMinutesPerDay, day * kMinutesPerDay + 1});
  const auto snapshot = drawn.build();
  WardQuery query = Ask(snapshot->datasets[0]);
  query.before = {DayOf(2021, 11, 1), DayOf(2021, 12, 1)};
  const WardAnswer answer = CompareWards(snapshot->datasets[0], query, NeverStop()).value();
  EXPECT_EQ(answer.rows[0].before.incidents, 30);
  EXPECT_EQ(answer.rows[0].after.incidents, 365);
  EXPECT_NEAR(*answer.rows[0].change.ratio, 1, 1e-15);
  EXPECT_EQ(answer.rows[0].change.verdict, Verdict::kNoClearChange);
  EXPECT_THAT(ExplainChange(answer.rows[0], query, answer), ::testing::StartsWith("30 to 365 incidents in 30 and 365 days: no clear change. "));
}

TEST(CompareWards, RatesPerThousandResidentsPerYear) {
  DrawnDataset drawn = ThreeWards();
  drawn.add_monthly({k2021.begin, k2022.end}, 1, kInA);
  for (int i = 0; i < 42; ++i) drawn.add({kInB, (k2022.begin + i) * kMinutesPerDay, (k2022.begin + i) * kMinutesPerDay + 1});
  const WardAnswer answer = Compare(drawn);
  const PeriodCount& b = answer.rows[1].after;
  const double per_year = 365.25 / 365;
  ASSERT_TRUE(b.rate_per_1000.has_value());
  EXPECT_NEAR(*b.rate_per_1000, 5.029940 * per_year, 1e-6);
  EXPECT_NEAR(b.rate_low, 3.624757 * per_year, 1e-6);
  EXPECT_NEAR(b.rate_high, 6.799190 * per_year, 1e-6);
  // 30 June 2022 is 363 days after the middle of 2021, 30 June 2020 is 368 before it.
  EXPECT_EQ(answer.rows[0].before.population_year, 2022);
  EXPECT_EQ(answer.rows[0].after.population_year, 2022);
  EXPECT_EQ(*answer.rows[0].after.population, 5000);
  // C has no residents on record, so the whole has none.
  EXPECT_FALSE(answer.rows[2].after.rate_per_1000.has_value());
  EXPECT_FALSE(answer.rows[5].after.rate_per_1000.has_value());
  drawn.add_residents(0, "C", 2022, 650);
  const WardAnswer known = Compare(drawn);
  EXPECT_EQ(*known.rows[5].after.population, 5000 + 8350 + 650);
  EXPECT_EQ(known.rows[5].after.population_year, 0);  // of different years
  EXPECT_NEAR(*known.rows[5].after.rate_per_1000, (12 + 42) * 1000.0 / 14000 * per_year, 1e-12);
  // An incident in no ward joins the total's count and not the rate of those who live in the wards.
  drawn.add({kInNone, k2022.begin * kMinutesPerDay, k2022.begin * kMinutesPerDay + 1});
  const WardAnswer outside = Compare(drawn);
  EXPECT_EQ(outside.rows[5].after.incidents, 12 + 42 + 1);
  EXPECT_NEAR(*outside.rows[5].after.rate_per_1000, (12 + 42) * 1000.0 / 14000 * per_year, 1e-12);
}

TEST(CompareWards, TakesNoRateFromAPopulationThatIsNone) {
  DrawnDataset drawn = ThreeWards();
  drawn.add_residents(0, "C", 2021, 0);
  drawn.add_residents(0, "C", 2022, std::nan(""));
  drawn.add_monthly({k2021.begin, k2022.end}, 1, kInC);
  EXPECT_FALSE(Compare(drawn).rows[2].after.rate_per_1000.has_value());
}

TEST(CompareWards, LimitsTheRowsToTheAreasAskedFor) {
  DrawnDataset drawn = ThreeWards();
  for (const GridPoint at : {kInA, kInB, kInC, kFar, kUnlocated}) drawn.add_monthly({k2021.begin, k2022.end}, 2, at);
  const auto snapshot = drawn.build();
  WardQuery query = Ask(snapshot->datasets[0]);
  query.filter.areas = {0, {0, 2}};
  const WardAnswer answer = CompareWards(snapshot->datasets[0], query, NeverStop()).value();
  ASSERT_EQ(answer.rows.size(), 5U);
  EXPECT_EQ(answer.rows[0].area, 0);
  EXPECT_EQ(answer.rows[1].area, 2);
  EXPECT_EQ(answer.rows[2].after.incidents, 0);
  EXPECT_EQ(answer.rows[3].after.incidents, 0);
  EXPECT_EQ(answer.rows[4].after.incidents, 48);
}

TEST(CompareWards, RefusesWhatMakesNoSenseAndNamesTheField) {
  DrawnDataset drawn = ThreeWards();
  drawn.add_vintage("other");
  drawn.add_square(1, "A", 0, 0, 10);
  drawn.add_monthly({k2021.begin, k2022.end}, 1, kInA);
  const auto snapshot = drawn.build();
  const auto refusal = [&](auto change) {
    WardQuery query = Ask(snapshot->datasets[0]);
    change(query);
    const auto answer = CompareWards(snapshot->datasets[0], query, NeverStop());
    return answer ? std::string("accepted") : answer.error().field + " " + answer.error().reason;
  };
  EXPECT_EQ(refusal([](WardQuery&) {}), "accepted");
  EXPECT_EQ(refusal([](WardQuery& q) { q.after.begin -= 1; }), "after OUT_OF_RANGE");
  EXPECT_EQ(refusal([](WardQuery& q) { q.after = q.before; }), "after OUT_OF_RANGE");
  EXPECT_EQ(refusal([](WardQuery& q) { q.before.end = q.before.begin; }), "before OUT_OF_RANGE");
  EXPECT_EQ(refusal([](WardQuery& q) { q.before = Period::CalendarYear(2015); }), "before NO_DATA");
  EXPECT_EQ(refusal([](WardQuery& q) { q.after = Period::CalendarYear(2035); }), "after NO_DATA");
  EXPECT_EQ(refusal([](WardQuery& q) { q.false_discovery_rate = 0; }), "false_discovery_rate OUT_OF_RANGE");
  EXPECT_EQ(refusal([](WardQuery& q) { q.false_discovery_rate = std::nan(""); }), "false_discovery_rate OUT_OF_RANGE");
  EXPECT_EQ(refusal([](WardQuery& q) { q.vintage = 2; }), "vintage NO_SUCH_VINTAGE");
  EXPECT_EQ(refusal([](WardQuery& q) { q.filter.areas = {1, {0}}; }), "filter.areas.vintage OTHER_VINTAGE");
}

TEST(CompareWards, PassesOnWhatASourceCannotAnswer) {
  DrawnDataset drawn = ThreeWards();
  drawn.record().sources[0].time = TimeKnowledge::kMonth;
  drawn.add_monthly({k2021.begin, k2022.end}, 1, kInA);
  const auto snapshot = drawn.build();
  WardQuery query = Ask(snapshot->datasets[0]);
  query.after.begin += 10;
  const auto cut = CompareWards(snapshot->datasets[0], query, NeverStop());
  EXPECT_EQ(cut.error().reason, "PERIOD_FINER_THAN_DATA");
  EXPECT_EQ(cut.error().field, "after");
  query = Ask(snapshot->datasets[0]);
  query.filter.window = TimeOfWeek{0, 360, 0x7F};
  EXPECT_EQ(CompareWards(snapshot->datasets[0], query, NeverStop()).error().reason, "HOUR_UNKNOWN");
}

TEST(ExplainChange, TellsBothCountsAndTheOdds) {
  DrawnDataset drawn = ThreeWards();
  drawn.add_monthly(k2021, 20, kInA);
  drawn.add_monthly(k2022, 15, kInA);
  drawn.add_monthly({k2021.begin, k2022.end}, 10, kInB);
  const auto snapshot = drawn.build();
  WardQuery query = Ask(snapshot->datasets[0]);
  WardAnswer answer = CompareWards(snapshot->datasets[0], query, NeverStop()).value();
  // binom.test(240, 420)$p.value, 0.0039426 by exact fractions, is 1 of 254; q is twice that over two tests.
  EXPECT_EQ(ExplainChange(answer.rows[0], query, answer),
            "240 to 180 incidents: lower. Were the rates equal, a difference at least this large would come by chance in 1 of 254 comparisons; q = 0.0079 over "
            "2 tests.");
  EXPECT_EQ(
      ExplainChange(answer.rows[1], query, answer),
      "120 to 120 incidents: no clear change. Were the rates equal, a difference at least this large would come by chance in more than half of comparisons; "
      "q = 1 over 2 tests.");
  EXPECT_EQ(ExplainChange(answer.rows[2], query, answer), "0 to 0 incidents: too few to say. The two periods need 20 incidents together.");
  EXPECT_EQ(ExplainChange(answer.rows[3], query, answer), "");
  answer.rows[0].change.widened_p_value = 0.05;
  answer.rows[0].before.incidents = 1'234'567;
  answer.dispersion = {2, 24};
  EXPECT_EQ(ExplainChange(answer.rows[0], query, answer),
            "1,234,567 to 180 incidents: lower. Were the rates equal, a difference at least this large would come by chance in 1 of 254 comparisons of Poisson "
            "counts, and in 1 of 20 as the areas vary here (2 times as much); q = 0.0079 over 2 tests.");
  answer.rows[0].before.incidents = 240;
  answer.rows[0].change.verdict = Verdict::kNotComparable;
  answer.breaks = {{"a", {}, {}}, {"b", {}, {}}, {"c", {}, {}}, {"d", {}, {}}};
  EXPECT_EQ(ExplainChange(answer.rows[0], query, answer), "240 to 180 incidents: not comparable. The periods were not recorded alike: a, b, c and 1 more.");
}

TEST(CompareWards, StopsWheneverItIsAsked) {
  class StopAt final : public StopSignal {
   public:
    explicit StopAt(int ask) : left_(ask) {}
    bool stop_requested() const override { return left_-- <= 0; }
    Error reason() const override { return {ErrorCode::kCancelled, "", "CANCELLED", "the caller went away"}; }

   private:
    mutable int left_;
  };
  DrawnDataset drawn = ThreeWards();
  drawn.add_monthly({k2021.begin, k2022.end}, 1, kInA);
  const auto snapshot = drawn.build();
  int ask = 0;
  for (;; ++ask) {
    const auto answer = CompareWards(snapshot->datasets[0], Ask(snapshot->datasets[0]), StopAt(ask));
    if (answer) break;
    ASSERT_EQ(answer.error().code, ErrorCode::kCancelled);
  }
  EXPECT_GE(ask, 3);
}

}  // namespace
}  // namespace geo
