// Workstreams edited in a store, and loads over edited stores.
#include "geo/io/edit_store.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "geo/io/durable_file.h"
#include "tests/support/load_case.h"

namespace {

using support::LoadCase;

const char kStreams[] = "[[workstreams]]\nid = \"quiet\"\ntitle = \"Quiet\"\npriority = \"One\"\n[workstreams.categories]\nnoise = 1\n";

geo::StoredDataset Stored(const LoadCase& load_case) {
  auto stored = geo::ReadStore(load_case.store());
  EXPECT_TRUE(stored) << stored.error().message;
  return std::move(stored->front());
}

geo::WorkstreamEdit Theft(double weight) {
  geo::Workstream of;
  of.id = "theft", of.title = "Theft", of.priority = "Two";
  of.entries = {{"burglary", weight}};
  return {"theft", of, std::nullopt, "2026-11-30T12:00:00Z", "Smith", "agreed in June"};
}

struct EditStore : testing::Test {
  EditStore() {
    load_case.tail = kStreams;
    load_case.load_first();
  }
  LoadCase load_case;
};

TEST_F(EditStore, PutsADefinitionIntoTheStoreAndLeavesTheRowsAlone) {
  const geo::StoredDataset before = Stored(load_case);
  ASSERT_EQ(before.record.workstreams.size(), 1U);
  const auto edited = geo::EditWorkstream(load_case.store(), "test", Theft(3));
  ASSERT_TRUE(edited) << edited.error().message;
  const geo::StoredDataset after = Stored(load_case);
  ASSERT_EQ(after.record.workstreams.size(), 2U);
  EXPECT_EQ(after.record.workstreams[1].entries[0].weight, 3);
  ASSERT_EQ(after.record.workstream_history.size(), 2U);
  EXPECT_EQ(after.record.workstream_history[1].author, "Smith");
  EXPECT_EQ(after.record.content_sha256, before.record.content_sha256);
  EXPECT_EQ(after.incidents.line, before.incidents.line);
}

TEST_F(EditStore, ARefusedEditLeavesTheStoreAsItWas) {
  auto unknown = Theft(3);
  unknown.definition->entries[0].category = "piracy";
  const auto refused = geo::EditWorkstream(load_case.store(), "test", unknown);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, "UNKNOWN_CATEGORY");
  EXPECT_EQ(geo::EditWorkstream(load_case.store(), "elsewhere", Theft(3)).error().reason, "UNKNOWN_DATASET");
  load_case.expect_untouched();
}

TEST_F(EditStore, WaitsForNobodysLoad) {
  const auto lock = geo::StoreLock::Take(load_case.store());
  ASSERT_TRUE(lock);
  const auto refused = geo::EditWorkstream(load_case.store(), "test", Theft(3));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, "STORE_LOCKED");
  EXPECT_EQ(refused.error().code, geo::ErrorCode::kAborted);
}

TEST_F(EditStore, ADamagedStoreIsNotEdited) {
  std::string bytes = support::ReadBytes(load_case.store());
  const std::size_t at = bytes.find("\"quiet\"");
  ASSERT_NE(at, std::string::npos);
  bytes[at + 1] = 'Q';
  std::ofstream(load_case.store(), std::ios::binary) << bytes;
  const auto refused = geo::EditWorkstream(load_case.store(), "test", Theft(3));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, "STORE_DAMAGED") << refused.error().message;
  EXPECT_EQ(geo::EditWorkstream(load_case.store().parent_path() / "none.gpkg", "test", Theft(3)).error().reason, "NO_STORE");
}

TEST_F(EditStore, ALoadKeepsWhatWasEditedUntilTheManifestSaysOtherwise) {
  ASSERT_TRUE(geo::EditWorkstream(load_case.store(), "test", Theft(3)));
  ASSERT_TRUE(load_case.load());
  EXPECT_TRUE(load_case.report.unchanged);
  EXPECT_EQ(Stored(load_case).record.workstreams.size(), 2U);
  load_case.tail += "[[workstreams]]\nid = \"theft\"\ntitle = \"Theft\"\npriority = \"Two\"\n[workstreams.categories]\nburglary = 9\n";
  ASSERT_TRUE(load_case.load());
  EXPECT_EQ(Stored(load_case).record.workstreams[1].entries[0].weight, 9);
  ASSERT_EQ(load_case.report.warnings.size(), 1U);
  EXPECT_NE(load_case.report.warnings[0].find("theft"), std::string::npos) << load_case.report.warnings[0];
  EXPECT_EQ(Stored(load_case).record.workstream_history.size(), 3U);
}

TEST(LoadFlags, OfRowsComeBackFromTheStore) {
  LoadCase load_case;
  std::string table = "ref,when,kind,easting,northing,street,drink\n";
  for (int i = 0; i < 30; ++i) {
    std::string row = support::TableRow(i);
    row.insert(row.size() - 1, i % 3 == 0 ? ",Y" : ",");
    table += row;
  }
  load_case.write("incidents.csv", table);
  load_case.columns += "[sources.flags]\nalcohol = {column = \"drink\", yes = [\"Y\"], no = [\"\"]}\n[sources.location_role]\ncolumn = \"kind\"\n"
                       "complainant = [\"noise\"]\nincident = [\"burglary\"]\n";
  load_case.tail = "[[flags]]\nid = \"alcohol\"\ntitle = \"Drink\"\n";
  const auto loaded = load_case.load();
  ASSERT_TRUE(loaded) << loaded.error().message;
  const geo::StoredDataset stored = Stored(load_case);
  EXPECT_EQ(stored.record.sources[0].flags, (std::vector<std::string>{"alcohol", geo::kComplainantFlag}));
  ASSERT_EQ(stored.incidents.size(), 30U);
  for (std::size_t i = 0; i < stored.incidents.size(); ++i) {
    const int row = static_cast<int>(stored.incidents.line[i]) - 2;
    const bool home = row % 2 == 0;
    EXPECT_EQ(stored.incidents.flags[i], (row % 3 == 0 ? 1 : 0) | (home ? 2 : 0)) << row;
    if (home) {
      EXPECT_EQ(stored.incidents.at[i], geo::kUnlocated) << row;
      EXPECT_EQ(stored.incidents.places[stored.incidents.place[i]], "") << row;
    }
  }
}

}  // namespace
