// A small sound load in a folder of its own: three square wards, one source, a store. A test spoils one thing and looks at what happens.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>

#include "geo/io/load.h"
#include "geo/io/store.h"
#include "tests/support/scratch_folder.h"

namespace support {

inline std::string ReadBytes(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// A square of 1 km in National Grid metres, as the coordinates of a GeoJSON polygon.
inline std::string SquareRing(int east_km, int north_km) {
  const int e = 570'000 + east_km * 1000, n = 160'000 + north_km * 1000;
  return fmt::format("[[[{0},{1}],[{2},{1}],[{2},{3}],[{0},{3}],[{0},{1}]]]", e, n, e + 1000, n + 1000);
}

inline std::string WardFeature(std::string_view code, std::string_view geometry) {
  return fmt::format(R"({{"type":"Feature","properties":{{"CD":"{}","NM":"Ward {}"}},"geometry":{}}})", code, code, geometry);
}

inline std::string PolygonOf(std::string_view coordinates) { return fmt::format(R"({{"type":"Polygon","coordinates":{}}})", coordinates); }

inline std::string WardFile(std::string_view features, std::string_view crs = "urn:ogc:def:crs:EPSG::27700") {
  const std::string member = crs.empty() ? "" : fmt::format(R"("crs":{{"type":"name","properties":{{"name":"{}"}}}},)", crs);
  return fmt::format("{{\"type\":\"FeatureCollection\",{}\"features\":[{}]}}\n", member, features);
}

inline std::string ThreeWards() {
  std::string features;
  for (int i = 0; i < 3; ++i) features += (i > 0 ? "," : "") + WardFeature(fmt::format("W{}", i), PolygonOf(SquareRing(i, 0)));
  return WardFile(features);
}

inline constexpr char kTableHeader[] = "ref,when,kind,easting,northing,street\n";

// Row `i` of the table: in ward i % 3, or a little north of all three for i % 10 == 9; unlocated for i % 25 == 24.
inline std::string TableRow(int i) {
  const std::string place = i % 25 == 24 ? "," : fmt::format("{},{}", 570'100 + i % 3 * 1000 + i % 7 * 50, i % 10 == 9 ? 161'500 : 160'100 + i % 5 * 100);
  return fmt::format("R{},2023-{:02}-{:02}T{:02}:30,{},{},Street {}\n", i, i % 12 + 1, i % 28 + 1, i % 24, i % 2 ? "burglary" : "noise", place, i % 40);
}

inline std::string Table(int rows) {
  std::string text = kTableHeader;
  for (int i = 0; i < rows; ++i) text += TableRow(i);
  return text;
}

class LoadCase {
 public:
  static constexpr int kRows = 3000;

  LoadCase() {
    write("wards.geojson", ThreeWards());
    write("incidents.csv", Table(kRows));
  }

  // Every part of the manifest that tests vary.
  std::string dataset_keys;
  std::string source_keys;
  std::string source_crs = "EPSG:27700";
  std::string files = "\"incidents.csv\"";
  std::string columns = "category = \"kind\"\nx = \"easting\"\ny = \"northing\"\nfrom = \"when\"\nreference = \"ref\"\nplace = \"street\"\n";
  std::string boundary_file = "\"wards.geojson\"";
  std::string boundary_keys;
  std::string code_property = "CD", name_property = "NM";
  std::string id = "test";
  std::string tail;  // more tables

  std::string manifest() const {
    return fmt::format(
        "[dataset]\nid = \"{}\"\ntitle = \"Test\"\nas_at = 2024-01-31\n{}\n"
        "[[dictionaries]]\nid = \"words\"\ncategories = [{{id = \"burglary\", title = \"Burglary\"}}, {{id = \"noise\", title = \"Noise\", crime = false}}]\n"
        "entries = [{{value = \"burglary\", category = \"burglary\"}}, {{value = \"noise\", category = \"noise\"}}]\n"
        "[[sources]]\nid = \"council\"\ntitle = \"Council\"\nformat = \"csv\"\ncrs = \"{}\"\nfiles = [{}]\ndictionary = \"words\"\n{}\n[sources.columns]\n{}\n"
        "[[vintages]]\nid = \"wards-2023\"\ntitle = \"Wards\"\nfile = {}\ncode_property = \"{}\"\nname_property = \"{}\"\nvalid_from = 2023-05-04\n{}\n{}",
        id, dataset_keys, source_crs, files, source_keys, columns, boundary_file, code_property, name_property, boundary_keys, tail);
  }

  void write(const std::string& name, std::string_view bytes) const { folder_.write("data/" + name, bytes); }
  std::filesystem::path path(const std::string& name) const { return folder_.path() / "data" / name; }
  std::filesystem::path store() const { return folder_.path() / "store" / "test.gpkg"; }

  geo::Result<void> load(bool check = false) {
    std::filesystem::create_directories(store().parent_path());
    write("manifest.toml", manifest());
    geo::LoadOptions options;
    options.manifest = path("manifest.toml");
    if (!check) options.store = store();
    options.check = check;
    options.today = geo::DayOf(2024, 2, 10);
    options.allow_shrink = allow_shrink;
    return geo::LoadDataset(options, report);
  }
  bool allow_shrink = false;
  geo::LoadReport report;

  // Loads what is sound, so that there is something to lose.
  void load_first() {
    const auto loaded = load();
    ASSERT_TRUE(loaded) << loaded.error().message;
    before_ = ReadBytes(store());
    ASSERT_FALSE(before_.empty());
  }

  // The load must fail with this reason and leave the store, and nothing else, as it was.
  void expect_refused(const std::string& reason, const std::string& in_message = "") {
    const auto loaded = load();
    ASSERT_FALSE(loaded) << "expected " << reason;
    EXPECT_EQ(loaded.error().reason, reason) << loaded.error().message;
    EXPECT_NE(loaded.error().message.find(in_message), std::string::npos) << loaded.error().message;
    EXPECT_EQ(loaded.error().message.find(folder_.path().string()), std::string::npos) << "a path of this machine: " << loaded.error().message;
    EXPECT_EQ(report.refusal, loaded.error());
    expect_untouched();
    expect_accounted();
  }
  void expect_untouched() const {
    EXPECT_TRUE(ReadBytes(store()) == before_) << "the store changed";
    std::set<std::string> left;
    for (const auto& entry : std::filesystem::directory_iterator(store().parent_path())) left.insert(entry.path().filename());
    left.erase("test.gpkg"), left.erase("test.gpkg.lock");
    EXPECT_TRUE(left.empty()) << *left.begin() << " was left behind";
  }
  void expect_accounted() const {
    for (const geo::FileReport& file : report.files) {
      EXPECT_EQ(file.file.rows_in, file.file.rows_kept + file.file.rows_rejected) << file.file.name;
    }
  }
  // How many rows of the last load were rejected for this reason.
  std::int64_t rejected(const std::string& reason) const {
    std::int64_t rows = 0;
    for (const geo::FileReport& file : report.files) {
      for (const geo::RejectedRow& row : file.rejected) rows += row.reason == reason ? 1 : 0;
    }
    return rows;
  }
  std::int64_t kept() const {
    std::int64_t rows = 0;
    for (const geo::FileReport& file : report.files) rows += file.file.rows_kept;
    return rows;
  }

 private:
  ScratchFolder folder_;
  std::string before_;
};

}  // namespace support
