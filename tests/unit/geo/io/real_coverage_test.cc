// The months that real files cut short are found, and no others.
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "geo/io/load.h"
#include "geo/io/store.h"
#include "geo/snapshot/dataset_snapshot.h"
#include "tests/support/load_case.h"
#include "tests/support/paths.h"
#include "tests/support/shared_file.h"

namespace {

std::string Source(const std::string& id, const std::string& files) {
  return "[[sources]]\nid = \"" + id + "\"\ntitle = \"" + id + "\"\nformat = \"police-uk\"\nfiles = [\"" + files +
         "\"]\ndictionary = \"police-uk\"\nsnapped = true\n";
}

// "kent 2018-12" -> what is partial in it: "crimes", "asb" or both.
std::map<std::string, std::string> PartialMonths(const geo::DatasetSnapshot& data) {
  std::map<std::string, std::string> partial;
  for (const geo::SourceMonth& month : data.coverage.months) {
    if (month.state != geo::MonthState::kPartial) continue;
    bool crimes = false, others = false;
    for (std::size_t c = 0; c < month.partial_category.size(); ++c) {
      if (month.partial_category[c] != 0) (data.record.categories[c].crime ? crimes : others) = true;
    }
    partial[data.record.sources[month.source].id + " " + geo::FormatMonth(month.month)] = std::string(crimes ? "crimes" : "") + (others ? "asb" : "");
  }
  return partial;
}

TEST(RealCoverage, MarksTheTwoPartialMonthsOfTwoForcesAndNoOther) {
  if (!support::HasSharedData()) GTEST_SKIP() << "the shared data is not beside this checkout";
  const support::ScratchFolder folder;
  folder.write("manifest/police-uk.toml", support::ReadBytes(std::filesystem::path(WARDWATCH_REPOSITORY) / "datasets/dictionaries/police-uk.toml"));
  folder.write("manifest/manifest.toml",
               "[dataset]\nid = \"forces\"\ntitle = \"Two forces\"\nas_at = 2025-12-31\n[[dictionaries]]\ninclude = \"police-uk.toml\"\n" +
                   Source("kent", "kent-street/*.csv.gz") + Source("northumbria", "northumbria-street/*.csv.gz"));
  geo::LoadOptions options;
  options.manifest = folder.path() / "manifest/manifest.toml";
  options.data_root = std::filesystem::canonical(WARDWATCH_SHARED_DATA);
  options.store = folder.path() / "forces.gpkg";
  options.today = geo::DayOf(2026, 6, 1);
  geo::LoadReport report;
  const auto loaded = geo::LoadDataset(options, report);
  ASSERT_TRUE(loaded) << loaded.error().field << " " << loaded.error().reason << " " << loaded.error().message;
  auto stored = geo::ReadStore(options.store);
  ASSERT_TRUE(stored) << stored.error().message;
  const auto snapshot = geo::BuildSnapshot(std::move(*stored), 2);
  ASSERT_TRUE(snapshot) << snapshot.error().message;
  const geo::DatasetSnapshot& data = (*snapshot)->datasets[0];
  EXPECT_EQ(PartialMonths(data), (std::map<std::string, std::string>{{"kent 2018-12", "crimes"}, {"northumbria 2020-07", "asb"}}));
  std::map<std::string, int> empty;
  for (const geo::SourceMonth& month : data.coverage.months) empty[data.record.sources[month.source].id] += month.state == geo::MonthState::kEmpty ? 1 : 0;
  EXPECT_EQ(empty.at("kent"), 34 + 12 + 8) << "2019-03 to 2021-12, 2023, and 2024-05 to 2024-12 are not among the files";
  EXPECT_EQ(empty.at("northumbria"), 1) << "2022-01";
}

}  // namespace
