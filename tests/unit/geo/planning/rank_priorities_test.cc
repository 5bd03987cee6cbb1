#include "geo/planning/rank_priorities.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "tests/support/drawn_dataset.h"

namespace geo {
namespace {

constexpr int kYear = 2025;

LocalMinute At(int month, int day, int hour) { return DayOf(kYear, month, day) * kMinutesPerDay + hour * 60; }

// Two wards of a kilometre side by side; two workstreams, robbery and disorder.
DrawnDataset Town() {
  DrawnDataset town;
  town.add_vintage("wards");
  town.add_square(0, "W1", 0, 0, 1000);
  town.add_square(0, "W2", 1000, 0, 1000);
  const auto stream = [](const char* id, const char* category, double weight) {
    Workstream of;
    of.id = of.title = id;
    of.entries = {{category, weight}};
    of.minimum_count = 1;
    return of;
  };
  town.record().workstreams = {stream("disorder", "anti-social-behaviour", 1), stream("robbery", "robbery", 3)};
  town.record().workstreams[0].concern = Workstream::Concern{0.6, 0.5, 0.7};
  WeightTable table;
  table.id = "days";
  table.entries = {{"robbery", 100}};
  town.record().weight_tables = {table};
  return town;
}

void Add(DrawnDataset& town, int n, double easting_m, int month, int day, int hour, CategoryIndex category) {
  for (int i = 0; i < n; ++i) {
    const LocalMinute at = At(month, day, hour);
    town.add({GridPoint::FromMeters(easting_m, 500), at, at + 1, category, 0});
  }
}

PriorityQuery Query(const DatasetSnapshot& data) {
  PriorityQuery query;
  query.period = Period::CalendarYear(kYear);
  for (std::size_t i = 0; i < data.record.workstreams.size(); ++i) query.workstreams.push_back({i, 1});
  query.unit = PlaceUnit::kAreas;
  query.draws = 100;
  return query;
}

PriorityAnswer Ranked(const DatasetSnapshot& data, const PriorityQuery& query) {
  auto answer = RankPriorities(data, query, NeverStop());
  EXPECT_TRUE(answer) << (answer ? "" : answer.error().message);
  return std::move(answer.value());
}

// W1: 4 robberies on a Monday at 10; 2 disorder there and then. W2: 1 robbery at the same hours, 6 disorder on Friday night.
TEST(RankPriorities, ByHand) {
  DrawnDataset town = Town();
  Add(town, 4, 500, 6, 2, 10, 0);
  Add(town, 2, 500, 6, 2, 10, 1);
  Add(town, 1, 1500, 6, 2, 10, 0);
  Add(town, 6, 1500, 6, 6, 23, 1);
  const auto snapshot = town.build();
  PriorityQuery query = Query(snapshot->datasets[0]);
  query.weight_table = 0;
  query.capacity_hours = 2;
  const PriorityAnswer answer = Ranked(snapshot->datasets[0], query);
  ASSERT_EQ(answer.candidates.size(), 3u);
  EXPECT_EQ(answer.scored, 3);
  EXPECT_DOUBLE_EQ(answer.points_per_weight, 10);  // two workstreams, five parts
  // Robbery: percentiles of (4 x 3, 1 x 3): 0.75 and 0.25, of harm (400, 100) the same. Disorder: 0.25 of W1, 0.75 of W2; the table has no weight for it.
  // Trend: too few to say, a half. Nothing is known of the years before.
  const Candidate& first = answer.candidates[0];
  EXPECT_EQ(first.place, 0);
  EXPECT_EQ(first.block, 0);
  EXPECT_NEAR(first.score, 10 * (0.75 + 0.75 + 0.5 * 0.75) + 10 * (0.25 + 0.5 * 0.25 + 0.6 * 0.25), 1e-12);
  EXPECT_EQ(first.incidents, 6);
  EXPECT_DOUBLE_EQ(first.harm, 400);
  EXPECT_DOUBLE_EQ(first.harm_without_largest, 300);
  EXPECT_EQ(first.unweighted, 2);
  const Candidate& second = answer.candidates[1];
  EXPECT_EQ(second.place, 1);
  EXPECT_EQ(second.block, 4 * 3 + 2);  // Friday 22 to 6
  EXPECT_NEAR(second.score, 10 * (0.75 + 0.5 * 0.75 + 0.6 * 0.75), 1e-12);
  EXPECT_NEAR(answer.candidates[2].score, 10 * (0.25 + 0.25 + 0.5 * 0.25), 1e-12);
  ASSERT_EQ(answer.assigned.size(), 2u);
  EXPECT_EQ(answer.assigned[0].candidate, 0u);
  EXPECT_DOUBLE_EQ(answer.coverage->targeted, 13);
  EXPECT_DOUBLE_EQ(answer.coverage->covered, 12);
  EXPECT_DOUBLE_EQ(answer.coverage->elsewhere, 1);
  for (const Candidate& candidate : answer.candidates) {
    EXPECT_LE(candidate.rank_low, candidate.rank);
    EXPECT_GE(candidate.rank_high, candidate.rank);
  }
}

TEST(RankPriorities, WhereTargetedIncidentsAreAddsUp) {
  DrawnDataset town = Town();
  Add(town, 3, 500, 6, 2, 10, 0);
  Add(town, 2, 5500, 6, 2, 10, 0);  // outside
  town.add({kUnlocated, At(6, 2, 10), At(6, 2, 11), 0, 0});
  const auto at = At(6, 2, 0);
  town.add({GridPoint::FromMeters(500, 500), at, at + kMinutesPerDay, 1, 0});  // a day without hour
  const auto snapshot = town.build();
  PriorityQuery query = Query(snapshot->datasets[0]);
  query.capacity_hours = 1;
  const PriorityAnswer answer = Ranked(snapshot->datasets[0], query);
  const CoverageOfPlan& coverage = *answer.coverage;
  EXPECT_EQ(coverage.targeted, 7);
  EXPECT_EQ(coverage.covered, 3);
  EXPECT_EQ(coverage.outside, 2);
  EXPECT_EQ(coverage.unlocated, 1);
  EXPECT_EQ(coverage.hour_unknown, 1);
  EXPECT_EQ(coverage.elsewhere, 0);
  EXPECT_EQ(answer.streams[0].hour_unknown, 1);
}

TEST(RankPriorities, AnIncidentOfTwoWorkstreamsIsCoveredOnce) {
  DrawnDataset town = Town();
  town.record().workstreams.push_back(town.record().workstreams[1]);
  town.record().workstreams[2].id = "street-robbery";
  Add(town, 5, 500, 6, 2, 10, 0);
  const auto snapshot = town.build();
  PriorityQuery query = Query(snapshot->datasets[0]);
  query.capacity_hours = 1;
  const PriorityAnswer answer = Ranked(snapshot->datasets[0], query);
  EXPECT_EQ(answer.coverage->targeted, 5);
  EXPECT_EQ(answer.coverage->covered, 5);
  EXPECT_EQ(answer.candidates[0].incidents, 5);
  EXPECT_EQ(answer.candidates[0].workstreams.size(), 2u);
}

TEST(RankPriorities, ALayerWithoutWeightIsShownAndRanksNothing) {
  DrawnDataset town = Town();
  Add(town, 9, 500, 6, 2, 10, 0);
  Add(town, 1, 1500, 6, 2, 10, 1);
  const auto snapshot = town.build();
  PriorityQuery query = Query(snapshot->datasets[0]);
  query.workstreams[1].weight = 0;
  const PriorityAnswer answer = Ranked(snapshot->datasets[0], query);
  ASSERT_EQ(answer.candidates.size(), 1u);
  EXPECT_EQ(answer.candidates[0].place, 1);
  EXPECT_EQ(answer.scored, 2);
  EXPECT_EQ(answer.streams[1].incidents, 9);
}

TEST(RankPriorities, UnderItsMinimumAWorkstreamGivesNoPoints) {
  DrawnDataset town = Town();
  town.record().workstreams[1].minimum_count = 4;
  Add(town, 3, 500, 6, 2, 10, 0);
  Add(town, 4, 1500, 6, 2, 10, 0);
  const auto snapshot = town.build();
  const PriorityAnswer answer = Ranked(snapshot->datasets[0], Query(snapshot->datasets[0]));
  ASSERT_EQ(answer.candidates.size(), 1u);
  EXPECT_EQ(answer.candidates[0].place, 1);
}

TEST(RankPriorities, HoursThatNobodyKnowsAreRefusedWithTheReasonAndPlacesAreStillTold) {
  DrawnDataset town = Town();
  town.record().sources[0].time = TimeKnowledge::kMonth;
  town.record().workstreams[1].window = TimeOfWeek{20 * 60, 6 * 60, 0x70};
  const LocalMinute june = At(6, 1, 0), july = At(7, 1, 0);
  for (int i = 0; i < 5; ++i) town.add({GridPoint::FromMeters(500, 500), june, july, 1, 0});
  town.add({GridPoint::FromMeters(1500, 500), june, july, 0, 0});
  const auto snapshot = town.build();
  const PriorityAnswer answer = Ranked(snapshot->datasets[0], Query(snapshot->datasets[0]));
  EXPECT_FALSE(answer.hours_told);
  ASSERT_EQ(answer.candidates.size(), 1u);
  EXPECT_EQ(answer.candidates[0].block, -1);
  ASSERT_EQ(answer.left_out.size(), 2u);  // one that names hours, and the hours of the other
  EXPECT_EQ(answer.left_out[0].workstream, 1u);
  EXPECT_EQ(answer.left_out[0].reason, "HOUR_UNKNOWN");
  EXPECT_EQ(answer.left_out[1].workstream, 0u);
  EXPECT_EQ(answer.left_out[1].reason, "HOUR_UNKNOWN");
}

TEST(RankPriorities, VeryHighSensitivityIsNotToldByCell) {
  DrawnDataset town = Town();
  town.record().workstreams[0].tier = SensitivityTier::kVeryHigh;
  Add(town, 5, 500, 6, 2, 10, 0);
  Add(town, 5, 500, 6, 2, 10, 1);
  const auto snapshot = town.build();
  PriorityQuery query = Query(snapshot->datasets[0]);
  query.unit = PlaceUnit::kCells;
  const PriorityAnswer answer = Ranked(snapshot->datasets[0], query);
  ASSERT_EQ(answer.left_out.size(), 1u);
  EXPECT_EQ(answer.left_out[0].reason, "TIER_NEEDS_AREAS");
  ASSERT_EQ(answer.candidates.size(), 1u);
  EXPECT_EQ(answer.candidates[0].workstreams.size(), 1u);
  EXPECT_EQ(answer.places.grid.format(answer.places.cells[static_cast<std::size_t>(answer.candidates[0].place)]), "s250:r2:c2");
}

TEST(RankPriorities, TheFlagsOfVeryHighSensitivityAreNotToldByCellUnderAnotherName) {
  DrawnDataset town = Town();
  town.record().flags = {{"domestic", "At home"}};
  town.record().sources[0].flags = {"domestic"};
  Workstream secret = town.record().workstreams[0];
  secret.id = "secret";
  secret.flags_with = {"domestic"};
  secret.tier = SensitivityTier::kVeryHigh;
  town.record().workstreams[0].flags_with = {"domestic"};
  town.record().workstreams.push_back(secret);
  Add(town, 5, 500, 6, 2, 10, 1);
  const auto snapshot = town.build();
  PriorityQuery query = Query(snapshot->datasets[0]);
  query.unit = PlaceUnit::kCells;
  const PriorityAnswer answer = Ranked(snapshot->datasets[0], query);
  ASSERT_EQ(answer.left_out.size(), 2u);
  for (const LeftOut& out : answer.left_out) EXPECT_EQ(out.reason, "TIER_NEEDS_AREAS") << out.message;
  query.unit = PlaceUnit::kAreas;
  EXPECT_TRUE(Ranked(snapshot->datasets[0], query).left_out.empty());
}

TEST(RankPriorities, Refusals) {
  DrawnDataset town = Town();
  Add(town, 5, 500, 6, 2, 10, 0);
  const auto snapshot = town.build();
  const DatasetSnapshot& data = snapshot->datasets[0];
  const auto refusal = [&](auto change) {
    PriorityQuery query = Query(data);
    change(query);
    const auto answer = RankPriorities(data, query, NeverStop());
    return answer ? std::string("answered") : answer.error().field + " " + answer.error().reason;
  };
  EXPECT_EQ(refusal([](PriorityQuery& q) { q.workstreams[0].weight = q.workstreams[1].weight = 0; }), "workstreams WEIGHTS_ARE_ZERO");
  EXPECT_EQ(refusal([](PriorityQuery& q) { q.part_weights = {0, 1, 0, 0, 0}; }), "part_weights WEIGHTS_ARE_ZERO");
  EXPECT_EQ(refusal([](PriorityQuery& q) { q.period = {DayOf(2024, 1, 1), DayOf(2025, 1, 2)}; }), "period OUT_OF_RANGE");
  EXPECT_EQ(refusal([](PriorityQuery& q) { q.vintage = 1; }), "vintage NO_AREAS");
  EXPECT_EQ(refusal([](PriorityQuery& q) { q.period = Period::CalendarYear(2010); }), "workstreams NO_DATA");
}

}  // namespace
}  // namespace geo
