// Trafford's real register over real collisions: every camera is reviewed, what each sees is recounted the slow way, and what is not known is said.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "geo/io/load.h"
#include "geo/io/store.h"
#include "geo/placement/incident_demand.h"
#include "geo/placement/review_cameras.h"
#include "geo/placement/street_scene.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/shared_file.h"

namespace {

class TraffordCameras : public testing::Test {
 public:
  static void SetUpTestSuite() {
    if (!support::HasSharedData()) return;
    support::ScratchFolder folder;
    geo::LoadOptions options;
    options.manifest = std::filesystem::path(WARDWATCH_REPOSITORY) / "datasets/trafford/manifest-shared.toml";
    options.data_root = std::filesystem::canonical(WARDWATCH_SHARED_DATA);
    options.store = folder.path() / "trafford.gpkg";
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
  geo::DemandSet demand(geo::Period period) const {
    geo::IncidentFilter filter;
    filter.period = period;
    for (std::size_t i = 0; i < data().record.categories.size(); ++i) filter.categories.push_back(static_cast<geo::CategoryIndex>(i));
    filter.sources = {0};
    auto asked = geo::DemandOf(data(), filter, std::nullopt, "collisions", geo::NeverStop());
    EXPECT_TRUE(asked) << asked.error().message;
    return asked ? std::move(asked->demand) : geo::DemandSet{};
  }
  geo::CameraScene scene() const {
    geo::SceneSettings settings;
    settings.decided_on = data().record.as_at;
    return geo::SceneOf(data(), settings);
  }
  static inline std::shared_ptr<const geo::Snapshot> snapshot_;
};

TEST_F(TraffordCameras, EveryCameraIsReviewed) {
  geo::CameraScene asked = scene();
  const geo::Period recent = geo::Period::CalendarYear(2023), earlier{geo::DayOf(2021, 1, 1), geo::DayOf(2023, 1, 1)};
  asked.demand = demand(recent);
  geo::ReviewQuery query;
  query.earlier = demand(earlier);
  query.recent_days = recent.days();
  query.earlier_days = earlier.days();
  query.level = "monitor";
  const auto answer = geo::ReviewCameras(asked, query, geo::NeverStop());
  ASSERT_TRUE(answer) << answer.error().message;
  ASSERT_EQ(answer->cameras.size(), 163U);
  int with_need = 0;
  for (const geo::CameraReview& camera : answer->cameras) {
    ASSERT_FALSE(camera.reasons.empty()) << camera.id;
    EXPECT_NE(std::find(camera.reasons.begin(), camera.reasons.end(), "BEARING_UNKNOWN"), camera.reasons.end()) << camera.id;
    EXPECT_LE(camera.unique, camera.recent + 1e-9);
    with_need += camera.recent > 0;
  }
  EXPECT_GT(with_need, 20) << "collisions happen in front of cameras";
  // No building hides anything and each camera looks all round for a share of the time: what it sees is what lies in range.
  const geo::ExistingCamera& first = asked.cameras.front();
  const auto optics = geo::OpticsOf(asked.models[first.model], geo::DensityTable::k2014, first.height_m, "");
  ASSERT_TRUE(optics);
  double slow = 0;
  for (const geo::DemandPoint& point : asked.demand.points) {
    if (point.at == geo::kUnlocated) continue;
    const double away_m = std::hypot(point.at.easting_m() - first.at.easting_m(), point.at.northing_m() - first.at.northing_m());
    if (away_m <= optics->ground_range_m[0]) slow += point.weight * optics->time_share / 1000;
  }
  EXPECT_NEAR(answer->cameras.front().recent, slow, 1e-6);
}

TEST_F(TraffordCameras, WhatIsNotKnownIsSaid) {
  geo::CameraScene asked = scene();
  asked.demand = demand(geo::Period::CalendarYear(2023));
  std::vector<std::string> reasons;
  for (const geo::SceneNote& note : geo::NotesOn(data(), asked)) reasons.push_back(note.reason);
  for (const char* expected : {"NO_BUILDINGS", "NO_PROTECTED_PLACES", "BEARING_UNKNOWN", "STATE_NOT_TOLD"}) {
    EXPECT_NE(std::find(reasons.begin(), reasons.end(), expected), reasons.end()) << expected;
  }
}

}  // namespace
