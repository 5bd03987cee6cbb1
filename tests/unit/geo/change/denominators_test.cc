#include "geo/change/denominators.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "tests/support/drawn_dataset.h"

namespace geo {
namespace {

using ::testing::ElementsAre;

// A is 2 km x 2 km with three years of residents, B 1 km x 1 km with one; C has only what a test gives it.
DrawnDataset ThreeAreas(std::vector<PopulationRecord> more = {}) {
  DrawnDataset drawn;
  const std::size_t areas = drawn.add_vintage("areas");
  drawn.add_square(areas, "A", 500'000, 200'000, 2000);
  drawn.add_square(areas, "B", 502'000, 200'000, 1000);
  drawn.add_square(areas, "C", 503'000, 200'000, 500);
  auto& records = drawn.record().vintages[areas].populations;
  records = {{"A", "households", 2022, 1},
             {"A", "residents", 2020, 100},
             {"A", "residents", 2021, 110},
             {"A", "residents", 2023, 130},
             {"B", "residents", 2022, 7}};
  records.insert(records.end(), more.begin(), more.end());
  std::sort(records.begin(), records.end(), [](const auto& a, const auto& b) { return std::tie(a.code, a.measure, a.year) < std::tie(b.code, b.measure, b.year); });
  return drawn;
}

std::optional<DenominatorValue> Of(const DrawnDataset& drawn, AreaIndex area, const std::string& measure, Period period) {
  return DenominatorOf(drawn.build()->datasets[0], 0, area, measure, period);
}

TEST(DenominatorOf, TakesTheEstimateNearestToTheMiddle) {
  const DrawnDataset drawn = ThreeAreas();
  const auto year = [&](Period period) { return Of(drawn, 0, "residents", period)->year; };
  EXPECT_EQ(year(Period::CalendarYear(2010)), 2020);
  EXPECT_EQ(year(Period::CalendarYear(2020)), 2020);
  EXPECT_EQ(year(Period::CalendarYear(2021)), 2021);
  EXPECT_EQ(year(Period::FinancialYear(2020)), 2020);  // middle: 30 September 2020
  EXPECT_EQ(year({DayOf(2021, 1, 1), DayOf(2021, 2, 1)}), 2021);
  EXPECT_EQ(year({DayOf(2022, 11, 1), DayOf(2022, 12, 1)}), 2023);
  EXPECT_EQ(year(Period::CalendarYear(2040)), 2023);
  EXPECT_EQ(Of(drawn, 0, "residents", Period::CalendarYear(2021))->value, 110.0);
  EXPECT_EQ(Of(drawn, 0, "households", Period::CalendarYear(2021))->value, 1.0);
}

TEST(DenominatorOf, TakesTheEarlierOfTwoEquallyNear) {
  // The middle of the days between two estimates is as far from the one as from the other.
  const DrawnDataset drawn = ThreeAreas({{"C", "residents", 2022, 1}, {"C", "residents", 2023, 2}});
  const LocalDay first = DayOf(2022, 6, 30), second = DayOf(2023, 6, 30);
  EXPECT_EQ(Of(drawn, 2, "residents", {first, second})->year, 2022);
  EXPECT_EQ(Of(drawn, 2, "residents", {first, second + 1})->year, 2023);
}

TEST(DenominatorOf, PassesOverWhatIsNoNumberOfAnything) {
  EXPECT_FALSE(Of(ThreeAreas(), 2, "residents", Period::CalendarYear(2021)).has_value());
  EXPECT_FALSE(Of(ThreeAreas(), 1, "households", Period::CalendarYear(2021)).has_value());
  for (const double none : {0.0, -1.0, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    EXPECT_FALSE(Of(ThreeAreas({{"C", "residents", 2021, none}}), 2, "residents", Period::CalendarYear(2021)).has_value()) << none;
    // A year that is none is passed over for one that is further away.
    EXPECT_EQ(Of(ThreeAreas({{"C", "residents", 2021, none}, {"C", "residents", 2030, 5}}), 2, "residents", Period::CalendarYear(2021))->year, 2030) << none;
  }
}

TEST(DenominatorOf, MeasuresGroundFromTheShape) {
  const DrawnDataset drawn = ThreeAreas({{"C", "km2", 2021, 77}});
  EXPECT_DOUBLE_EQ(Of(drawn, 0, "km2", Period::CalendarYear(2021))->value, 4.0);
  EXPECT_DOUBLE_EQ(Of(drawn, 2, "km2", Period::CalendarYear(2021))->value, 0.25) << "the shape says, not a table";
  EXPECT_EQ(Of(drawn, 2, "km2", Period::CalendarYear(2021))->year, 0);
}

TEST(DenominatorsOf, ListsResidentsFirstAndGroundLast) {
  const auto listed = [](const DrawnDataset& drawn) { return DenominatorsOf(drawn.build()->datasets[0], 0); };
  EXPECT_THAT(listed(ThreeAreas({{"A", "workday", 2021, 3}, {"A", "street-km", 2021, 3}, {"B", "barns", 2021, 0}, {"Z", "cows", 2021, 9}})),
              ElementsAre("residents", "households", "street-km", "workday", "km2"));
  DrawnDataset bare;
  bare.add_vintage("bare");
  bare.add_square(0, "A", 0, 0, 10);
  EXPECT_THAT(listed(bare), ElementsAre("km2"));
}

TEST(CheckDenominator, NamesTheMeasuresThatExist) {
  const auto snapshot = ThreeAreas().build();
  EXPECT_TRUE(CheckDenominator(snapshot->datasets[0], 0, "residents", "denominator"));
  EXPECT_TRUE(CheckDenominator(snapshot->datasets[0], 0, "km2", "denominator"));
  const auto refused = CheckDenominator(snapshot->datasets[0], 0, "camels", "denominators[1]");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(refused.error().field, "denominators[1]");
  EXPECT_EQ(refused.error().message, "denominators[1] is \"camels\", which areas does not have; it has residents, households, km2");
}

TEST(RatePer, IsAThousandForPeopleAndHouseholds) {
  EXPECT_EQ(RatePer("residents"), 1000);
  EXPECT_EQ(RatePer("workday"), 1000);
  EXPECT_EQ(RatePer("households"), 1000);
  EXPECT_EQ(RatePer("street-km"), 1);
  EXPECT_EQ(RatePer("km2"), 1);
}

}  // namespace
}  // namespace geo
