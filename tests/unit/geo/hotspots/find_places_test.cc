#include "geo/hotspots/find_places.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "tests/support/drawn_dataset.h"

namespace geo {
namespace {

constexpr double kEast = 575'000, kNorth = 165'000;
constexpr unsigned kSeed = 20261123;
const Period kYear = Period::CalendarYear(2022);

// A large crowd in ward W, a smaller one in ward E, and a thin spread over both.
DrawnDataset TwoCrowds(Period year, int crowd) {
  DrawnDataset drawn;
  std::mt19937 random(kSeed + static_cast<unsigned>(crowd));
  std::normal_distribution<double> near(0, 60);
  std::uniform_real_distribution<double> offset(0, 4'000);
  LocalMinute minute = year.begin * kMinutesPerDay;
  const auto add = [&](double east, double north) {
    drawn.add({GridPoint::FromMeters(kEast + east, kNorth + north), minute, minute + 1});
    ++minute;
  };
  for (int i = 0; i < crowd; ++i) add(1'050 + near(random), 1'050 + near(random));
  for (int i = 0; i < crowd / 2; ++i) add(3'050 + near(random), 3'050 + near(random));
  for (int i = 0; i < crowd / 4; ++i) add(offset(random), offset(random));
  const std::size_t vintage = drawn.add_vintage("wards");
  drawn.add_area(vintage, "W", {{kEast, kNorth}, {kEast + 2'000, kNorth}, {kEast + 2'000, kNorth + 4'000}, {kEast, kNorth + 4'000}});
  drawn.add_area(vintage, "E", {{kEast + 2'000, kNorth}, {kEast + 4'000, kNorth}, {kEast + 4'000, kNorth + 4'000}, {kEast + 2'000, kNorth + 4'000}});
  return drawn;
}

PlaceQuery Ask(const DatasetSnapshot& data) {
  PlaceQuery query;
  query.surface.filter = FilterAll(data, kYear);
  query.surface.cell_mm = 100'000;
  query.surface.density.bandwidth_m = 400;
  return query;
}

PlaceAnswer Find(const DatasetSnapshot& data, const PlaceQuery& query) { return FindPlaces(data, query, {}, NeverStop()).value(); }

TEST(FindPlaces, TheDensestRegionThatHoldsTheShareIsTwoPlaces) {
  const auto snapshot = TwoCrowds(kYear, 400).build();
  PlaceQuery query = Ask(snapshot->datasets[0]);
  query.levels = {{PlaceQuery::Level::Kind::kIncidentShare, 0.7}};
  const PlaceAnswer answer = Find(snapshot->datasets[0], query);
  ASSERT_EQ(answer.places.size(), 2u);
  EXPECT_EQ(answer.places[0].named.area, snapshot->datasets[0].vintages[0].areas.find("W"));
  EXPECT_EQ(answer.places[1].named.area, snapshot->datasets[0].vintages[0].areas.find("E"));
  EXPECT_GE(answer.levels[0].share, 0.7);
  EXPECT_LT(answer.levels[0].share, 0.72) << "the least region: no more than the next incidents carry it past the share";
  EXPECT_EQ(answer.levels[0].incidents, answer.places[0].incidents + answer.places[1].incidents);
  EXPECT_NEAR(answer.levels[0].area_m2, answer.places[0].area_m2 + answer.places[1].area_m2, 1e-6);
  // TQ is the square of 500 km east, 100 km north; the crowd is at 576,050 166,050.
  EXPECT_EQ(answer.places[0].named.id, "tq760660");
  EXPECT_EQ(answer.places[0].named.grid_reference, "TQ 760 660");
  ASSERT_GE(answer.peaks.size(), 2u);
  EXPECT_EQ(answer.peaks[0].named.id, answer.places[0].named.id);
  EXPECT_EQ(answer.peaks[1].named.id, answer.places[1].named.id);
  EXPECT_EQ(answer.peaks[0].prominence_per_km2_year, answer.peaks[0].named.density_per_km2_year);
}

TEST(FindPlaces, IdsDoNotDependOnLevelsOrOtherPlaces) {
  const auto snapshot = TwoCrowds(kYear, 400).build(), later = TwoCrowds(kYear, 300).build();
  PlaceQuery query = Ask(snapshot->datasets[0]);
  query.levels = {{PlaceQuery::Level::Kind::kDensity, 200},
                  {PlaceQuery::Level::Kind::kVolumeShare, 0.5},
                  {PlaceQuery::Level::Kind::kIncidentShare, 0.2},
                  {PlaceQuery::Level::Kind::kDensity, 1e11}};
  std::set<std::string> ids, of_later;
  const PlaceAnswer answer = Find(snapshot->datasets[0], query);
  for (const PlaceAnswer::Place& place : answer.places) ids.insert(place.named.id);
  for (const PlaceAnswer::Place& place : Find(later->datasets[0], query).places) of_later.insert(place.named.id);
  EXPECT_THAT(ids, ::testing::ElementsAre("tq760660", "tq780680"));
  EXPECT_EQ(of_later, ids);
  EXPECT_EQ(answer.levels[3].places, 0) << "nothing is so dense";
  EXPECT_EQ(answer.levels[3].incidents, 0);
  EXPECT_GE(answer.levels[0].area_m2, answer.places[0].area_m2);
}

TEST(FindPlaces, NamesComeFromTheIncidentsThemselves) {
  StoredDataset stored = TwoCrowds(kYear, 400).store();
  stored.incidents.places = {"", "On or near High Street", "On or near ", "No Location"};
  for (std::size_t i = 0; i < stored.incidents.size(); ++i) {
    // Only a few near the first crowd carry a name that says something.
    stored.incidents.place[i] = i < 50 ? 1 : i % 2 == 0 ? 2 : 3;
  }
  std::vector<StoredDataset> one;
  one.push_back(std::move(stored));
  const auto snapshot = BuildSnapshot(std::move(one), 1).value();
  PlaceQuery query = Ask(snapshot->datasets[0]);
  query.levels = {{PlaceQuery::Level::Kind::kIncidentShare, 0.7}};
  const PlaceAnswer answer = Find(snapshot->datasets[0], query);
  ASSERT_EQ(answer.places.size(), 2u);
  EXPECT_EQ(answer.places[0].named.nearest_name, "High Street");
  EXPECT_LT(answer.places[0].named.nearest_name_distance_m, 100);
  EXPECT_EQ(answer.places[1].named.nearest_name, "") << "none within a kilometre";
}

TEST(FindPlaces, SharesAreOfWhatLiesInsideTheOutline) {
  DrawnDataset drawn = TwoCrowds(kYear, 400);
  for (int i = 0; i < 5'000; ++i) {  // a city next door, which the same force reports
    drawn.add({GridPoint::FromMeters(kEast + 20'000 + i, kNorth), kYear.begin * kMinutesPerDay + i, kYear.begin * kMinutesPerDay + i + 1});
  }
  const auto snapshot = drawn.build();
  PlaceQuery query = Ask(snapshot->datasets[0]);
  query.levels = {{PlaceQuery::Level::Kind::kIncidentShare, 0.7}};
  const PlaceAnswer answer = Find(snapshot->datasets[0], query);
  EXPECT_EQ(answer.places.size(), 2u);
  EXPECT_EQ(answer.weight_on_surface, 700);
  EXPECT_NEAR(answer.levels[0].share, 0.7, 0.02);
}

TEST(FindPlaces, NothingToFindIsAnAnswer) {
  const auto snapshot = TwoCrowds(kYear, 40).build();
  PlaceQuery query = Ask(snapshot->datasets[0]);
  query.surface.filter.categories = {1};
  const PlaceAnswer answer = Find(snapshot->datasets[0], query);
  EXPECT_TRUE(answer.places.empty());
  EXPECT_TRUE(answer.peaks.empty());
  ASSERT_EQ(answer.levels.size(), 1u);
  EXPECT_EQ(answer.levels[0].places, 0);
}

TEST(FindPlaces, RefusesLevelsAndPeaksOutOfRangeByName) {
  const auto snapshot = TwoCrowds(kYear, 40).build();
  const auto field_of = [&](auto change) {
    PlaceQuery query = Ask(snapshot->datasets[0]);
    change(query);
    const auto refused = FindPlaces(snapshot->datasets[0], query, {}, NeverStop());
    return refused ? "answered" : refused.error().field;
  };
  EXPECT_EQ(field_of([](PlaceQuery& q) { q.levels.clear(); }), "levels");
  EXPECT_EQ(field_of([](PlaceQuery& q) { q.levels.resize(21); }), "levels");
  EXPECT_EQ(field_of([](PlaceQuery& q) { q.levels = {{}, {PlaceQuery::Level::Kind::kVolumeShare, 1.5}}; }), "levels[1]");
  EXPECT_EQ(field_of([](PlaceQuery& q) { q.levels = {{PlaceQuery::Level::Kind::kDensity, 0}}; }), "levels[0]");
  EXPECT_EQ(field_of([](PlaceQuery& q) { q.levels = {{PlaceQuery::Level::Kind::kDensity, std::nan("")}}; }), "levels[0]");
  EXPECT_EQ(field_of([](PlaceQuery& q) { q.peaks = 1'001; }), "peaks");
  EXPECT_EQ(field_of([](PlaceQuery& q) { q.surface.unmasked = true; }), "surface.unmasked");
}

}  // namespace
}  // namespace geo
