#include "geo/snapshot/coverage.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace geo {
namespace {

// One source; categories: 0 burglary, 1 drugs (crimes), 2 anti-social behaviour. `rows[m]` holds the three counts of month m from 2018-10.
struct Drawn {
  DatasetRecord record;
  IncidentColumns incidents;
};

Drawn Draw(const std::vector<std::vector<int>>& rows, LocalDay as_at = DayOf(2030, 1, 1)) {
  Drawn drawn;
  drawn.record.as_at = as_at;
  drawn.record.categories = {{"burglary", "Burglary", true}, {"drugs", "Drugs", true}, {"anti-social-behaviour", "Anti-social behaviour", false}};
  drawn.record.sources.resize(1);
  drawn.incidents.files = {{0, 0}};
  for (std::size_t m = 0; m < rows.size(); ++m) {
    const Month month{Month::Of(2018, 10).index + static_cast<int>(m)};
    for (std::size_t c = 0; c < rows[m].size(); ++c) {
      for (int i = 0; i < rows[m][c]; ++i) {
        auto& columns = drawn.incidents;
        columns.resize(columns.size() + 1);
        columns.at.back() = i % 10 == 0 ? kUnlocated : GridPoint{1, 1};
        columns.from_minute.back() = month.first_day() * kMinutesPerDay;
        columns.to_minute.back() = month.next().first_day() * kMinutesPerDay;
        columns.category.back() = static_cast<CategoryIndex>(c);
      }
    }
  }
  return drawn;
}

std::string StatesOf(const Coverage& coverage) {
  std::string states;
  for (const auto& month : coverage.months) states += ".PE?"[static_cast<int>(month.state)];
  return states;
}

TEST(Coverage, CountsEveryRowOnce) {
  const Drawn drawn = Draw({{20, 10, 30}, {20, 10, 30}});
  const Coverage coverage = MeasureCoverage(drawn.record, drawn.incidents);
  ASSERT_EQ(coverage.months.size(), 2u);
  EXPECT_EQ(coverage.months[0].incidents, 60);
  EXPECT_EQ(coverage.months[0].located, 54);
  EXPECT_EQ(coverage.months[0].clock_known, 0);
  EXPECT_EQ(coverage.months[0].by_category, (std::vector<std::int64_t>{20, 10, 30}));
  EXPECT_EQ(StatesOf(coverage), "..");
}

TEST(Coverage, AWindowUnderADayKnowsTheClock) {
  Drawn drawn = Draw({{3, 0, 0}});
  for (std::size_t i = 0; i < 3; ++i) drawn.incidents.to_minute[i] = drawn.incidents.from_minute[i] + kMinutesPerDay - 1 + static_cast<int>(i);
  EXPECT_EQ(MeasureCoverage(drawn.record, drawn.incidents).months.at(0).clock_known, 1);
}

TEST(Coverage, CrimesThatHalveTogetherAreAPartialMonth) {
  // As in Kent, December 2018: every crime falls by half, anti-social behaviour does not.
  const Drawn drawn = Draw({{500, 400, 200}, {500, 400, 200}, {230, 190, 210}, {500, 400, 200}, {500, 400, 200}});
  const Coverage coverage = MeasureCoverage(drawn.record, drawn.incidents);
  EXPECT_EQ(StatesOf(coverage), "..P..");
  EXPECT_EQ(coverage.months[2].partial_category, (std::vector<std::uint8_t>{1, 1, 0}));
}

TEST(Coverage, OneCategoryMayBePartialAlone) {
  // As in Northumbria, July 2020: anti-social behaviour drops to a fifth.
  const Drawn drawn = Draw({{500, 400, 600}, {500, 400, 600}, {500, 400, 130}, {500, 400, 600}});
  const Coverage coverage = MeasureCoverage(drawn.record, drawn.incidents);
  EXPECT_EQ(StatesOf(coverage), "..P.");
  EXPECT_EQ(coverage.months[2].partial_category, (std::vector<std::uint8_t>{0, 0, 1}));
}

TEST(Coverage, SmallNumbersAndSeasonsAreNotPartial) {
  EXPECT_EQ(StatesOf(MeasureCoverage(Draw({{9, 3, 4}, {8, 2, 4}, {4, 1, 1}, {9, 3, 5}}).record, Draw({{9, 3, 4}, {8, 2, 4}, {4, 1, 1}, {9, 3, 5}}).incidents)), "....");
  const Drawn season = Draw({{500, 400, 300}, {500, 400, 260}, {450, 380, 210}, {500, 400, 190}, {520, 410, 250}});
  EXPECT_EQ(StatesOf(MeasureCoverage(season.record, season.incidents)), ".....");
}

TEST(Coverage, GapsAndProvisionalMonthsAreMarked) {
  const Drawn gap = Draw({{50, 40, 20}, {}, {}, {50, 40, 20}});
  EXPECT_EQ(StatesOf(MeasureCoverage(gap.record, gap.incidents)), ".EE.");
  const Drawn early = Draw({{50, 40, 20}, {50, 40, 20}}, DayOf(2018, 11, 14));
  EXPECT_EQ(StatesOf(MeasureCoverage(early.record, early.incidents)), ".?");
  const Drawn whole = Draw({{50, 40, 20}, {50, 40, 20}}, DayOf(2018, 11, 30));
  EXPECT_EQ(StatesOf(MeasureCoverage(whole.record, whole.incidents)), "..");
}

TEST(Coverage, NothingLoadedIsNothingCovered) { EXPECT_TRUE(MeasureCoverage({}, {}).months.empty()); }

}  // namespace
}  // namespace geo
