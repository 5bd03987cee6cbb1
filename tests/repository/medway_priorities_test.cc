// Medway's own workstreams over its real street-level data: what month-only, snapped rows can carry is answered, hours are refused with the reason.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "geo/io/load.h"
#include "geo/io/store.h"
#include "geo/planning/profile_place.h"
#include "geo/planning/rank_priorities.h"
#include "tests/support/paths.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/shared_file.h"

namespace {

class MedwayPriorities : public testing::Test {
 public:
  static void SetUpTestSuite() {
    if (!support::HasSharedData()) return;
    support::ScratchFolder folder;
    geo::LoadOptions options;
    options.manifest = std::filesystem::path(WARDWATCH_REPOSITORY) / "datasets/medway/manifest-shared.toml";
    options.data_root = std::filesystem::canonical(WARDWATCH_SHARED_DATA);
    options.store = folder.path() / "medway.gpkg";
    options.today = geo::DayOf(2026, 6, 1);
    geo::LoadReport report;
    const auto loaded = geo::LoadDataset(options, report);
    ASSERT_TRUE(loaded) << loaded.error().message;
    auto stored = geo::ReadStore(options.store);
    ASSERT_TRUE(stored) << stored.error().message;
    auto built = geo::BuildSnapshot(std::move(*stored), 2);
    ASSERT_TRUE(built) << built.error().message;
    snapshot_ = *built;
  }
  static void TearDownTestSuite() { snapshot_.reset(); }

 protected:
  void SetUp() override {
    if (!support::HasSharedData()) GTEST_SKIP() << "the shared data is not beside this checkout";
    ASSERT_NE(snapshot_, nullptr);
  }
  const geo::DatasetSnapshot& data() const { return snapshot_->datasets[0]; }
  geo::PriorityQuery query(int year) const {
    geo::PriorityQuery query;
    query.period = geo::Period::CalendarYear(year);
    query.vintage = *data().find_vintage("wards-2023");
    for (std::size_t i = 0; i < data().record.workstreams.size(); ++i) query.workstreams.push_back({i, data().record.workstreams[i].targeting ? 1.0 : 0.0});
    query.draws = 200;
    return query;
  }
  std::size_t stream(const std::string& id) const {
    const auto& streams = data().record.workstreams;
    const auto found = std::find_if(streams.begin(), streams.end(), [&](const auto& of) { return of.id == id; });
    EXPECT_NE(found, streams.end()) << id;
    return static_cast<std::size_t>(found - streams.begin());
  }
  static inline std::shared_ptr<const geo::Snapshot> snapshot_;
};

TEST_F(MedwayPriorities, TheSameQuestionOfTwoYearsIsAnsweredForTheWholeWeekAndSaysWhyNotByHour) {
  for (const int year : {2022, 2025}) {
    const auto answer = geo::RankPriorities(data(), query(year), geo::NeverStop());
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_FALSE(answer->hours_told);
    EXPECT_EQ(answer->listed, 20U);
    ASSERT_EQ(answer->left_out.size(), data().record.workstreams.size());
    for (const geo::LeftOut& left : answer->left_out) EXPECT_EQ(left.reason, "HOUR_UNKNOWN");
    for (const geo::Candidate& candidate : answer->candidates) {
      EXPECT_EQ(candidate.block, -1);
      double points = 0;
      for (const auto& score : candidate.workstreams) {
        for (const double part : score.points) points += part;
      }
      EXPECT_NEAR(points, candidate.score, 1e-9);
    }
  }
}

// Each incident again, the slow way: which cell of 500 m, which workstream.
TEST_F(MedwayPriorities, CountsOfTheFirstPlaceAreThoseOfTheFile) {
  const auto asked = query(2025);
  const auto answer = geo::RankPriorities(data(), asked, geo::NeverStop());
  ASSERT_TRUE(answer) << answer.error().message;
  const geo::Candidate& first = answer->candidates.front();
  const geo::CellId cell = answer->places.cells[static_cast<std::size_t>(first.place)];
  const auto& rows = data().incidents;
  for (const auto& score : first.workstreams) {
    std::int64_t slow = 0;
    for (std::size_t row = 0; row < rows.size(); ++row) {
      if (!asked.period.contains(geo::DayOfMinute(rows.from_minute[row])) || rows.at[row] == geo::kUnlocated) continue;
      if (!(answer->places.grid.cell_of(rows.at[row]) == cell)) continue;
      const std::string& category = data().record.categories[rows.category[row]].id;
      for (const auto& entry : data().record.workstreams[score.workstream].entries) slow += entry.category == category ? 1 : 0;
    }
    EXPECT_EQ(score.place_incidents, slow) << data().record.workstreams[score.workstream].id;
    EXPECT_DOUBLE_EQ(score.incidents, static_cast<double>(slow));
  }
}

TEST_F(MedwayPriorities, WardsAreAProxyAndNoHoursAreTold) {
  geo::ProfileQuery profile;
  profile.period = geo::Period::CalendarYear(2025);
  profile.vintage = *data().find_vintage("wards-2023");
  profile.areas = {0};
  profile.workstreams = {stream("asb"), stream("vawg-public")};
  std::sort(profile.workstreams.begin(), profile.workstreams.end());
  const auto told = geo::ProfilePlace(data(), profile, geo::NeverStop());
  ASSERT_TRUE(told) << told.error().message;
  ASSERT_EQ(told->workstreams.size(), 2U);
  for (const auto& of : told->workstreams) {
    EXPECT_GT(of.incidents, 0);
    EXPECT_TRUE(of.blocks.empty());
    EXPECT_EQ(of.peers, 24);
  }
  const auto hours = std::count_if(told->cannot_say.begin(), told->cannot_say.end(), [](const auto& cannot) { return cannot.what == "hours" && cannot.reason == "HOUR_UNKNOWN"; });
  EXPECT_EQ(hours, 2);
  // 2025 against 2024, of which four months are there: not comparable, and said so.
  EXPECT_TRUE(std::any_of(told->cannot_say.begin(), told->cannot_say.end(), [](const auto& cannot) { return cannot.what == "trend"; }));
}

}  // namespace
