// The real thing: Kent Police files of 2022 and 2025 with both vintages of Medway wards, against the totals that the data set's own papers state.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <sstream>
#include <string>

#include "geo/io/load.h"
#include "geo/io/read_areas.h"
#include "geo/io/store.h"
#include "tests/support/load_case.h"
#include "tests/support/paths.h"
#include "tests/support/shared_file.h"

namespace {

geo::VintageSpec Boundary(const std::string& name, const std::string& driver, const std::string& code, const std::string& title) {
  geo::VintageSpec spec;
  spec.file.name = name;
  spec.file.path = std::filesystem::canonical(std::filesystem::path(WARDWATCH_SHARED_DATA) / name);
  spec.driver = driver;
  spec.code_property = code;
  spec.name_property = title;
  return spec;
}

class RealData : public testing::Test {
 protected:
  void SetUp() override {
    if (!support::HasSharedData()) GTEST_SKIP() << "the shared data is not beside this checkout";
  }
  // Loads years of Kent into a store; the categories and the manifest's form are those of datasets/.
  geo::Result<void> load(const std::string& files, geo::LoadReport& report) {
    std::string dictionary = support::ReadBytes(std::filesystem::path(WARDWATCH_REPOSITORY) / "datasets/dictionaries/police-uk.toml");
    folder.write("manifest/police-uk.toml", dictionary);
    folder.write(
        "manifest/manifest.toml",
        "[dataset]\nid = \"medway\"\ntitle = \"Medway\"\nas_at = 2025-12-31\n[[dictionaries]]\ninclude = \"police-uk.toml\"\n"
        "[[sources]]\nid = \"kent-police\"\ntitle = \"Kent Police\"\nformat = \"police-uk\"\nfiles = [" +
            files +
            "]\ndictionary = \"police-uk\"\nsnapped = true\n"
            "[[vintages]]\nid = \"wards-2013\"\ntitle = \"22 wards\"\nfile = \"medway-boundaries/medway_wards_2013.geojson\"\ncode_property = \"WD13CD\"\n"
            "name_property = \"WD13NM\"\nvalid_from = 2003-05-01\nvalid_to = 2023-05-04\n"
            "[[vintages.populations]]\nfile = \"population/ward_mid2020_kent_northumbria.csv\"\ncode_column = \"ward21_code\"\n"
            "value_column = \"population_mid2020\"\nyear = 2020\n"
            "[[vintages]]\nid = \"wards-2023\"\ntitle = \"24 wards\"\nfile = \"medway-boundaries/medway_wards_2024.geojson\"\ncrs = \"EPSG:4326\"\n"
            "code_property = \"WD24CD\"\nname_property = \"WD24NM\"\nvalid_from = 2023-05-04\n"
            "[[vintages.populations]]\nfile = \"population/medway_ward24_census2021_bestfit.csv\"\ncode_column = \"ward24_code\"\n"
            "value_column = \"usual_residents_2021\"\nyear = 2021\n");
    geo::LoadOptions options;
    options.manifest = folder.path() / "manifest/manifest.toml";
    options.data_root = std::filesystem::canonical(WARDWATCH_SHARED_DATA);
    options.store = store();
    options.today = geo::DayOf(2026, 6, 1);
    return geo::LoadDataset(options, report);
  }
  std::filesystem::path store() const { return folder.path() / "kent.gpkg"; }
  support::ScratchFolder folder;
};

// Rows of each file as the papers of the shared data state them.
std::map<std::string, std::int64_t> StatedRows() {
  std::map<std::string, std::int64_t> rows;
  std::istringstream lines(support::ReadSharedFile("MANIFEST.csv"));
  for (std::string line; std::getline(lines, line);) {
    std::istringstream fields(line);
    std::string name, stored, unpacked, count;
    std::getline(fields, name, ','), std::getline(fields, stored, ','), std::getline(fields, unpacked, ','), std::getline(fields, count, ',');
    rows[name] = std::atoll(count.c_str());
  }
  return rows;
}

TEST_F(RealData, KentTotalsEqualTheFiles) {
  geo::LoadReport report;
  const auto loaded = load("\"kent-street/2022-*.csv.gz\", \"kent-street/2025-*.csv.gz\"", report);
  ASSERT_TRUE(loaded) << loaded.error().message;
  const auto stated = StatedRows();
  ASSERT_EQ(report.files.size(), 24u);
  std::int64_t kept[2] = {}, unlocated[2] = {};
  for (const geo::FileReport& file : report.files) {
    EXPECT_EQ(file.file.rows_in, stated.at(file.file.name)) << file.file.name;
    EXPECT_EQ(file.file.rows_in, file.file.rows_kept + file.file.rows_rejected) << file.file.name;
    const int year = file.file.name.find("/2025-") == std::string::npos ? 0 : 1;
    kept[year] += file.file.rows_kept;
    unlocated[year] += file.file.rows_unlocated;
  }
  EXPECT_EQ(kept[0], 200'945);
  EXPECT_EQ(kept[1], 180'022);
  EXPECT_EQ(unlocated[0], 2'114);
  EXPECT_EQ(unlocated[1], 2'164);

  auto stored = geo::ReadStore(store());
  ASSERT_TRUE(stored) << stored.error().message;
  const geo::StoredDataset& dataset = (*stored)[0];
  const auto count = [&](geo::LocalDay begin, geo::LocalDay end, const std::string& category) {
    std::int64_t rows = 0;
    for (std::size_t i = dataset.incidents.first_on_or_after(begin); i < dataset.incidents.first_on_or_after(end); ++i) {
      rows += category.empty() || dataset.record.categories[dataset.incidents.category[i]].id == category ? 1 : 0;
    }
    return rows;
  };
  const geo::LocalDay begin = geo::DayOf(2022, 1, 1), end = geo::DayOf(2023, 1, 1);
  EXPECT_EQ(count(begin, end, ""), 200'945);
  EXPECT_EQ(count(geo::DayOf(2022, 8, 1), geo::DayOf(2022, 9, 1), ""), 18'365);
  EXPECT_EQ(count(geo::DayOf(2022, 12, 1), end, ""), 14'976);
  EXPECT_EQ(count(begin, end, "violence-and-sexual-offences"), 83'341);
  EXPECT_EQ(count(begin, end, "anti-social-behaviour"), 27'904);
  EXPECT_EQ(count(begin, end, "criminal-damage-and-arson"), 19'936);

  double residents[2] = {};
  for (int v = 0; v < 2; ++v) {
    for (const auto& population : dataset.record.vintages[static_cast<std::size_t>(v)].populations) residents[v] += population.value;
  }
  EXPECT_EQ(residents[0], 279'142);
  EXPECT_EQ(residents[1], 279'771);

  auto snapshot = geo::BuildSnapshot(std::move(*stored), 2);
  ASSERT_TRUE(snapshot) << snapshot.error().message;
  const geo::DatasetSnapshot& data = (*snapshot)->datasets[0];
  const auto in_wards = [&](std::size_t vintage, int year) {
    const std::size_t first = data.incidents.first_on_or_after(geo::DayOf(year, 1, 1)), last = data.incidents.first_on_or_after(geo::DayOf(year + 1, 1, 1));
    const auto& area_of = data.vintages[vintage].area_of;
    return std::count_if(area_of.begin() + static_cast<std::ptrdiff_t>(first), area_of.begin() + static_cast<std::ptrdiff_t>(last),
                         [](geo::AreaIndex area) { return area != geo::kOutside && area != geo::kNowhere; });
  };
  EXPECT_EQ(data.vintages[0].areas.areas().size(), 22u);
  EXPECT_EQ(data.vintages[1].areas.areas().size(), 24u);
  EXPECT_EQ(in_wards(0, 2022), 35'442);
  EXPECT_EQ(in_wards(1, 2022), 35'379);
  EXPECT_EQ(in_wards(0, 2025), 30'589);
  EXPECT_EQ(in_wards(1, 2025), 30'496);
}

TEST_F(RealData, AWardCodeAsFoundInASpreadsheetJoinsNothing) {
  geo::LoadReport report;
  ASSERT_TRUE(load("\"kent-street/2022-01-*.csv.gz\"", report));
  const std::string manifest = support::ReadBytes(folder.path() / "manifest/manifest.toml");
  std::string trapped = manifest;
  trapped.replace(trapped.find("ward21_code"), 11, "ward_code_as_found");
  folder.write("manifest/manifest.toml", trapped);
  geo::LoadOptions options;
  options.manifest = folder.path() / "manifest/manifest.toml";
  options.data_root = std::filesystem::canonical(WARDWATCH_SHARED_DATA);
  options.check = true;
  const auto loaded = geo::LoadDataset(options, report);
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().reason, "POPULATION_JOINS_NOTHING");
}

TEST_F(RealData, GeoJsonAndTopoJsonOf22WardsAgreeToTheQuantisation) {
  const auto grid = geo::BritishGrid::Create();
  ASSERT_TRUE(grid);
  const auto plain = geo::ReadAreas(Boundary("medway-boundaries/medway_wards_2013.geojson", "GeoJSON", "WD13CD", "WD13NM"), *grid);
  const auto topology = geo::ReadAreas(Boundary("medway-boundaries/medway_wards_2013.topojson", "TopoJSON", "WD13CD", "WD13NM"), *grid);
  ASSERT_TRUE(plain) << plain.error().message;
  ASSERT_TRUE(topology) << topology.error().message;
  ASSERT_EQ(plain->areas.size(), 22u);
  ASSERT_EQ(topology->areas.size(), 22u);
  for (std::size_t i = 0; i < 22; ++i) {
    const geo::Area &a = plain->areas[i], &b = topology->areas[i];
    EXPECT_EQ(a.code, b.code);
    EXPECT_EQ(a.name, b.name);
    EXPECT_NEAR(geo::AreaM2(b.shape) / geo::AreaM2(a.shape), 1, 3e-3) << a.code << ": the edges of a ward of 1 km2, moved by a metre at most";
    // Half a step of the topology is 1.6e-5 degrees of longitude and 0.8e-5 of latitude: 1.2 m and 0.9 m, and no more once turned by the Grid's convergence.
    const geo::GridBox one = geo::BoundsOf(a.shape), other = geo::BoundsOf(b.shape);
    EXPECT_NEAR(one.low.easting_m(), other.low.easting_m(), 1.5) << a.code;
    EXPECT_NEAR(one.high.easting_m(), other.high.easting_m(), 1.5) << a.code;
    EXPECT_NEAR(one.low.northing_m(), other.low.northing_m(), 1.5) << a.code;
    EXPECT_NEAR(one.high.northing_m(), other.high.northing_m(), 1.5) << a.code;
  }
}

TEST_F(RealData, GridAndDegreeFilesOf24WardsAgreeWithinFiveMetres) {
  const auto grid = geo::BritishGrid::Create();
  ASSERT_TRUE(grid);
  auto degrees = Boundary("medway-boundaries/medway_wards_2024.geojson", "GeoJSON", "WD24CD", "WD24NM");
  EXPECT_EQ(geo::ReadAreas(degrees, *grid).error().reason, "CRS_MISSING");
  degrees.crs = geo::Crs::kWgs84;
  const auto a = geo::ReadAreas(degrees, *grid);
  const auto b = geo::ReadAreas(Boundary("medway-boundaries/medway_wards_2024_epsg27700.geojson", "GeoJSON", "WD24CD", "WD24NM"), *grid);
  ASSERT_TRUE(a) << a.error().message;
  ASSERT_TRUE(b) << b.error().message;
  ASSERT_EQ(a->areas.size(), 24u);
  ASSERT_EQ(b->areas.size(), 24u);
  for (std::size_t i = 0; i < 24; ++i) {
    ASSERT_EQ(a->areas[i].code, b->areas[i].code);
    ASSERT_EQ(a->areas[i].shape.parts.size(), b->areas[i].shape.parts.size());
    for (std::size_t p = 0; p < a->areas[i].shape.parts.size(); ++p) {
      const geo::Ring &one = a->areas[i].shape.parts[p].rings[0], &other = b->areas[i].shape.parts[p].rings[0];
      ASSERT_EQ(one.size(), other.size()) << a->areas[i].code;
      for (std::size_t k = 0; k < one.size(); ++k) {
        EXPECT_LE(std::hypot(one[k].easting_m() - other[k].easting_m(), one[k].northing_m() - other[k].northing_m()), 5.0) << a->areas[i].code;
      }
    }
  }
}

TEST_F(RealData, EveryWardOfTheKingdomIsReadWhole) {
  const auto grid = geo::BritishGrid::Create();
  ASSERT_TRUE(grid);
  auto spec = Boundary("uk-wards-2024/uk_wards_may2024_bsc.geojson.gz", "GeoJSON", "WD24CD", "WD24NM");
  spec.crs = geo::Crs::kWgs84;
  const auto wards = geo::ReadAreas(spec, *grid);
  ASSERT_TRUE(wards) << wards.error().message;
  EXPECT_EQ(wards->areas.size(), 8'396u);
}

}  // namespace
