// The sites that make_sample worked out to be best are found through the loader, the store and the solver; and so is what each adds.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <set>

#include "geo/io/load.h"
#include "geo/io/store.h"
#include "geo/placement/incident_demand.h"
#include "geo/placement/site_cameras.h"
#include "geo/placement/street_scene.h"
#include "tests/repository/made_sample.h"
#include "tests/support/scratch_folder.h"

namespace repository {
namespace {

TEST(PlantedSites, AreBestAndProvedSo) {
  const support::ScratchFolder scratch;
  geo::LoadOptions options;
  options.manifest = MadeSample() / "manifest.toml";
  options.store = scratch.path() / "store.gpkg";
  options.today = geo::DayOf(2025, 2, 1);
  geo::LoadReport report;
  const auto loaded = geo::LoadDataset(options, report);
  ASSERT_TRUE(loaded) << loaded.error().message;
  auto stored = geo::ReadStore(options.store);
  ASSERT_TRUE(stored) << stored.error().message;
  const auto snapshot = geo::BuildSnapshot(std::move(*stored), 2);
  ASSERT_TRUE(snapshot) << snapshot.error().message;
  const geo::DatasetSnapshot& data = (*snapshot)->datasets[0];

  const nlohmann::json truth = ReadJson(MadeSample() / "truth.json")["camera_sites"];
  geo::IncidentFilter filter;
  filter.period = geo::Period::CalendarYear(truth["year"]);
  for (std::size_t i = 0; i < data.record.categories.size(); ++i) {
    if (data.record.categories[i].id == truth["category"]) filter.categories.push_back(static_cast<geo::CategoryIndex>(i));
  }
  for (std::size_t i = 0; i < data.record.sources.size(); ++i) filter.sources.push_back(static_cast<std::uint16_t>(i));
  // Thursday to Saturday, as the truth says.
  filter.window = geo::TimeOfWeek{20 * 60, 6 * 60, 0b0111000};
  geo::SceneSettings settings;
  settings.decided_on = data.record.as_at;
  geo::CameraScene scene = geo::SceneOf(data, settings);
  auto demand = geo::DemandOf(data, filter, settings.blocks, "violence at night", geo::NeverStop());
  ASSERT_TRUE(demand) << demand.error().message;
  scene.demand = std::move(demand->demand);

  geo::SitingQuery query;
  for (const geo::CameraSite& site : data.street.sites) {
    if (site.power) query.candidates.push_back(geo::CandidateOf(site));
  }
  for (std::size_t i = 0; i < scene.models.size(); ++i) {
    if (scene.models[i].id == "all-round") query.model = i;
  }
  query.bearings_deg = {0};
  query.level = "monitor";
  query.picks = truth["new_cameras"].get<int>();
  const auto answer = geo::SiteCameras(scene, query, geo::NeverStop());
  ASSERT_TRUE(answer) << answer.error().message;
  ASSERT_TRUE(answer->certificate.solver);
  EXPECT_TRUE(answer->certificate.solver->proved_optimal);
  EXPECT_EQ(answer->certificate.solver->gap, 0);
  ASSERT_EQ(answer->picks.size(), truth["sites"].size());
  for (std::size_t i = 0; i < answer->picks.size(); ++i) {
    EXPECT_EQ(answer->picks[i].id, truth["sites"][i]["column"]);
    EXPECT_NEAR(answer->picks[i].gain, truth["sites"][i]["marginal"].get<double>(), 1e-9);
  }
  EXPECT_NEAR(answer->before, truth["covered_by_working_cameras"].get<double>(), 1e-9);
}

}  // namespace
}  // namespace repository
