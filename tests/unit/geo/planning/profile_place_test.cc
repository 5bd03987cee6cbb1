#include "geo/planning/profile_place.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "geo/planning/rank_priorities.h"
#include "tests/support/drawn_dataset.h"

namespace geo {
namespace {

constexpr int kYear = 2025;

LocalMinute At(int year, int month, int day, int hour) { return DayOf(year, month, day) * kMinutesPerDay + hour * 60; }

// Two wards of a kilometre side by side; robbery and disorder. W1: 30 robberies at three positions (20, 6, 4) in 2025 and 10 in 2024; W2: 5 robberies.
DrawnDataset Town() {
  DrawnDataset town;
  town.add_vintage("wards");
  town.add_square(0, "W1", 0, 0, 1000);
  town.add_square(0, "W2", 1000, 0, 1000);
  town.add_residents(0, "W1", kYear, 2000);
  for (const auto& [id, category] : {std::pair{"disorder", "anti-social-behaviour"}, std::pair{"robbery", "robbery"}}) {
    Workstream stream;
    stream.id = stream.title = id;
    stream.entries = {{category, 2}};
    stream.minimum_count = 1;
    town.record().workstreams.push_back(stream);
  }
  WeightTable table;
  table.id = "days";
  table.entries = {{"robbery", 365}};
  town.record().weight_tables = {table};
  const auto add = [&](int n, double easting_m, int year, int hour, CategoryIndex category) {
    for (int i = 0; i < n; ++i) {
      const LocalMinute at = At(year, 6, 2, hour);
      town.add({GridPoint::FromMeters(easting_m, 500), at, at + 1, category, 0});
    }
  };
  add(20, 510, kYear, 10, 0);
  add(6, 520, kYear, 10, 0);
  add(4, 900, kYear, 20, 0);
  add(10, 500, kYear - 1, 10, 0);
  add(5, 1500, kYear, 10, 0);
  add(2, 500, kYear, 10, 1);
  return town;
}

ProfileQuery Query() {
  ProfileQuery query;
  query.period = Period::CalendarYear(kYear);
  query.workstreams = {0, 1};
  query.areas = {0};
  return query;
}

PlaceProfile Profiled(const DatasetSnapshot& data, const ProfileQuery& query) {
  auto profile = ProfilePlace(data, query, NeverStop());
  EXPECT_TRUE(profile) << (profile ? "" : profile.error().message);
  return std::move(profile.value());
}

bool Cannot(const PlaceProfile& profile, std::size_t workstream, const std::string& what, const std::string& reason) {
  return std::any_of(profile.cannot_say.begin(), profile.cannot_say.end(),
                     [&](const CannotSay& said) { return said.workstream == workstream && said.what == what && said.reason == reason; });
}

TEST(ProfilePlace, OfAWardByHand) {
  const auto snapshot = Town().build();
  ProfileQuery query = Query();
  query.weight_table = 0;
  const PlaceProfile profile = Profiled(snapshot->datasets[0], query);
  ASSERT_EQ(profile.workstreams.size(), 2u);
  const WorkstreamProfile& robbery = profile.workstreams[1];
  EXPECT_EQ(robbery.incidents, 30);
  EXPECT_EQ(robbery.crimes, 30);
  EXPECT_EQ(robbery.before, 10);
  EXPECT_EQ(robbery.incidents_everywhere, 35);
  EXPECT_EQ(robbery.weight, 60);
  EXPECT_DOUBLE_EQ(*robbery.per_km2.rate, 30 * 365.25 / 365);
  ASSERT_EQ(robbery.rates.size(), 1U);
  EXPECT_DOUBLE_EQ(*robbery.rates[0].rate, 15 * 365.25 / 365);
  EXPECT_EQ(robbery.rank, 1);
  EXPECT_EQ(robbery.peers, 2);
  EXPECT_EQ(robbery.change.difference, 20);
  EXPECT_EQ(robbery.positions, 3);
  EXPECT_EQ(robbery.positions_with_half, 1);
  EXPECT_DOUBLE_EQ(robbery.top_position_share, 20.0 / 30);
  ASSERT_EQ(robbery.blocks.size(), 2u);
  EXPECT_EQ(robbery.blocks[0].block, 0);  // Monday from six
  EXPECT_DOUBLE_EQ(robbery.blocks[0].share, 26.0 / 30);
  EXPECT_EQ(robbery.blocks[1].block, 1);
  EXPECT_DOUBLE_EQ(robbery.harm, 30 * 365);
  EXPECT_DOUBLE_EQ(robbery.harm_without_largest, 29 * 365);
  EXPECT_EQ(profile.workstreams[0].unweighted, 2);
  EXPECT_TRUE(Cannot(profile, 0, "harm", "NO_WEIGHT"));
  EXPECT_TRUE(Cannot(profile, 0, "trend", "TOO_FEW"));
}

TEST(ProfilePlace, OfAShapeAndOfItsWardIsTheSameButForWhatNeedsPeers) {
  const auto snapshot = Town().build();
  ProfileQuery query = Query();
  const PlaceProfile ward = Profiled(snapshot->datasets[0], query);
  query.unit = PlaceUnit::kShape;
  query.shape = snapshot->datasets[0].vintages[0].areas.areas()[0].shape;
  const PlaceProfile shape = Profiled(snapshot->datasets[0], query);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(shape.workstreams[i].incidents, ward.workstreams[i].incidents);
    EXPECT_EQ(shape.workstreams[i].before, ward.workstreams[i].before);
    EXPECT_EQ(shape.workstreams[i].positions, ward.workstreams[i].positions);
    EXPECT_EQ(*shape.workstreams[i].per_km2.rate, *ward.workstreams[i].per_km2.rate);
    EXPECT_FALSE(shape.workstreams[i].rank);
    EXPECT_TRUE(Cannot(shape, i, "rank", "PLACE_HAS_NO_PEERS"));
    EXPECT_FALSE(Cannot(ward, i, "rank", "PLACE_HAS_NO_PEERS"));
  }
}

TEST(ProfilePlace, OfTwoWardsTogetherIsTheirSum) {
  const auto snapshot = Town().build();
  ProfileQuery query = Query();
  query.areas = {0, 1};
  const PlaceProfile both = Profiled(snapshot->datasets[0], query);
  EXPECT_EQ(both.workstreams[1].incidents, 35);
  EXPECT_DOUBLE_EQ(both.area_km2, 2);
  EXPECT_FALSE(both.workstreams[1].rank);
  EXPECT_TRUE(both.workstreams[1].rates.empty());  // one of them has no estimate
}

TEST(ProfilePlace, OfACellSaysWhatTheRankingSays) {
  const auto snapshot = Town().build();
  const DatasetSnapshot& data = snapshot->datasets[0];
  PriorityQuery ranking;
  ranking.period = Period::CalendarYear(kYear);
  ranking.workstreams = {{0, 1}, {1, 1}};
  ranking.blocks.reset();
  ranking.draws = 0;
  const auto answer = RankPriorities(data, ranking, NeverStop());
  ASSERT_TRUE(answer);
  ASSERT_FALSE(answer->candidates.empty());
  for (const Candidate& candidate : answer->candidates) {
    ProfileQuery query = Query();
    query.unit = PlaceUnit::kCells;
    query.cells = {answer->places.cells[static_cast<std::size_t>(candidate.place)]};
    const PlaceProfile profile = Profiled(data, query);
    for (const WorkstreamScore& score : candidate.workstreams) {
      const WorkstreamProfile& told = profile.workstreams[score.workstream];
      EXPECT_EQ(told.incidents, score.place_incidents);
      EXPECT_EQ(told.before, score.place_incidents_before);
      EXPECT_EQ(told.change.verdict, score.trend);
      EXPECT_EQ(told.years_hot, score.years_hot);
    }
  }
}

TEST(ProfilePlace, HoursThatAreNotKnownAreSaidToBe) {
  DrawnDataset town = Town();
  town.record().sources[0].time = TimeKnowledge::kMonth;
  for (DrawnIncident& incident : town.incidents()) {
    const int year = Month::OfDay(DayOfMinute(incident.from)) >= Month::Of(kYear, 1) ? kYear : kYear - 1;
    incident.from = At(year, 6, 1, 0);
    incident.to = At(year, 7, 1, 0);
  }
  const auto snapshot = town.build();
  const PlaceProfile profile = Profiled(snapshot->datasets[0], Query());
  EXPECT_EQ(profile.workstreams[1].incidents, 30);
  EXPECT_EQ(profile.workstreams[1].hour_unknown, 30);
  EXPECT_TRUE(profile.workstreams[1].blocks.empty());
  EXPECT_TRUE(Cannot(profile, 1, "hours", "HOUR_UNKNOWN"));
}

TEST(ProfilePlace, PeersBeyondWhatMemoryHoldsAreRefused) {
  DrawnDataset town = Town();
  for (int i = 0; i < 48; ++i) {
    Workstream stream = town.record().workstreams.front();
    stream.id = fmt::format("disorder-{:02}", i);
    town.record().workstreams.insert(town.record().workstreams.end() - 1, stream);
  }
  const auto snapshot = town.build();
  ProfileQuery query = Query();
  query.workstreams.resize(50);
  std::iota(query.workstreams.begin(), query.workstreams.end(), std::size_t{0});
  query.unit = PlaceUnit::kCells;
  query.grid = CellGrid(CellShape::kSquare, 3'000);
  query.cells = {query.grid.cell_of(GridPoint::FromMeters(500, 500))};
  const auto refused = ProfilePlace(snapshot->datasets[0], query, NeverStop());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, "TOO_MANY_CANDIDATES");
  query.workstreams = {0, 49};
  EXPECT_TRUE(ProfilePlace(snapshot->datasets[0], query, NeverStop()));
}

TEST(ProfilePlace, ACellOutsideTheAreasIsRefused) {
  const auto snapshot = Town().build();
  ProfileQuery query = Query();
  query.unit = PlaceUnit::kCells;
  query.cells = {CellId{400, 400}};
  const auto profile = ProfilePlace(snapshot->datasets[0], query, NeverStop());
  ASSERT_FALSE(profile);
  EXPECT_EQ(profile.error().code, ErrorCode::kNotFound);
  EXPECT_EQ(profile.error().field, "cells.cells");
}

}  // namespace
}  // namespace geo
