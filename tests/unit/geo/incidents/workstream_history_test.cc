// Edits come into force one after the other; loads carry them over.
#include "geo/incidents/workstream_history.h"

#include <gtest/gtest.h>

#include "geo/incidents/dataset_record.h"

namespace geo {
namespace {

Workstream Of(const std::string& id, double weight) {
  Workstream of;
  of.id = id;
  of.title = id;
  of.priority = "One";
  of.entries = {{"robbery", weight}};
  return of;
}

DatasetRecord Loaded(std::vector<Workstream> workstreams) {
  DatasetRecord record;
  record.id = "town";
  record.as_at = DayOf(2024, 1, 31);
  record.categories = {{"robbery", "Robbery", true}};
  record.workstreams = std::move(workstreams);
  return record;
}

// As the store would hold it after that load.
DatasetRecord Stored(const DatasetRecord* before, DatasetRecord record, std::vector<std::string>* notices = nullptr) {
  std::vector<std::string> told;
  const auto carried = CarryHistory(before, record, told);
  EXPECT_TRUE(carried) << carried.error().message;
  if (notices != nullptr) *notices = told;
  return record;
}

WorkstreamEdit Edit(const std::string& id, std::optional<Workstream> definition) { return {id, std::move(definition), std::nullopt, "2024-06-01T10:00:00Z", "Smith", "agreed"}; }

double WeightOf(const DatasetRecord& record, const std::string& id) {
  for (const Workstream& of : record.workstreams) {
    if (of.id == id) return of.entries[0].weight;
  }
  return -1;
}

TEST(WorkstreamHistory, BeginsWithTheManifest) {
  const DatasetRecord record = Stored(nullptr, Loaded({Of("a", 1), Of("b", 2)}));
  ASSERT_EQ(record.workstream_history.size(), 2U);
  EXPECT_EQ(record.workstream_history[0].made_at, "2024-01-31");
  EXPECT_EQ(record.workstream_history[0].origin, RevisionOrigin::kManifest);
  EXPECT_EQ(LatestRevision(record, "b")->number, 1);
  EXPECT_EQ(LatestRevision(record, "c"), nullptr);
}

TEST(WorkstreamHistory, TheSameLoadAgainAddsNothing) {
  const DatasetRecord first = Stored(nullptr, Loaded({Of("a", 1)}));
  EXPECT_EQ(Stored(&first, Loaded({Of("a", 1)})), first);
}

TEST(WorkstreamHistory, AnEditComesIntoForce) {
  DatasetRecord record = Stored(nullptr, Loaded({Of("a", 1), Of("c", 1)}));
  ASSERT_TRUE(ApplyEdit(Edit("a", Of("a", 5)), record));
  ASSERT_TRUE(ApplyEdit(Edit("b", Of("b", 7)), record));
  EXPECT_EQ(WeightOf(record, "a"), 5);
  ASSERT_EQ(record.workstreams.size(), 3U);
  EXPECT_EQ(record.workstreams[1].id, "b") << "in order of id";
  EXPECT_EQ(LatestRevision(record, "a")->number, 2);
  EXPECT_EQ(LatestRevision(record, "a")->author, "Smith");
  EXPECT_EQ(record.workstream_history[0].definition->entries[0].weight, 1) << "what was before stays on record";
}

TEST(WorkstreamHistory, WhatIsTakenOutCanComeBack) {
  DatasetRecord record = Stored(nullptr, Loaded({Of("a", 1)}));
  ASSERT_TRUE(ApplyEdit(Edit("a", std::nullopt), record));
  EXPECT_TRUE(record.workstreams.empty());
  const auto again = ApplyEdit(Edit("a", std::nullopt), record);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().reason, "UNKNOWN_WORKSTREAM");
  ASSERT_TRUE(ApplyEdit(Edit("a", Of("a", 1)), record));
  EXPECT_EQ(LatestRevision(record, "a")->number, 3);
}

TEST(WorkstreamHistory, RefusedEditsChangeNothing) {
  DatasetRecord record = Stored(nullptr, Loaded({Of("a", 1)}));
  const DatasetRecord before = record;
  Workstream unknown = Of("a", 1);
  unknown.entries[0].category = "piracy";
  WorkstreamEdit stale = Edit("a", Of("a", 2));
  stale.base_revision = 3;
  const std::pair<WorkstreamEdit, const char*> refused[] = {{Edit("a", Of("a", 1)), "NO_CHANGE"}, {Edit("a", unknown), "UNKNOWN_CATEGORY"}, {stale, "STALE_REVISION"}};
  for (const auto& [edit, reason] : refused) {
    const auto applied = ApplyEdit(edit, record);
    ASSERT_FALSE(applied) << reason;
    EXPECT_EQ(applied.error().reason, reason);
    EXPECT_EQ(record, before);
  }
  stale.base_revision = 1;
  EXPECT_TRUE(ApplyEdit(stale, record));
}

TEST(WorkstreamHistory, NumbersAreBounded) {
  DatasetRecord record = Stored(nullptr, Loaded({Of("a", 1)}));
  for (int i = 0; i < 49; ++i) ASSERT_TRUE(ApplyEdit(Edit("w" + std::to_string(i), Of("w" + std::to_string(i), 1)), record));
  EXPECT_EQ(ApplyEdit(Edit("more", Of("more", 1)), record).error().reason, "TOO_MANY_WORKSTREAMS");
  while (record.workstream_history.size() < kMaxRevisions) {
    ASSERT_TRUE(ApplyEdit(Edit("a", Of("a", static_cast<double>(record.workstream_history.size() % 7) + 2)), record));
  }
  EXPECT_EQ(ApplyEdit(Edit("a", Of("a", 900)), record).error().reason, "TOO_MANY_REVISIONS");
}

TEST(WorkstreamHistory, ALoadThatSaysTheSameKeepsTheEdit) {
  DatasetRecord store = Stored(nullptr, Loaded({Of("a", 1), Of("b", 1)}));
  ASSERT_TRUE(ApplyEdit(Edit("a", Of("a", 5)), store));
  ASSERT_TRUE(ApplyEdit(Edit("b", std::nullopt), store));
  ASSERT_TRUE(ApplyEdit(Edit("own", Of("own", 9)), store));
  std::vector<std::string> notices;
  const DatasetRecord again = Stored(&store, Loaded({Of("a", 1), Of("b", 1)}), &notices);
  EXPECT_EQ(again, store);
  EXPECT_TRUE(notices.empty());
}

TEST(WorkstreamHistory, ANewDefinitionOfTheManifestWinsAndSaysSo) {
  DatasetRecord store = Stored(nullptr, Loaded({Of("a", 1), Of("b", 1)}));
  ASSERT_TRUE(ApplyEdit(Edit("a", Of("a", 5)), store));
  std::vector<std::string> notices;
  const DatasetRecord again = Stored(&store, Loaded({Of("a", 3)}), &notices);
  EXPECT_EQ(WeightOf(again, "a"), 3);
  EXPECT_EQ(LatestRevision(again, "a")->number, 3);
  EXPECT_EQ(WeightOf(again, "b"), -1) << "no longer in the manifest";
  EXPECT_FALSE(LatestRevision(again, "b")->definition);
  ASSERT_EQ(notices.size(), 1U);
  EXPECT_NE(notices[0].find("revision 2"), std::string::npos) << notices[0];
}

TEST(WorkstreamHistory, AnEditThatTheDataCannotCarryRefusesTheLoad) {
  DatasetRecord store = Stored(nullptr, Loaded({Of("a", 1)}));
  store.categories.push_back({"theft", "Theft", true});
  Workstream theft = Of("own", 2);
  theft.entries[0].category = "theft";
  ASSERT_TRUE(ApplyEdit(Edit("own", theft), store));
  DatasetRecord loaded = Loaded({Of("a", 1)});
  std::vector<std::string> notices;
  const auto carried = CarryHistory(&store, loaded, notices);
  ASSERT_FALSE(carried);
  EXPECT_EQ(carried.error().field, "workstreams.own");
  EXPECT_EQ(carried.error().reason, "UNKNOWN_CATEGORY");
  EXPECT_EQ(carried.error().message.find("workstream own: entries[0].category"), 0U) << carried.error().message;
}

// What the manifest's reader lets pass and a snapshot would not: the store must not be replaced by one that cannot be served.
TEST(WorkstreamHistory, AManifestThatTheServerWouldRefuseRefusesTheLoad) {
  Workstream long_title = Of("a", 1);
  long_title.title = std::string(1001, 'a');
  Workstream both = Of("a", 1);
  both.flags_with = both.flags_without = {"alcohol"};
  for (const auto& [of, reason] : {std::pair{long_title, "TOO_LONG"}, {both, "NOT_TOGETHER"}}) {
    DatasetRecord loaded = Loaded({of});
    loaded.flags = {{"alcohol", "Alcohol"}};
    std::vector<std::string> notices;
    const auto carried = CarryHistory(nullptr, loaded, notices);
    ASSERT_FALSE(carried);
    EXPECT_EQ(carried.error().field, "workstreams.a");
    EXPECT_EQ(carried.error().reason, reason);
  }
}

TEST(WorkstreamHistory, AnEditFollowsTheHoursOfItsTimeWindow) {
  DatasetRecord first = Loaded({});
  first.time_windows = {{"evening", "Evening", TimeOfWeek{18 * 60, kMinutesPerDay, 0x7F}}};
  DatasetRecord store = Stored(nullptr, first);
  Workstream own = Of("own", 1);
  own.window_id = "evening";
  own.window = first.time_windows[0].window;
  ASSERT_TRUE(ApplyEdit(Edit("own", own), store));
  DatasetRecord second = Loaded({});
  second.time_windows = {{"evening", "Evening", TimeOfWeek{17 * 60, kMinutesPerDay, 0x7F}}};
  const DatasetRecord again = Stored(&store, second);
  ASSERT_EQ(again.workstreams.size(), 1U);
  EXPECT_EQ(again.workstreams[0].window.week.begin_minute, 17 * 60);
}

}  // namespace
}  // namespace geo
