// Laws of the filter: windows that partition the week partition the weight, parts add to the whole, widening a period loses nothing.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "geo/incidents/selection.h"

namespace geo {
namespace {

constexpr unsigned kSeed = 7;

struct World {
  IncidentColumns incidents;
  std::vector<AreaIndex> area_of;
};

// 4,000 incidents over two years: minutes, windows, whole days and some longer than a day; three categories, two files of two sources, four areas.
World MakeWorld() {
  std::mt19937 random(kSeed);
  World world;
  IncidentColumns& c = world.incidents;
  c.files = {{0, 0}, {1, 0}};
  std::vector<LocalMinute> from(4000);
  for (auto& minute : from) minute = DayOf(2023, 1, 1) * kMinutesPerDay + static_cast<LocalMinute>(random() % (731u * kMinutesPerDay));
  std::sort(from.begin(), from.end());
  c.resize(from.size());
  for (std::size_t i = 0; i < from.size(); ++i) {
    static constexpr int kLengths[] = {1, 1, 90, 720, 1440, 3000};
    c.from_minute[i] = from[i];
    c.to_minute[i] = from[i] + kLengths[random() % 6];
    c.category[i] = static_cast<CategoryIndex>(random() % 3);
    c.file[i] = static_cast<FileIndex>(random() % 2);
    c.line[i] = static_cast<std::uint32_t>(i);
    const auto area = random() % 6;
    world.area_of.push_back(area == 4 ? kOutside : area == 5 ? kNowhere : static_cast<AreaIndex>(area));
  }
  return world;
}

IncidentFilter Everything() { return {{0, 1, 2}, {0, 1}, {DayOf(2023, 1, 1), DayOf(2025, 1, 3)}, {}, std::nullopt}; }

Selection Select(const World& world, const IncidentFilter& filter) { return SelectIncidents(world.incidents, world.area_of, filter, NeverStop()).value(); }

TEST(SelectionLaws, NoFilterKeepsEveryRowOnce) {
  const World world = MakeWorld();
  const Selection all = Select(world, Everything());
  ASSERT_EQ(all.rows.size(), world.incidents.size());
  for (std::size_t i = 0; i < all.rows.size(); ++i) EXPECT_EQ(all.rows[i], i);
  EXPECT_EQ(all.total_weight(), 4000);
}

TEST(SelectionLaws, AdjoiningPeriodsPartition) {
  const World world = MakeWorld();
  std::size_t sum = 0;
  for (int month = 0; month < 25; ++month) {
    IncidentFilter filter = Everything();
    const Month m{Month::Of(2023, 1).index + month};
    filter.period = {m.first_day(), m.next().first_day()};
    sum += Select(world, filter).rows.size();
  }
  EXPECT_EQ(sum, world.incidents.size());
}

TEST(SelectionLaws, WindowsThatPartitionTheWeekPartitionTheWeight) {
  const World world = MakeWorld();
  // Three windows a day, one of them past midnight, over each weekday: 21 that cover the week once.
  const std::pair<int, int> windows[] = {{6 * 60, 14 * 60}, {14 * 60, 22 * 60}, {22 * 60, 6 * 60}};
  double sum = 0;
  std::int64_t unknown = -1;
  for (int day = 0; day < 7; ++day) {
    for (const auto& [begin, end] : windows) {
      IncidentFilter filter = Everything();
      filter.window = TimeOfWeek{begin, end, static_cast<std::uint8_t>(1 << day)};
      const Selection part = Select(world, filter);
      sum += part.total_weight();
      if (unknown < 0) unknown = part.unknown_hour;
      EXPECT_EQ(part.unknown_hour, unknown) << "the same rows have no known hour, whatever the window";
    }
  }
  EXPECT_NEAR(sum + static_cast<double>(unknown), 4000.0, 1e-9);
  std::int64_t a_day_or_longer = 0;
  for (std::size_t i = 0; i < world.incidents.size(); ++i) a_day_or_longer += world.incidents.hour_known(i) ? 0 : 1;
  EXPECT_EQ(unknown, a_day_or_longer);
  EXPECT_GT(unknown, 0);
}

TEST(SelectionLaws, WeekdaysPartitionTheWeightOfAllUpToADayLong) {
  const World world = MakeWorld();
  double sum = 0;
  std::int64_t unknown = 0;
  for (int day = 0; day < 7; ++day) {
    IncidentFilter filter = Everything();
    filter.window.week.weekdays = static_cast<std::uint8_t>(1 << day);
    const Selection part = Select(world, filter);
    sum += part.total_weight();
    unknown = part.unknown_hour;
  }
  std::int64_t over_a_day = 0;
  for (std::size_t i = 0; i < world.incidents.size(); ++i) over_a_day += world.incidents.to_minute[i] - world.incidents.from_minute[i] > 1440 ? 1 : 0;
  EXPECT_EQ(unknown, over_a_day);
  EXPECT_NEAR(sum + static_cast<double>(unknown), 4000.0, 1e-9);
}

TEST(SelectionLaws, CategoriesSourcesAndAreasAddToTheWhole) {
  const World world = MakeWorld();
  std::size_t by_category = 0;
  std::size_t by_source = 0;
  std::size_t by_area = 0;
  for (CategoryIndex category = 0; category < 3; ++category) {
    IncidentFilter filter = Everything();
    filter.categories = {category};
    by_category += Select(world, filter).rows.size();
  }
  for (std::uint16_t source = 0; source < 2; ++source) {
    IncidentFilter filter = Everything();
    filter.sources = {source};
    by_source += Select(world, filter).rows.size();
  }
  for (const AreaIndex area : std::vector<AreaIndex>{0, 1, 2, 3, kNowhere, kOutside}) {
    IncidentFilter filter = Everything();
    filter.areas = IncidentFilter::AreaFilter{0, {area}};
    by_area += Select(world, filter).rows.size();
  }
  EXPECT_EQ(by_category, 4000u);
  EXPECT_EQ(by_source, 4000u);
  EXPECT_EQ(by_area, 4000u);
}

// A table that weighs all categories alike scales the answer; weights add over categories; what has none is counted and nothing else is lost.
TEST(SelectionLaws, WeightsScaleAddAndLoseNothing) {
  const World world = MakeWorld();
  IncidentFilter filter = Everything();
  filter.window = TimeOfWeek{20 * 60, 6 * 60, 0x7F};
  const Selection plain = Select(world, filter);
  filter.weights = IncidentFilter::CategoryWeights{0, {4, 4, 4}, {1, 1, 1}};
  const Selection scaled = Select(world, filter);
  ASSERT_EQ(scaled.rows, plain.rows);
  for (std::size_t i = 0; i < plain.rows.size(); ++i) EXPECT_EQ(scaled.weight(i), 4 * plain.weight(i));

  filter.weights = IncidentFilter::CategoryWeights{0, {0.5, 0, 7}, {1, 0, 1}};
  const Selection harm = Select(world, filter);
  EXPECT_EQ(harm.rows.size() + static_cast<std::size_t>(harm.unweighted), plain.rows.size());
  EXPECT_EQ(harm.unknown_hour, plain.unknown_hour);
  double expected = 0;
  for (std::size_t i = 0; i < plain.rows.size(); ++i) {
    const CategoryIndex category = world.incidents.category[plain.rows[i]];
    expected += plain.weight(i) * (category == 0 ? 0.5 : category == 2 ? 7 : 0);
  }
  EXPECT_NEAR(harm.total_weight(), expected, 1e-9 * expected);
}

TEST(SelectionLaws, StopsWhenAsked) {
  struct Stopped final : StopSignal {
    bool stop_requested() const override { return true; }
    Error reason() const override { return {ErrorCode::kCancelled, "", "CANCELLED", "stopped"}; }
  };
  const World world = MakeWorld();
  const auto stopped = SelectIncidents(world.incidents, world.area_of, Everything(), Stopped());
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, ErrorCode::kCancelled);
}

}  // namespace
}  // namespace geo
