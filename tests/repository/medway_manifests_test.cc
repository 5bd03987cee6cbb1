// The manifests of datasets/medway are accepted, and the one for the data beside the checkout gives the counts that its publisher's files hold.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <numeric>

#include "geo/io/load.h"
#include "geo/io/store.h"
#include "tests/support/paths.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/shared_file.h"

namespace repository {
namespace {

namespace fs = std::filesystem;

// Points inside any ward of the vintage, of incidents that began in the year.
std::int64_t Inside(const geo::DatasetSnapshot& data, std::size_t vintage, int year) {
  const geo::Period period = geo::Period::CalendarYear(year);
  const std::size_t end = data.incidents.first_on_or_after(period.end);
  std::int64_t inside = 0;
  for (std::size_t i = data.incidents.first_on_or_after(period.begin); i < end; ++i) {
    const geo::AreaIndex area = data.vintages[vintage].area_of[i];
    inside += area != geo::kOutside && area != geo::kNowhere ? 1 : 0;
  }
  return inside;
}

TEST(MedwayManifests, SharedDataLoadsWithTheCountsOnRecord) {
  if (!support::HasSharedData()) GTEST_SKIP() << "no ../shared/data beside the checkout";
  const support::ScratchFolder scratch;
  geo::LoadReport report;
  geo::LoadOptions options;
  options.manifest = fs::path(WARDWATCH_REPOSITORY) / "datasets/medway/manifest-shared.toml";
  options.data_root = WARDWATCH_SHARED_DATA;
  options.store = scratch.path() / "medway.gpkg";
  options.today = geo::DayOf(2026, 6, 1);
  const auto loaded = geo::LoadDataset(options, report);
  ASSERT_TRUE(loaded) << loaded.error().field << " " << loaded.error().reason << " " << loaded.error().message;
  const auto sum = [&](std::int64_t geo::FileRecord::*number) {
    return std::accumulate(report.files.begin(), report.files.end(), std::int64_t{0},
                           [number](std::int64_t total, const geo::FileReport& file) { return total + file.file.*number; });
  };
  EXPECT_EQ(report.files.size(), 33u);
  EXPECT_EQ(sum(&geo::FileRecord::rows_in), 516723);
  EXPECT_EQ(sum(&geo::FileRecord::rows_kept) + sum(&geo::FileRecord::rows_rejected), 516723);
  auto stored = geo::ReadStore(options.store);
  ASSERT_TRUE(stored) << stored.error().message;
  const auto snapshot = geo::BuildSnapshot(std::move(*stored), 2);
  ASSERT_TRUE(snapshot) << snapshot.error().message;
  const auto data = (*snapshot)->find_dataset("medway");
  ASSERT_TRUE(data) << data.error().message;
  const auto old_wards = (*data)->find_vintage("wards-2003"), new_wards = (*data)->find_vintage("wards-2023");
  ASSERT_TRUE(old_wards && new_wards);
  EXPECT_EQ((*data)->vintages[*old_wards].areas.areas().size(), 22u);
  EXPECT_EQ((*data)->vintages[*new_wards].areas.areas().size(), 24u);
  EXPECT_EQ(Inside(**data, *old_wards, 2022), 35442);
  EXPECT_EQ(Inside(**data, *new_wards, 2022), 35379);
  EXPECT_EQ(Inside(**data, *old_wards, 2025), 30589);
  EXPECT_EQ(Inside(**data, *new_wards, 2025), 30496);
  double residents = 0;
  for (const geo::PopulationRecord& population : (*data)->record.vintages[*old_wards].populations) residents += population.value;
  EXPECT_EQ(residents, 279142) << "mid-2020, all 22 wards and no other";
}

TEST(MedwayManifests, BothHoldTheSameBreaksAndVintages) {
  const support::ScratchFolder scratch;
  for (const char* name :
       {"street/2022-01-kent-street.csv", "wards-2022.geojson", "wards-2024.geojson", "population-wards-2022.csv", "population-wards-2024.csv",
        "kent-street/2022-01-kent-street.csv.gz", "medway-boundaries/medway_wards_2013.geojson", "medway-boundaries/medway_wards_2024.geojson",
        "population/ward_mid2020_kent_northumbria.csv", "population/medway_ward24_census2021_bestfit.csv"}) {
    scratch.write(name, "ReadManifest looks names up and opens no file\n");
  }
  const fs::path folder = fs::path(WARDWATCH_REPOSITORY) / "datasets/medway";
  const auto fetched = geo::ReadManifest(folder / "manifest.toml", scratch.path()), shared = geo::ReadManifest(folder / "manifest-shared.toml", scratch.path());
  ASSERT_TRUE(fetched) << fetched.error().field << " " << fetched.error().message;
  ASSERT_TRUE(shared) << shared.error().field << " " << shared.error().message;
  EXPECT_EQ(fetched->breaks, shared->breaks);
  EXPECT_EQ(fetched->dataset_id, shared->dataset_id);
  ASSERT_EQ(fetched->vintages.size(), 2u);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(fetched->vintages[i].id, shared->vintages[i].id);
    EXPECT_EQ(fetched->vintages[i].valid_from, shared->vintages[i].valid_from);
    EXPECT_EQ(fetched->vintages[i].valid_to, shared->vintages[i].valid_to);
  }
  EXPECT_EQ(fetched->vintages[0].valid_to, fetched->vintages[1].valid_from);
}

}  // namespace
}  // namespace repository
