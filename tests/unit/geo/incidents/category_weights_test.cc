// Selection under a table of harm, on rows small enough to add up by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "geo/incidents/selection.h"

namespace geo {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr LocalDay kDay = 19'000;  // 2022-01-08
constexpr LocalMinute kMidnight = kDay * kMinutesPerDay;

DatasetRecord Record() {
  DatasetRecord record;
  record.categories = {{"anti-social-behaviour", "ASB", false}, {"arson", "Arson", true}, {"robbery", "Robbery", true}, {"theft", "Theft", true}};
  record.weight_tables = {{"one", "", "", "", "", {{"theft", 1}}}, {"two", "", "", "", "", {{"arson", 0}, {"robbery", 365}, {"theft", 2.5}}}};
  return record;
}

// Categories in order of time: ASB 18:00, arson 18:10, robbery 18:00 to 22:00, theft 23:00, theft with the date only.
IncidentColumns Rows() {
  IncidentColumns c;
  c.files = {{0, 0}};
  c.resize(5);
  c.category = {3, 0, 2, 1, 3};
  c.from_minute = {kMidnight, kMidnight + 18 * 60, kMidnight + 18 * 60, kMidnight + 18 * 60 + 10, kMidnight + 23 * 60};
  c.to_minute = {kMidnight + kMinutesPerDay, kMidnight + 18 * 60 + 1, kMidnight + 22 * 60, kMidnight + 18 * 60 + 11, kMidnight + 23 * 60 + 1};
  return c;
}

Selection Select(const IncidentFilter& filter) {
  const IncidentColumns rows = Rows();
  return SelectIncidents(rows, {}, filter, NeverStop()).value();
}

IncidentFilter Everything() { return {{0, 1, 2, 3}, {0}, {kDay, kDay + 1}, {}, std::nullopt, std::nullopt}; }

TEST(CategoryWeights, FollowTheOrderOfTheCategories) {
  const auto weights = WeightsOf(Record(), 1);
  EXPECT_EQ(weights.table, 1U);
  EXPECT_THAT(weights.weight, ElementsAre(0, 0, 365, 2.5));
  EXPECT_THAT(weights.known, ElementsAre(0, 1, 1, 1));
  EXPECT_THAT(WeightsOf(Record(), 0).known, ElementsAre(0, 0, 0, 1));
}

TEST(CategoryWeights, NoTableLeavesEveryWeightOne) {
  const Selection all = Select(Everything());
  EXPECT_THAT(all.rows, ElementsAre(0, 1, 2, 3, 4));
  EXPECT_THAT(all.weights, IsEmpty());
  EXPECT_EQ(all.unweighted, 0);
  EXPECT_EQ(all.total_weight(), 5);
}

TEST(CategoryWeights, ZeroIsAWeightAndNoneIsNot) {
  IncidentFilter filter = Everything();
  filter.weights = WeightsOf(Record(), 1);
  const Selection harm = Select(filter);
  EXPECT_THAT(harm.rows, ElementsAre(0, 2, 3, 4)) << "anti-social behaviour is apart; arson of weight 0 stays";
  EXPECT_THAT(harm.weights, ElementsAre(2.5, 365, 0, 2.5));
  EXPECT_EQ(harm.unweighted, 1);
  EXPECT_EQ(harm.total_weight(), 370);
  EXPECT_EQ(harm.kept_without_hour, 1);
}

TEST(CategoryWeights, MultiplyTheShareOfTheWindow) {
  IncidentFilter filter = Everything();
  filter.window = TimeOfWeek{18 * 60, 19 * 60, 0x7F};
  filter.weights = WeightsOf(Record(), 1);
  const Selection harm = Select(filter);
  EXPECT_THAT(harm.rows, ElementsAre(2, 3));
  EXPECT_THAT(harm.weights, ElementsAre(365 * 0.25, 0));
  EXPECT_EQ(harm.unknown_hour, 1) << "the theft of an unknown hour";
  EXPECT_EQ(harm.unweighted, 1) << "the anti-social behaviour inside the window";
}

// Only what all else keeps is missing for want of a weight.
TEST(CategoryWeights, RowsThatTheFilterDropsAreNotUnweighted) {
  IncidentFilter filter = Everything();
  filter.weights = WeightsOf(Record(), 0);
  filter.categories = {0, 3};
  EXPECT_EQ(Select(filter).unweighted, 1) << "robbery and arson were not asked for";
  filter.window = TimeOfWeek{22 * 60, 23 * 60 + 30, 0x7F};
  const Selection late = Select(filter);
  EXPECT_THAT(late.rows, ElementsAre(4));
  EXPECT_THAT(late.weights, ElementsAre(1));
  EXPECT_EQ(late.unweighted, 0) << "the anti-social behaviour is outside the window";
}

}  // namespace
}  // namespace geo
