#include "geo/hotspots/find_area_hotspots.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "geo/hotspots/area_centroid.h"
#include "tests/support/drawn_dataset.h"

namespace geo {
namespace {

constexpr double kEast = 575'000, kNorth = 165'000, kSide = 1'000;
const Period kYear = Period::CalendarYear(2022);

// METHODS' 5 x 5 map with a ward for each square.
DrawnDataset FiveByFive() {
  DrawnDataset drawn;
  const std::size_t vintage = drawn.add_vintage("wards");
  const int counts[5][5] = {{1, 0, 0, 0, 0}, {0, 0, 5, 0, 0}, {0, 0, 10, 5, 0}, {0, 0, 0, 0, 0}, {0, 0, 0, 0, 0}};  // north first
  for (int row = 0; row < 5; ++row) {
    for (int column = 0; column < 5; ++column) {
      const double east = kEast + column * kSide, north = kNorth + (4 - row) * kSide;
      drawn.add_square(vintage, "r" + std::to_string(row) + "c" + std::to_string(column), east, north, kSide);
      for (int i = 0; i < counts[row][column]; ++i) {
        drawn.add({GridPoint::FromMeters(east + 500, north + 500), kYear.begin * kMinutesPerDay + i, kYear.begin * kMinutesPerDay + i + 1});
      }
    }
  }
  drawn.add({GridPoint::FromMeters(kEast - 500, kNorth), kYear.begin * kMinutesPerDay, kYear.begin * kMinutesPerDay + 1});
  drawn.add({kUnlocated, kYear.begin * kMinutesPerDay, kYear.begin * kMinutesPerDay + 1});
  return drawn;
}

AreaHotspotQuery Ask(const DatasetSnapshot& data) {
  AreaHotspotQuery query;
  query.filter = FilterAll(data, kYear);
  query.significance.inference = Inference::kNormal;
  return query;
}

AreaHotspotAnswer Find(const DatasetSnapshot& data, const AreaHotspotQuery& query) { return FindAreaHotspots(data, query, NeverStop()).value(); }

const AreaHotspot& At(const DatasetSnapshot& data, const AreaHotspotAnswer& answer, const std::string& code) {
  for (const AreaHotspot& area : answer.areas) {
    if (data.vintages[0].areas.areas()[area.area].code == code) return area;
  }
  throw std::out_of_range(code);
}

TEST(FindAreaHotspots, WardsGiveWhatCellsGive) {
  const auto snapshot = FiveByFive().build();
  const DatasetSnapshot& data = snapshot->datasets[0];
  const AreaHotspotAnswer answer = Find(data, Ask(data));
  ASSERT_EQ(answer.areas.size(), 25u);
  EXPECT_NEAR(At(data, answer, "r2c2").significance.statistic, 2.198882, 5e-7);
  EXPECT_NEAR(At(data, answer, "r2c2").significance.q, 0.174289, 5e-7);
  EXPECT_NEAR(At(data, answer, "r0c0").significance.statistic, -0.546179, 5e-7);
  EXPECT_NEAR(At(data, answer, "r0c4").significance.statistic, -0.777611, 5e-7);
  EXPECT_EQ(At(data, answer, "r2c2").neighbours, 8);
  EXPECT_EQ(At(data, answer, "r0c0").neighbours, 3);
  EXPECT_EQ(answer.incidents, 23);
  EXPECT_EQ(answer.outside, 1);
  EXPECT_EQ(answer.unlocated, 1);
  ASSERT_TRUE(answer.significance.global);
  // Queen neighbours of squares of 1 km are the centroids within 1.5 km.
  AreaHotspotQuery by_distance = Ask(data);
  by_distance.significance.distance_m = 1'500;
  EXPECT_EQ(At(data, Find(data, by_distance), "r2c2").significance.statistic, At(data, answer, "r2c2").significance.statistic);
}

TEST(FindAreaHotspots, OnlyTheAreasAskedForAreAnalysed) {
  const auto snapshot = FiveByFive().build();
  const DatasetSnapshot& data = snapshot->datasets[0];
  AreaHotspotQuery query = Ask(data);
  IncidentFilter::AreaFilter some{0, {}};
  for (const char* code : {"r1c1", "r1c2", "r1c3", "r2c1", "r2c2", "r2c3", "r3c1", "r3c2", "r3c3"}) some.areas.push_back(data.vintages[0].areas.find(code));
  query.filter.areas = some;
  const AreaHotspotAnswer answer = Find(data, query);
  EXPECT_EQ(answer.significance.analysed, 9);
  EXPECT_EQ(At(data, answer, "r2c2").significance.status, LocalStatus::kWholeSet);
  EXPECT_EQ(At(data, answer, "r1c1").neighbours, 3);
  EXPECT_EQ(answer.outside, 0);
}

TEST(FindAreaHotspots, MeasuresRatesByAreaAndResidents) {
  DrawnDataset drawn = FiveByFive();
  const auto bare = drawn.build();
  AreaHotspotQuery query = Ask(bare->datasets[0]);
  query.measure = AreaMeasure::kPerKm2;
  EXPECT_NEAR(At(bare->datasets[0], Find(bare->datasets[0], query), "r2c2").value, 10, 1e-12);
  query.measure = AreaMeasure::kPer1000Residents;
  const auto refused = FindAreaHotspots(bare->datasets[0], query, NeverStop());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, "NO_RESIDENTS");
  EXPECT_THAT(refused.error().message, ::testing::HasSubstr("25 of 25"));
  for (int row = 0; row < 5; ++row) {
    for (int column = 0; column < 5; ++column) drawn.add_residents(0, "r" + std::to_string(row) + "c" + std::to_string(column), 2022, 4'000);
  }
  const auto peopled = drawn.build();
  EXPECT_EQ(At(peopled->datasets[0], Find(peopled->datasets[0], query), "r2c2").value, 2.5);
}

TEST(FindAreaHotspots, RefusesWhatAreasHaveNot) {
  const auto snapshot = FiveByFive().build();
  AreaHotspotQuery query = Ask(snapshot->datasets[0]);
  query.significance.rings = 1;
  EXPECT_EQ(FindAreaHotspots(snapshot->datasets[0], query, NeverStop()).error().field, "significance.rings");
  query.significance.rings.reset();
  query.significance.statistic = LocalStatistic::kNone;
  EXPECT_EQ(FindAreaHotspots(snapshot->datasets[0], query, NeverStop()).error().field, "significance.statistic");
  DrawnDataset empty;
  empty.add_monthly(kYear, 1, GridPoint::FromMeters(kEast, kNorth));
  const auto without = empty.build();
  EXPECT_EQ(FindAreaHotspots(without->datasets[0], Ask(without->datasets[0]), NeverStop()).error().reason, "NO_AREAS");
}

TEST(CentroidOf, LeavesHolesOutAndDoesNotMindDirections) {
  const auto ring = [](double east, double north, double side, bool clockwise) {
    Ring points{GridPoint::FromMeters(east, north), GridPoint::FromMeters(east + side, north), GridPoint::FromMeters(east + side, north + side),
                GridPoint::FromMeters(east, north + side)};
    if (clockwise) std::reverse(points.begin(), points.end());
    return points;
  };
  for (const bool shell : {false, true}) {
    for (const bool hole : {false, true}) {
      // 100 x 100 around (50, 50) less 20 x 20 around (80, 50): (50 * 10,000 - 80 * 400) / 9,600.
      const GridPoint centre = CentroidOf({{Polygon{{ring(kEast, kNorth, 100, shell), ring(kEast + 70, kNorth + 40, 20, hole)}}}});
      EXPECT_EQ(centre, GridPoint::FromMeters(kEast + 48.75, kNorth + 50));
    }
  }
}

}  // namespace
}  // namespace geo
