#include "geo/snapshot/breaks_crossed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/drawn_dataset.h"

namespace geo {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr CategoryIndex kRobbery = 0, kAsb = 1;
const GridPoint kHere = GridPoint::FromMeters(575'000, 165'000);
const Period k2020 = Period::CalendarYear(2020), k2021 = Period::CalendarYear(2021), k2022 = Period::CalendarYear(2022);

std::vector<std::string> Ids(const std::vector<CrossedBreak>& crossed) {
  std::vector<std::string> ids;
  for (const CrossedBreak& entry : crossed) ids.push_back(entry.id);
  return ids;
}

// Three years of complete months of both categories.
DrawnDataset Complete() {
  DrawnDataset drawn;
  drawn.add_monthly({k2020.begin, k2022.end}, 20, kHere, kRobbery);
  drawn.add_monthly({k2020.begin, k2022.end}, 20, kHere, kAsb);
  return drawn;
}

RecordingBreak Break(const std::string& id, Period period, const std::string& source = "", std::vector<std::string> categories = {}) {
  return {id, source, std::move(categories), period, "note of " + id};
}

struct Asked {
  std::vector<std::string> one, between;
};
// 2022 alone, and 2021 against 2022, with one break in the register.
Asked Ask(const RecordingBreak& entry, std::vector<CategoryIndex> categories = {kRobbery, kAsb}) {
  DrawnDataset drawn = Complete();
  drawn.record().breaks.push_back(entry);
  const auto snapshot = drawn.build();
  IncidentFilter filter = FilterAll(snapshot->datasets[0], k2022);
  filter.categories = std::move(categories);
  EXPECT_EQ(Ids(BreaksBetween(snapshot->datasets[0], filter, k2021, k2022)), Ids(BreaksBetween(snapshot->datasets[0], filter, k2022, k2021)));
  return {Ids(BreaksCrossed(snapshot->datasets[0], filter, k2022)), Ids(BreaksBetween(snapshot->datasets[0], filter, k2021, k2022))};
}

TEST(BreaksCrossed, AChangeOfRulePartsTheDaysBeforeFromTheDaysAfter) {
  const auto rule = [](int year, int month, int day) { return Break("rule", {DayOf(year, month, day), DayOf(year, month, day) + 1}); };
  // Before both, or on the first day of the earlier: both are under the new rule.
  EXPECT_THAT(Ask(rule(2020, 6, 1)).between, IsEmpty());
  EXPECT_THAT(Ask(rule(2021, 1, 1)).between, IsEmpty());
  EXPECT_THAT(Ask(rule(2021, 1, 2)).between, ElementsAre("rule"));
  // On the first day of the later: it parts the two, but not the later within itself.
  EXPECT_THAT(Ask(rule(2022, 1, 1)).between, ElementsAre("rule"));
  EXPECT_THAT(Ask(rule(2022, 1, 1)).one, IsEmpty());
  EXPECT_THAT(Ask(rule(2022, 12, 31)).between, ElementsAre("rule"));
  EXPECT_THAT(Ask(rule(2022, 12, 31)).one, ElementsAre("rule"));
  EXPECT_THAT(Ask(rule(2023, 1, 1)).between, IsEmpty());
}

TEST(BreaksCrossed, ABreakPartsItsDaysFromAllOthers) {
  EXPECT_THAT(Ask(Break("covid", {DayOf(2020, 3, 1), DayOf(2021, 6, 1)})).between, ElementsAre("covid"));
  EXPECT_THAT(Ask(Break("covid", {DayOf(2020, 3, 1), DayOf(2021, 1, 1)})).between, IsEmpty());
  EXPECT_THAT(Ask(Break("covid", {DayOf(2022, 12, 30), DayOf(2024, 1, 1)})).between, ElementsAre("covid"));
  EXPECT_THAT(Ask(Break("covid", {DayOf(2022, 12, 30), DayOf(2024, 1, 1)})).one, ElementsAre("covid"));
  // Both years wholly inside: recorded alike, though each alone carries the remark.
  EXPECT_THAT(Ask(Break("covid", {DayOf(2020, 3, 1), DayOf(2023, 6, 1)})).between, IsEmpty());
  EXPECT_THAT(Ask(Break("covid", {DayOf(2020, 3, 1), DayOf(2023, 6, 1)})).one, ElementsAre("covid"));
}

TEST(BreaksCrossed, AsksForSourceAndCategory) {
  const Period days{DayOf(2022, 3, 1), DayOf(2022, 4, 1)};
  EXPECT_THAT(Ask(Break("b", days, "police")).between, ElementsAre("b"));
  EXPECT_THAT(Ask(Break("b", days, "council")).between, IsEmpty());
  EXPECT_THAT(Ask(Break("b", days, "", {"anti-social-behaviour"}), {kAsb}).between, ElementsAre("b"));
  EXPECT_THAT(Ask(Break("b", days, "", {"anti-social-behaviour"}), {kRobbery}).between, IsEmpty());
}

TEST(BreaksCrossed, CarriesTheRegistersDaysAndNote) {
  DrawnDataset drawn = Complete();
  const RecordingBreak entry = Break("covid", {DayOf(2022, 3, 1), DayOf(2022, 6, 1)});
  drawn.record().breaks.push_back(entry);
  const auto snapshot = drawn.build();
  EXPECT_THAT(BreaksCrossed(snapshot->datasets[0], FilterAll(snapshot->datasets[0], k2022), k2022),
              ElementsAre(CrossedBreak{"covid", entry.period, "note of covid"}));
}

TEST(BreaksCrossed, APartialMonthOfOneCategorySparesTheOthers) {
  DrawnDataset drawn;
  drawn.add_monthly({k2021.begin, k2022.end}, 100, kHere, kRobbery);
  drawn.add_monthly({k2021.begin, DayOf(2022, 7, 1)}, 200, kHere, kAsb);
  drawn.add_monthly({DayOf(2022, 7, 1), DayOf(2022, 8, 1)}, 10, kHere, kAsb);
  drawn.add_monthly({DayOf(2022, 8, 1), k2022.end}, 200, kHere, kAsb);
  const auto snapshot = drawn.build();
  IncidentFilter filter = FilterAll(snapshot->datasets[0], k2022);
  EXPECT_THAT(Ids(BreaksCrossed(snapshot->datasets[0], filter, k2022)), ElementsAre("partial:police:2022-07"));
  EXPECT_THAT(Ids(BreaksBetween(snapshot->datasets[0], filter, k2021, k2022)), ElementsAre("partial:police:2022-07"));
  filter.categories = {kAsb};
  EXPECT_THAT(Ids(BreaksCrossed(snapshot->datasets[0], filter, k2022)), ElementsAre("partial:police:2022-07"));
  filter.categories = {kRobbery};
  EXPECT_THAT(BreaksCrossed(snapshot->datasets[0], filter, k2022), IsEmpty());
  EXPECT_THAT(BreaksBetween(snapshot->datasets[0], filter, k2021, k2022), IsEmpty());
}

TEST(BreaksCrossed, NamesGapsInsideBeforeAndAfterASourcesMonths) {
  DrawnDataset drawn;
  drawn.add_monthly({DayOf(2021, 11, 1), DayOf(2022, 3, 1)}, 5, kHere);
  drawn.add_monthly({DayOf(2022, 4, 1), DayOf(2022, 6, 1)}, 5, kHere);
  const auto snapshot = drawn.build();
  const IncidentFilter filter = FilterAll(snapshot->datasets[0], k2022);
  EXPECT_THAT(Ids(IncompleteMonths(snapshot->datasets[0], filter, {DayOf(2021, 10, 1), DayOf(2022, 7, 1)})),
              ElementsAre("gap:police:2021-10", "gap:police:2022-03", "gap:police:2022-06"));
  EXPECT_THAT(IncompleteMonths(snapshot->datasets[0], filter, {DayOf(2021, 11, 20), DayOf(2022, 2, 5)}), IsEmpty());
  EXPECT_THAT(IncompleteMonths(snapshot->datasets[0], filter, {5, 5}), IsEmpty());
}

TEST(BreaksCrossed, AGapOfASourceThatNeverHeldTheCategoryIsOfNoAccount) {
  DrawnDataset drawn = Complete();
  const std::uint16_t council = drawn.add_source("council", TimeKnowledge::kClock);
  drawn.add_monthly({DayOf(2022, 6, 1), k2022.end}, 5, kHere, kAsb, council);
  const auto snapshot = drawn.build();
  IncidentFilter filter = FilterAll(snapshot->datasets[0], k2022);
  EXPECT_THAT(Ids(IncompleteMonths(snapshot->datasets[0], filter, {DayOf(2022, 4, 1), DayOf(2022, 7, 1)})),
              ElementsAre("gap:council:2022-04", "gap:council:2022-05"));
  filter.categories = {kRobbery};
  EXPECT_THAT(IncompleteMonths(snapshot->datasets[0], filter, k2022), IsEmpty());
  filter.categories = {kRobbery, kAsb};
  filter.sources = {0};
  EXPECT_THAT(IncompleteMonths(snapshot->datasets[0], filter, k2022), IsEmpty());
}

TEST(BreaksCrossed, MonthsAfterAsAtAreProvisional) {
  DrawnDataset drawn = Complete();
  drawn.record().as_at = DayOf(2022, 11, 15);
  const auto snapshot = drawn.build();
  EXPECT_THAT(Ids(IncompleteMonths(snapshot->datasets[0], FilterAll(snapshot->datasets[0], k2022), k2022)),
              ElementsAre("provisional:police:2022-11", "provisional:police:2022-12"));
}

}  // namespace
}  // namespace geo
