#include "geo/hotspots/find_hotspots.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "tests/support/drawn_dataset.h"

namespace geo {
namespace {

constexpr double kEast = 575'000, kNorth = 165'000, kCell = 250;
const Period kYear = Period::CalendarYear(2022);

HotspotQuery Ask(const DatasetSnapshot& data) {
  HotspotQuery query;
  query.filter = FilterAll(data, kYear);
  query.previous_years = 0;
  return query;
}

HotspotAnswer Find(const DatasetSnapshot& data, const HotspotQuery& query) { return FindHotspots(data, query, {}, NeverStop()).value(); }

// The answer as a map, north at the top: '#' hot, 'o' occupied and not hot, '.' not listed.
template <class Mark>
std::string Draw(const HotspotAnswer& answer, int columns, int rows, Mark mark) {
  std::vector<std::string> lines(static_cast<std::size_t>(rows), std::string(static_cast<std::size_t>(columns), '.'));
  for (const HotCell& cell : answer.cells) {
    const auto column = static_cast<std::size_t>((cell.centre.easting_m() - kEast) / kCell);
    const auto row = static_cast<std::size_t>((cell.centre.northing_m() - kNorth) / kCell);
    lines.at(lines.size() - 1 - row).at(column) = mark(cell);
  }
  std::string map;
  for (const std::string& line : lines) map += line + "\n";
  return map;
}
char HotMark(const HotCell& cell) { return cell.hot ? '#' : 'o'; }

TEST(FindHotspots, DrawsTheFewestCellsThatCarryTheShare) {
  DrawnDataset drawn;
  drawn.draw_monthly(
      "1.21\n"
      "..9.\n"
      "3..2\n",
      kEast, kNorth, kCell, kYear);
  const auto snapshot = drawn.build();
  HotspotQuery query = Ask(snapshot->datasets[0]);
  query.share = 0.6;
  EXPECT_EQ(Draw(Find(snapshot->datasets[0], query), 4, 3, HotMark), "....\n..#.\n#...\n");
  query.selection = CellSelection::kOccupied;
  const HotspotAnswer answer = Find(snapshot->datasets[0], query);
  EXPECT_EQ(Draw(answer, 4, 3, HotMark), "o.oo\n..#.\n#..o\n");
  EXPECT_EQ(answer.hot_cells, 2);
  EXPECT_EQ(answer.occupied_cells, 6);
  EXPECT_EQ(answer.incidents, 18 * 12);
  EXPECT_EQ(answer.cells[0].incidents, 9 * 12);
  EXPECT_EQ(answer.cells[0].share, 0.5);
  EXPECT_EQ(answer.cells[0].rank, 1);
  EXPECT_EQ(answer.cells.back().cumulative_share, 1.0);
  EXPECT_EQ(answer.cells[0].top_point_share, 1.0);
  EXPECT_EQ(answer.cells[0].persistence, Persistence::kUnknown);
}

TEST(FindHotspots, NamesARuleThatChangedOnTheFirstDayOfThePeriod) {
  DrawnDataset drawn;
  drawn.draw_monthly("9\n", kEast, kNorth, kCell, {DayOf(2021, 1, 1), kYear.end});
  const auto rule = [&](const char* id, LocalDay day) { drawn.record().breaks.push_back({id, "", {}, {day, day + 1}, "a new rule"}); };
  rule("new-year", kYear.begin);
  rule("in-summer", DayOf(2022, 7, 1));
  rule("long-ago", DayOf(2020, 7, 1));
  const auto snapshot = drawn.build();
  const auto ids = [&](int previous_years) {
    HotspotQuery query = Ask(snapshot->datasets[0]);
    query.previous_years = previous_years;
    std::vector<std::string> found;
    for (const CrossedBreak& entry : Find(snapshot->datasets[0], query).breaks) found.push_back(entry.id);
    return found;
  };
  EXPECT_THAT(ids(0), ::testing::ElementsAre("in-summer"));
  EXPECT_THAT(ids(1), ::testing::ElementsAre("in-summer", "new-year"));
  EXPECT_THAT(ids(2), ::testing::ElementsAre("in-summer", "new-year"));  // 2020 is not covered
}

TEST(FindHotspots, CountsWhoseHourIsNotKnown) {
  DrawnDataset drawn;
  const LocalMinute noon = DayOf(2022, 3, 3) * kMinutesPerDay + 720;
  for (const int length : {1, kMinutesPerDay - 1, kMinutesPerDay, 31 * kMinutesPerDay}) {
    drawn.add({GridPoint::FromMeters(kEast, kNorth), noon, noon + length});
  }
  const auto snapshot = drawn.build();
  const HotspotAnswer answer = Find(snapshot->datasets[0], Ask(snapshot->datasets[0]));
  EXPECT_EQ(answer.incidents, 4);
  EXPECT_EQ(answer.hour_unknown, 2);
  EXPECT_EQ(answer.unknown_hour, 0);
}

TEST(FindHotspots, FollowsCellsThroughThreeYears) {
  DrawnDataset drawn;
  drawn.draw_monthly("9.9\n9..\n...\n", kEast, kNorth, kCell, Period::CalendarYear(2020));
  drawn.draw_monthly("9..\n99.\n...\n", kEast, kNorth, kCell, Period::CalendarYear(2021));
  drawn.draw_monthly("919\n1.9\n..1\n", kEast, kNorth, kCell, Period::CalendarYear(2022));
  const auto snapshot = drawn.build();
  HotspotQuery query = Ask(snapshot->datasets[0]);
  query.share = 0.9;
  query.previous_years = 2;
  query.selection = CellSelection::kOccupied;
  const HotspotAnswer answer = Find(snapshot->datasets[0], query);
  const auto mark = [](const HotCell& cell) { return "?-PRNC"[static_cast<int>(cell.persistence)]; };
  // Persistent, recurring, new, cooled, and '-' never hot. The middle of the map was hot in 2021 and is empty now: it is not listed.
  EXPECT_EQ(Draw(answer, 3, 3, mark),
            "P-R\n"
            "C.N\n"
            "..-\n");
  ASSERT_EQ(answer.years.size(), 2U);
  EXPECT_EQ(answer.years[0].period, Period::CalendarYear(2020));
  EXPECT_TRUE(answer.years[0].covered && answer.years[1].covered);
  EXPECT_EQ(answer.years[1].incidents, 27 * 12);
  EXPECT_EQ(answer.years[1].hot_cells, 3);
}

TEST(FindHotspots, LeavesAYearWithAGapOutOfPersistence) {
  DrawnDataset drawn;
  drawn.draw_monthly("9\n", kEast, kNorth, kCell, Period::CalendarYear(2020));
  drawn.draw_monthly("9\n", kEast, kNorth, kCell, {DayOf(2021, 2, 1), DayOf(2022, 1, 1)});  // January is missing
  drawn.draw_monthly("9\n", kEast, kNorth, kCell, kYear);
  const auto snapshot = drawn.build();
  HotspotQuery query = Ask(snapshot->datasets[0]);
  query.previous_years = 3;
  const HotspotAnswer answer = Find(snapshot->datasets[0], query);
  ASSERT_EQ(answer.years.size(), 3U);
  EXPECT_FALSE(answer.years[0].covered);  // 2019: before the data
  EXPECT_TRUE(answer.years[1].covered);
  EXPECT_FALSE(answer.years[2].covered);
  EXPECT_EQ(answer.years[2].incidents, 9 * 11);
  EXPECT_EQ(answer.years[2].hot_cells, 0);
  EXPECT_EQ(answer.cells[0].hot_in, (std::vector<std::uint8_t>{0, 1, 0}));
  EXPECT_EQ(answer.cells[0].persistence, Persistence::kPersistent);
}

TEST(FindHotspots, RefusesAPeriodThatOverlapsItsOwnPreviousYears) {
  DrawnDataset drawn;
  drawn.draw_monthly("9\n", kEast, kNorth, kCell, {DayOf(2020, 1, 1), kYear.end});
  const auto snapshot = drawn.build();
  const auto ask = [&](Period period, int previous_years) {
    HotspotQuery query = Ask(snapshot->datasets[0]);
    query.filter.period = period;
    query.previous_years = previous_years;
    return FindHotspots(snapshot->datasets[0], query, {}, NeverStop());
  };
  const Period year_and_day{DayOf(2021, 12, 31), DayOf(2023, 1, 1)};
  const auto refused = ask(year_and_day, 1);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(refused.error().field, "previous_years");
  EXPECT_THAT(refused.error().message, ::testing::HasSubstr("set previous_years to 0"));
  EXPECT_TRUE(ask(year_and_day, 0).has_value());
  EXPECT_TRUE(ask({DayOf(2022, 1, 1), DayOf(2023, 1, 1)}, 2).has_value());
  EXPECT_FALSE(ask({DayOf(2021, 1, 1), DayOf(2023, 1, 1)}, 1).has_value());
}

TEST(FindHotspots, AYearThatLacksTheDayIsNotCovered) {
  DrawnDataset drawn;
  drawn.add_monthly({DayOf(2023, 1, 1), DayOf(2025, 1, 1)}, 5, GridPoint::FromMeters(kEast, kNorth));
  const LocalMinute leap_day = DayOf(2024, 2, 29) * kMinutesPerDay;
  drawn.add({GridPoint::FromMeters(kEast, kNorth), leap_day, leap_day + 1});
  const auto snapshot = drawn.build();
  HotspotQuery query = Ask(snapshot->datasets[0]);
  query.filter.period = {DayOf(2024, 2, 29), DayOf(2024, 3, 1)};
  query.previous_years = 1;
  const HotspotAnswer answer = Find(snapshot->datasets[0], query);
  ASSERT_EQ(answer.years.size(), 1U);
  EXPECT_FALSE(answer.years[0].covered);
  EXPECT_EQ(answer.years[0].period.days(), 0);
  ASSERT_EQ(answer.cells.size(), 1U);
  EXPECT_EQ(answer.cells[0].persistence, Persistence::kUnknown);
}

TEST(FindHotspots, CountsTheUnlocatedAndPutsThemInNoCell) {
  DrawnDataset drawn;
  drawn.add_monthly(kYear, 3, GridPoint::FromMeters(kEast + 10, kNorth + 10));
  drawn.add_monthly(kYear, 2, kUnlocated);
  const auto snapshot = drawn.build();
  const HotspotAnswer answer = Find(snapshot->datasets[0], Ask(snapshot->datasets[0]));
  EXPECT_EQ(answer.incidents, 60);
  EXPECT_EQ(answer.located, 36);
  EXPECT_EQ(answer.unlocated, 24);
  EXPECT_EQ(answer.located_weight, 36.0);
  ASSERT_EQ(answer.cells.size(), 1U);
  EXPECT_EQ(answer.cells[0].share, 1.0);
}

TEST(FindHotspots, GivesDensityInRealUnits) {
  DrawnDataset drawn;
  drawn.add_monthly(kYear, 1, GridPoint::FromMeters(kEast + 125, kNorth + 125));  // 12 at the very centre of their cell
  const auto snapshot = drawn.build();
  const HotspotAnswer answer = Find(snapshot->datasets[0], Ask(snapshot->datasets[0]));
  const double peak = 12 * 3 / (std::numbers::pi * 0.5 * 0.5);
  EXPECT_NEAR(answer.cells[0].density_per_km2, peak, 1e-12 * peak);
  EXPECT_NEAR(answer.cells[0].density_per_km2_year, peak * 365.25 / 365, 1e-12 * peak);
}

TEST(FindHotspots, TellsOnePlaceFromManyAndNamesTheWard) {
  DrawnDataset drawn;
  const std::size_t wards = drawn.add_vintage("wards");
  drawn.add_square(wards, "W1", kEast, kNorth, 500);
  drawn.add_monthly(kYear, 3, GridPoint::FromMeters(kEast + 10, kNorth + 10));
  drawn.add_monthly(kYear, 1, GridPoint::FromMeters(kEast + 20, kNorth + 10));
  drawn.add_monthly(kYear, 1, GridPoint::FromMeters(kEast + 900, kNorth + 10));
  const auto snapshot = drawn.build();
  HotspotQuery query = Ask(snapshot->datasets[0]);
  query.selection = CellSelection::kOccupied;
  const HotspotAnswer answer = Find(snapshot->datasets[0], query);
  EXPECT_EQ(answer.cells[0].top_point_share, 0.75);
  EXPECT_EQ(answer.cells[0].area, 0);
  EXPECT_EQ(answer.cells[1].area, kOutside);
}

TEST(FindHotspots, WeighsWindowsByTheirShare) {
  DrawnDataset drawn;
  const LocalMinute midnight = DayOf(2022, 3, 5) * kMinutesPerDay;
  // 18:00 to 06:00: six of twelve hours in an evening that ends at midnight. And one whose hour nobody knows.
  drawn.add({GridPoint::FromMeters(kEast, kNorth), midnight + 18 * 60, midnight + 30 * 60});
  drawn.add({GridPoint::FromMeters(kEast, kNorth), midnight, midnight + 3 * kMinutesPerDay});
  const auto snapshot = drawn.build();
  HotspotQuery query = Ask(snapshot->datasets[0]);
  query.filter.window = TimeOfWeek{18 * 60, kMinutesPerDay, 0x7F};
  const HotspotAnswer answer = Find(snapshot->datasets[0], query);
  ASSERT_EQ(answer.cells.size(), 1U);
  EXPECT_EQ(answer.cells[0].incidents, 1);
  EXPECT_EQ(answer.cells[0].weight, 0.5);
  EXPECT_EQ(answer.cells[0].share, 1.0);
  EXPECT_EQ(answer.unknown_hour, 1);
}

// No NaN, no infinity, whatever is missing.
void ExpectFinite(const HotspotAnswer& answer) {
  EXPECT_TRUE(std::isfinite(answer.located_weight));
  for (const HotCell& cell : answer.cells) {
    for (const double value : {cell.weight, cell.share, cell.cumulative_share, cell.density_per_km2, cell.density_per_km2_year, cell.top_point_share}) {
      EXPECT_TRUE(std::isfinite(value));
    }
  }
}

TEST(FindHotspots, AnswersNothingWithNothing) {
  DrawnDataset drawn;
  drawn.add_monthly(kYear, 1, kUnlocated);
  for (const DrawnDataset& data : {DrawnDataset(), drawn}) {
    const auto snapshot = data.build();
    HotspotQuery query = Ask(snapshot->datasets[0]);
    query.previous_years = 2;
    query.selection = CellSelection::kOccupied;
    const HotspotAnswer answer = Find(snapshot->datasets[0], query);
    EXPECT_TRUE(answer.cells.empty());
    EXPECT_EQ(answer.hot_cells, 0);
    EXPECT_EQ(answer.incidents, answer.unlocated);
    EXPECT_EQ(answer.located, 0);
    EXPECT_EQ(answer.located_weight, 0.0);
    EXPECT_EQ(answer.occupied_cells, 0);
    ExpectFinite(answer);
  }
}

TEST(FindHotspots, AnswersOnePointAndManyAtOnePoint) {
  for (const int n : {1, 5000}) {
    DrawnDataset drawn;
    for (int i = 0; i < n; ++i) drawn.add({GridPoint::FromMeters(kEast, kNorth), DayOf(2022, 1, 1) * kMinutesPerDay, DayOf(2022, 1, 1) * kMinutesPerDay + 1});
    const auto snapshot = drawn.build();
    HotspotQuery query = Ask(snapshot->datasets[0]);
    query.density.bandwidth_m = 1;  // smaller than a cell: its centre sees nothing
    const HotspotAnswer answer = Find(snapshot->datasets[0], query);
    ASSERT_EQ(answer.cells.size(), 1U);
    EXPECT_EQ(answer.cells[0].incidents, n);
    EXPECT_EQ(answer.cells[0].density_per_km2, 0.0);
    EXPECT_EQ(answer.cells[0].share, 1.0);
    EXPECT_EQ(answer.cells[0].cumulative_share, 1.0);
    EXPECT_EQ(answer.cells[0].top_point_share, 1.0);
    EXPECT_EQ(answer.cells[0].area, kOutside);  // a dataset without areas has none to name
    EXPECT_TRUE(answer.cells[0].hot);
    ExpectFinite(answer);
    query.density.bandwidth_m = 50'000;
    const double peak = n * 3 / (std::numbers::pi * 50 * 50);
    EXPECT_NEAR(Find(snapshot->datasets[0], query).cells[0].density_per_km2, peak, 1e-4 * peak);
  }
}

TEST(FindHotspots, RefusesWorkOverTheBudgetWithTheEstimate) {
  DrawnDataset drawn;
  drawn.draw_monthly("11\n11\n", kEast, kNorth, kCell, kYear);
  const auto snapshot = drawn.build();
  HotspotQuery query = Ask(snapshot->datasets[0]);
  query.share = 1;
  query.density.bandwidth_m = 2000;
  const auto refused = FindHotspots(snapshot->datasets[0], query, {15}, NeverStop());
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::kResourceExhausted);
  EXPECT_THAT(refused.error().message, ::testing::HasSubstr("16 pairs"));
  EXPECT_TRUE(FindHotspots(snapshot->datasets[0], query, {16}, NeverStop()).has_value());
}

TEST(FindHotspots, RefusesWhatMakesNoSenseAndNamesTheField) {
  DrawnDataset drawn;
  drawn.add_monthly(kYear, 1, GridPoint::FromMeters(kEast, kNorth));
  const auto snapshot = drawn.build();
  const auto field_of = [&](auto change) {
    HotspotQuery query = Ask(snapshot->datasets[0]);
    change(query);
    const auto answer = FindHotspots(snapshot->datasets[0], query, {}, NeverStop());
    return answer ? std::string("accepted") : answer.error().field;
  };
  const double nan = std::nan("");
  EXPECT_EQ(field_of([](HotspotQuery&) {}), "accepted");
  EXPECT_EQ(field_of([](HotspotQuery& q) { q.share = 0; }), "share");
  EXPECT_EQ(field_of([nan](HotspotQuery& q) { q.share = nan; }), "share");
  EXPECT_EQ(field_of([](HotspotQuery& q) { q.share = 1.0001; }), "share");
  EXPECT_EQ(field_of([nan](HotspotQuery& q) { q.density.bandwidth_m = nan; }), "density.bandwidth_m");
  EXPECT_EQ(field_of([](HotspotQuery& q) { q.density.bandwidth_m = 1e9; }), "density.bandwidth_m");
  EXPECT_EQ(field_of([](HotspotQuery& q) { q.previous_years = -1; }), "previous_years");
  EXPECT_EQ(field_of([](HotspotQuery& q) { q.previous_years = 11; }), "previous_years");
  EXPECT_EQ(field_of([](HotspotQuery& q) { q.vintage = 3; }), "vintage");
  EXPECT_EQ(field_of([](HotspotQuery& q) { q.filter.period.end = q.filter.period.begin; }), "period");
}

// Stops at the first, second, third ... time of asking: always the signal's own reason, never half an answer.
TEST(FindHotspots, StopsWheneverItIsAsked) {
  class StopAt final : public StopSignal {
   public:
    explicit StopAt(int ask) : left_(ask) {}
    bool stop_requested() const override { return left_-- <= 0; }
    Error reason() const override { return {ErrorCode::kDeadlineExceeded, "", "DEADLINE", "time is up"}; }

   private:
    mutable int left_;
  };
  DrawnDataset drawn;
  drawn.draw_monthly("1.21\n..9.\n3..2\n", kEast, kNorth, kCell, {DayOf(2020, 1, 1), DayOf(2023, 1, 1)});
  const auto snapshot = drawn.build();
  HotspotQuery query = Ask(snapshot->datasets[0]);
  query.previous_years = 2;
  int ask = 0;
  for (;; ++ask) {
    const auto answer = FindHotspots(snapshot->datasets[0], query, {}, StopAt(ask));
    if (answer) break;
    ASSERT_EQ(answer.error().code, ErrorCode::kDeadlineExceeded) << "asked " << ask;
    ASSERT_LT(ask, 1000);
  }
  EXPECT_GT(ask, 10);
}

}  // namespace
}  // namespace geo
