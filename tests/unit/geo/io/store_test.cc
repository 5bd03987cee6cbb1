// The store gives back what it was given, or says that it is damaged; it never gives wrong numbers (rows C4, C5 of the acceptance table).
#include "geo/io/store.h"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/file.h>

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <limits>
#include <string>

#include "tests/support/load_case.h"

namespace {

using support::ReadBytes;
using support::ScratchFolder;

// One row of each layer with everything that it can hold, and one with nothing that it need not.
void MakeStreet(geo::StoredDataset& made) {
  geo::StreetRecord& street = made.record.street;
  geo::CameraModel dome, fixed;
  dome.id = "dome", dome.title = "Döme", dome.field_of_view_deg = 60, dome.pan_deg = 360, dome.reach_m = 55.5;
  fixed.id = "fixed", fixed.pixels = 3840, fixed.sensor_width_mm = 5.6, fixed.focal_length_mm = 2.8, fixed.sensors = 2;
  street.models = {dome, fixed};
  const auto layer = [](const char* id, geo::StreetLayerKind kind) {
    geo::StreetLayerRecord record;
    record.id = id, record.title = "Läyer", record.kind = kind, record.transformation = "none";
    record.file = {std::string(id) + ".csv", std::string(64, 'c'), 3, 2, 1, 0};
    record.rejects = {{"BLANK_ID", 1}};
    if (kind == geo::StreetLayerKind::kCameras) record.tells = {"bearing", "state"};
    return record;
  };
  street.layers = {layer("cctv", geo::StreetLayerKind::kCameras), layer("lamps", geo::StreetLayerKind::kSites), layer("walls", geo::StreetLayerKind::kBuildings),
                   layer("homes", geo::StreetLayerKind::kPlaces)};
  street.place_kinds = {"home", "school"};
  street.evidence = {{"studies", "Stüdies", "1", "us", {{"burglary", geo::EvidenceGrade::kStrong, geo::EvidenceGrade::kWeak, geo::EvidenceGrade::kNoEffect, "a caution", "a study"}}}};
  street.monitored = {{geo::TimeOfWeek{1200, 240, 0x60}, 0.5}};
  geo::StandingCamera known, unknown;
  known.id = "C 1", known.at = {500'000'001, 200'000'002}, known.model = 1, known.field_of_view_deg = 90.5, known.bearing_deg = 0, known.height_m = 5.25;
  known.on_building = true, known.state = geo::CameraState::kFaulty, known.bond = geo::CameraBond::kMovable, known.installed = 19000, known.place = "Hïgh Street";
  unknown.id = "C2", unknown.at = {1'999'999'999, -1'999'999'999}, unknown.state = geo::CameraState::kOut;
  made.street.cameras = {known, unknown};
  made.street.sites = {{"L1", 1, {1, 2}, 6.5, true, false, true, 100'000'000'000}, {"L2", 1, {-3, -4}, std::nullopt, false, true, false, 0}};
  made.street.buildings = {{2, {{geo::Polygon{{{{0, 0}, {10'000, 0}, {10'000, 10'000}, {0, 10'000}}, {{1000, 1000}, {1000, 2000}, {2000, 2000}}}}}}}};
  made.street.places = {{3, {5, 6}, 1}};
}

geo::StoredDataset MakeDataset(const std::string& id, int rows) {
  geo::StoredDataset made;
  geo::DatasetRecord& record = made.record;
  record.id = id;
  record.title = "Títle \"quoted\"";
  record.as_at = geo::DayOf(2024, 1, 31);
  record.time_zone = "Europe/London";
  record.retention_months = 60;
  record.categories = {{"burglary", "Burglary", true}, {"noise", "Noise", false}};
  geo::SourceRecord source{"police", "Police", geo::TimeKnowledge::kClock, 12.5, true, "none", {}, {{"DUPLICATE_ROW", 3}}, 4};
  source.files = {{"a.csv", std::string(64, 'a'), rows + 3, rows, 3, rows / 10}};
  source.flags = {"alcohol", "domestic"};
  record.flags = {{"alcohol", "Drînk"}, {"domestic", "At home"}};
  record.sources = {source};
  geo::TimeWindow school(geo::TimeOfWeek{900, 1080, 0x1F});
  school.light = geo::Light::kDaylight;
  school.dates = {{19000, 19030}, {19040, 19060}};
  school.dates_known = {18990, 19100};
  record.time_windows = {{"school", "After school", school}};
  geo::Workstream stream;
  stream.id = "street", stream.title = "Street", stream.priority = "One", stream.entries = {{"burglary", 2.5}, {"noise", 0}};
  stream.window_id = "school", stream.window = school, stream.views = {"school"};
  stream.flags_with = {"alcohol"}, stream.flags_without = {"domestic"};
  stream.location_roles = {geo::LocationRole::kIncident, geo::LocationRole::kComplainant};
  stream.denominators = {"residents"}, stream.tier = geo::SensitivityTier::kVeryHigh, stream.concern = geo::Workstream::Concern{0.5, 0.25, 0.75};
  record.workstreams = {stream};
  record.workstream_history = {{"street", 1, geo::RevisionOrigin::kManifest, "2024-01-31", "", "", stream},
                               {"old", 2, geo::RevisionOrigin::kEdit, "2024-02-01T00:00:00Z", "Smith", "Nöt used", std::nullopt}};
  record.breaks = {{"app", "police", {"noise"}, {19000, 19001}, "A new app"}};
  record.weight_tables = {{"harm-1", "Härm", "1.0", "days", "us", {{"burglary", 0.1}}}, {"harm-2", "Harm", "2", "days", "us", {{"burglary", 0}}}};
  geo::VintageRecord vintage;
  vintage.id = "wards-2023", vintage.kind = "ward", vintage.valid_from = 19000, vintage.valid_to = 20000;
  vintage.file = {"w.geojson", std::string(64, 'b'), 1, 1, 0, 0};
  vintage.populations = {{"W1", "residents", 2021, 1234.5}};
  record.vintages = {vintage};
  const geo::Ring shell{{0, 0}, {1'000'001, 0}, {1'000'001, 999'999}, {0, 999'999}};
  const geo::Ring hole{{10, 10}, {10, 20}, {20, 20}};
  made.areas = {{geo::Area{"W1", "Saint Mary's, Île", {{geo::Polygon{{shell, hole}}, geo::Polygon{{{{-5, -5}, {-5, -9}, {-9, -9}}}}}}}}};
  MakeStreet(made);
  geo::IncidentColumns& c = made.incidents;
  c.resize(static_cast<std::size_t>(rows));
  c.files = {{0, 0}};
  c.places.push_back("On or near Ŵye Street");
  for (int i = 0; i < rows; ++i) {
    const auto k = static_cast<std::size_t>(i);
    // Extremes of the millimetre grid must come back exactly.
    c.at[k] = i % 10 == 9 ? geo::kUnlocated : geo::GridPoint{i % 3 == 0 ? 1'999'999'999 : i * 7919, i % 3 == 1 ? -1'999'999'999 : i * 104'729 % 1'300'000'000};
    c.from_minute[k] = 28'000'000 + i / 2;
    c.to_minute[k] = c.from_minute[k] + 1 + i % 1440;
    c.category[k] = static_cast<geo::CategoryIndex>(i % 2);
    c.flags[k] = static_cast<geo::FlagBits>(i % 4);
    c.line[k] = i + 1 == rows ? std::numeric_limits<std::uint32_t>::max() : static_cast<std::uint32_t>(i + 2);
    c.place[k] = static_cast<geo::PlaceIndex>(i % 2);
  }
  record.content_sha256 = geo::ContentDigest(made);
  return made;
}

void ExpectSame(const geo::StoredDataset& a, const geo::StoredDataset& b) {
  EXPECT_EQ(a.record, b.record);
  EXPECT_TRUE(a.incidents.at == b.incidents.at);
  EXPECT_EQ(a.incidents.from_minute, b.incidents.from_minute);
  EXPECT_EQ(a.incidents.to_minute, b.incidents.to_minute);
  EXPECT_EQ(a.incidents.category, b.incidents.category);
  EXPECT_EQ(a.incidents.flags, b.incidents.flags);
  EXPECT_EQ(a.incidents.file, b.incidents.file);
  EXPECT_EQ(a.incidents.line, b.incidents.line);
  EXPECT_EQ(a.incidents.place, b.incidents.place);
  EXPECT_EQ(a.incidents.places, b.incidents.places);
  EXPECT_EQ(a.incidents.files, b.incidents.files);
  EXPECT_EQ(a.street.cameras, b.street.cameras);
  EXPECT_EQ(a.street.sites, b.street.sites);
  EXPECT_EQ(a.street.places, b.street.places);
  ASSERT_EQ(a.street.buildings.size(), b.street.buildings.size());
  for (std::size_t i = 0; i < a.street.buildings.size(); ++i) {
    EXPECT_EQ(a.street.buildings[i].layer, b.street.buildings[i].layer);
    ASSERT_EQ(a.street.buildings[i].ground.parts.size(), b.street.buildings[i].ground.parts.size());
    for (std::size_t p = 0; p < a.street.buildings[i].ground.parts.size(); ++p)
      EXPECT_EQ(a.street.buildings[i].ground.parts[p].rings, b.street.buildings[i].ground.parts[p].rings);
  }
  ASSERT_EQ(a.areas.size(), b.areas.size());
  for (std::size_t v = 0; v < a.areas.size(); ++v) {
    ASSERT_EQ(a.areas[v].size(), b.areas[v].size());
    for (std::size_t i = 0; i < a.areas[v].size(); ++i) {
      EXPECT_EQ(a.areas[v][i].code, b.areas[v][i].code);
      EXPECT_EQ(a.areas[v][i].name, b.areas[v][i].name);
      ASSERT_EQ(a.areas[v][i].shape.parts.size(), b.areas[v][i].shape.parts.size());
      for (std::size_t p = 0; p < a.areas[v][i].shape.parts.size(); ++p) EXPECT_EQ(a.areas[v][i].shape.parts[p].rings, b.areas[v][i].shape.parts[p].rings);
    }
  }
}

TEST(Store, GivesBackWhatItWasGiven) {
  const ScratchFolder folder;
  const auto path = folder.path() / "s.gpkg";
  const auto second = MakeDataset("zeta", 1000), first = MakeDataset("alpha", 7), empty = MakeDataset("empty", 0);
  ASSERT_TRUE(geo::WriteStore(path, {second, first, empty}));
  const auto read = geo::ReadStore(path);
  ASSERT_TRUE(read) << read.error().message;
  ASSERT_EQ(read->size(), 3u);
  ExpectSame((*read)[0], first);
  ExpectSame((*read)[1], empty);
  ExpectSame((*read)[2], second);
}

TEST(Store, SameDataMakesTheSameBytes) {
  const ScratchFolder folder;
  ASSERT_TRUE(geo::WriteStore(folder.path() / "a.gpkg", {MakeDataset("a", 500)}));
  ASSERT_TRUE(geo::WriteStore(folder.path() / "b.gpkg", {MakeDataset("a", 500)}));
  EXPECT_TRUE(ReadBytes(folder.path() / "a.gpkg") == ReadBytes(folder.path() / "b.gpkg"));
}

TEST(Store, NoStoreIsNotFoundAndOtherFilesAreNoStore) {
  const ScratchFolder folder;
  EXPECT_EQ(geo::ReadStore(folder.path() / "none.gpkg").error().code, geo::ErrorCode::kNotFound);
  folder.write("text.gpkg", "not a database");
  EXPECT_EQ(geo::ReadStore(folder.path() / "text.gpkg").error().code, geo::ErrorCode::kDataLoss);
  folder.write("empty.gpkg", "");
  EXPECT_EQ(geo::ReadStore(folder.path() / "empty.gpkg").error().code, geo::ErrorCode::kDataLoss);
  EXPECT_EQ(geo::ReadStore(folder.path()).error().code, geo::ErrorCode::kDataLoss);
}

TEST(Store, C4_ABitFlippedInAnyBlockIsRefusedOrHarmless) {
  const ScratchFolder folder;
  const auto sound = MakeDataset("a", 2000);
  ASSERT_TRUE(geo::WriteStore(folder.path() / "s.gpkg", {sound}));
  const std::string bytes = ReadBytes(folder.path() / "s.gpkg");
  int refused = 0;
  for (std::size_t block = 0; block < bytes.size(); block += 1024) {
    std::string spoilt = bytes;
    const std::size_t at = std::min(block + (block * 7919) % 1024, bytes.size() - 1);
    spoilt[at] = static_cast<char>(spoilt[at] ^ (1 << (block / 1024 % 8)));
    folder.write("spoilt.gpkg", spoilt);
    const auto read = geo::ReadStore(folder.path() / "spoilt.gpkg");
    if (!read) {
      ++refused;
      EXPECT_EQ(read.error().code, geo::ErrorCode::kDataLoss);
      EXPECT_NE(read.error().message.find("spoilt.gpkg"), std::string::npos);
      EXPECT_EQ(read.error().message.find(folder.path().string()), std::string::npos);
      continue;
    }
    // Free space, or what only other programs read.
    ASSERT_EQ(read->size(), 1u) << "byte " << at;
    ExpectSame((*read)[0], sound);
    if (HasFailure()) FAIL() << "wrong data after a flip in byte " << at;
  }
  EXPECT_GT(refused, static_cast<int>(bytes.size() / 1024 / 3)) << "a store is mostly data";
}

TEST(Store, C4_CutAnywhereIsRefused) {
  const ScratchFolder folder;
  ASSERT_TRUE(geo::WriteStore(folder.path() / "s.gpkg", {MakeDataset("a", 2000)}));
  const std::string bytes = ReadBytes(folder.path() / "s.gpkg");
  for (std::size_t size = 0; size < bytes.size(); size += 8192) {
    folder.write("cut.gpkg", bytes.substr(0, size));
    EXPECT_EQ(geo::ReadStore(folder.path() / "cut.gpkg").error().code, geo::ErrorCode::kDataLoss) << size;
  }
}

TEST(Store, AnotherVersionOrAChangedRecordIsRefused) {
  const ScratchFolder folder;
  for (const char* sql :
       {"UPDATE datasets SET version = version + 1", "UPDATE datasets SET version = version - 1", "UPDATE datasets SET record = replace(record, 'Police', 'Polize')", "DELETE FROM incidents WHERE fid = 5",
        "UPDATE incidents SET line = line + 1 WHERE fid = 5", "UPDATE areas SET code = 'W2'", "UPDATE incidents SET category = 250 WHERE fid = 5",
        "UPDATE incidents SET geom = NULL WHERE fid = 1", "UPDATE incidents SET place = -1 WHERE fid = 5", "DROP TABLE places"}) {
    const auto path = folder.path() / "s.gpkg";
    ASSERT_TRUE(geo::WriteStore(path, {MakeDataset("a", 50)}));
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
    // The R-tree's triggers call functions that only a GeoPackage program has.
    ASSERT_EQ(sqlite3_exec(database,
                           "DROP TRIGGER IF EXISTS rtree_areas_geom_update1; DROP TRIGGER IF EXISTS rtree_areas_geom_update2;"
                           "DROP TRIGGER IF EXISTS rtree_areas_geom_update3; DROP TRIGGER IF EXISTS rtree_areas_geom_update4",
                           nullptr, nullptr, nullptr),
              SQLITE_OK);
    char* fault = nullptr;
    EXPECT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, &fault), SQLITE_OK) << sql << ": " << fault;
    sqlite3_close(database);
    const auto read = geo::ReadStore(path);
    ASSERT_FALSE(read) << sql;
    EXPECT_EQ(read.error().code, geo::ErrorCode::kDataLoss) << sql;
  }
}

TEST(Store, C5_AWriteThatFailsLeavesTheOldStoreAndNothingElse) {
  const ScratchFolder folder;
  const auto missing = geo::WriteStore(folder.path() / "nowhere" / "s.gpkg", {MakeDataset("a", 10)});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, geo::ErrorCode::kInternal);
  EXPECT_EQ(missing.error().reason, "STORE_WRITE");
  // A folder in the place of the store: everything works until the rename.
  std::filesystem::create_directories(folder.path() / "s.gpkg" / "inside");
  EXPECT_FALSE(geo::WriteStore(folder.path() / "s.gpkg", {MakeDataset("a", 10)}));
  std::size_t entries = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder.path())) ++entries;
  EXPECT_EQ(entries, 1u) << "a temporary file was left";
}

TEST(Store, R3_OnlyOneLoadAtATime) {
  support::LoadCase load_case;
  load_case.load_first();
  const int other = open((load_case.store().string() + ".lock").c_str(), O_RDWR);
  ASSERT_GE(other, 0);
  ASSERT_EQ(flock(other, LOCK_EX | LOCK_NB), 0);
  load_case.expect_refused("STORE_LOCKED", "another load");
  EXPECT_EQ(load_case.report.refusal->code, geo::ErrorCode::kAborted);
  close(other);
  EXPECT_TRUE(load_case.load());
}

TEST(Store, C3_WhatAKilledLoadLeftIsRemovedByTheNext) {
  support::LoadCase load_case;
  load_case.load_first();
  const auto left = load_case.store().string() + ".writing-1.gpkg";
  std::ofstream(left) << "half";
  load_case.write("incidents.csv", support::Table(support::LoadCase::kRows - 1));
  ASSERT_TRUE(load_case.load());
  EXPECT_FALSE(std::filesystem::exists(left));
}

}  // namespace
