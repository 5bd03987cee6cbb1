#include "geo/sources/manifest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "tests/support/paths.h"
#include "tests/support/scratch_folder.h"

namespace geo {
namespace {

const char* const kDataset = "[dataset]\nid = 'medway'\ntitle = 'Medway'\nas_at = 2023-01-31\n";
const char* const kDictionary =
    "[[dictionaries]]\nid = 'd'\ncategories = [{id = 'asb', title = 'ASB', crime = false}]\nentries = [{value = 'Noise', category = 'asb'}]\n";
const char* const kPolice = "[[sources]]\nid = 'police'\ntitle = 'Police'\nformat = 'police-uk'\nfiles = ['a.csv']\ndictionary = 'd'\n";
const char* const kMapped = "[[sources]]\nid = 'council'\ntitle = 'Council'\nformat = 'csv'\ncrs = 'EPSG:27700'\nfiles = ['a.csv']\ndictionary = 'd'\n";
const char* const kColumns = "[sources.columns]\ncategory = 'what'\nx = 'e'\ny = 'n'\nmonth = 'm'\n";

class ManifestTest : public testing::Test {
 protected:
  ManifestTest() {
    for (const char* name : {"a.csv", "b.csv.gz", "k/2022-01.csv", "k/2022-02.csv", "w.geojson", "w.json", "w.gpkg", "p.csv", "z.zip", "y.tar.gz"})
      scratch_.write(name, "x\n");
  }
  Result<Manifest> parse(const std::string& toml) const { return ParseManifest(toml, scratch_.path()); }
  // "REASON field", or "" when it is good.
  std::string refusal(const std::string& toml) const {
    const auto parsed = parse(toml);
    return parsed ? "" : parsed.error().reason + (parsed.error().field.empty() ? "" : " ") + parsed.error().field;
  }
  std::string source_refusal(const std::string& lines) const { return refusal(std::string(kDataset) + kDictionary + kPolice + lines); }
  support::ScratchFolder scratch_;
};

TEST_F(ManifestTest, TheSmallestAndItsDefaults) {
  const auto manifest = parse(std::string(kDataset) + kDictionary + kPolice);
  ASSERT_TRUE(manifest) << manifest.error().message;
  EXPECT_EQ(manifest->dataset_id, "medway");
  EXPECT_EQ(manifest->as_at, DayOf(2023, 1, 31));
  EXPECT_EQ(manifest->time_zone, "Europe/London");
  EXPECT_FALSE(manifest->retention_months);
  const SourceSpec& source = manifest->sources.at(0);
  EXPECT_EQ(source.crs, Crs::kWgs84);
  EXPECT_EQ(source.repeated_reference, RepeatedReference::kKeep);
  EXPECT_FALSE(source.snapped);
  EXPECT_FALSE(source.unmapped_as_other);
  EXPECT_EQ(source.service_area.low, (GridPoint{0, 0}));
  EXPECT_EQ(source.service_area.high, (GridPoint{700'000'000, 1'300'000'000}));
  EXPECT_EQ(source.files.at(0).name, "a.csv");
  EXPECT_EQ(source.files.at(0).path, std::filesystem::canonical(scratch_.path() / "a.csv"));
  EXPECT_THAT(manifest->categories, testing::ElementsAre(Category{"asb", "ASB", false}));
  EXPECT_EQ(manifest->sha256.size(), 64U);
}

// The example of the room's README, as it stands there.
TEST_F(ManifestTest, TheDocumentedExample) {
  std::ifstream readme(std::string(WARDWATCH_REPOSITORY) + "/geo/sources/README.md");
  const std::string text{std::istreambuf_iterator<char>(readme), std::istreambuf_iterator<char>()};
  const std::size_t begin = text.find("```toml\n") + 8;
  std::string toml = text.substr(begin, text.find("```", begin) - begin);
  const std::string digits = "64 lower-case digits";
  toml.replace(toml.find(digits), digits.size(), std::string(64, '0'));
  for (const char* name : {"kent/2022-07.csv.gz", "kent/2023-01.csv", "council.csv", "wards.geojson", "population.csv", "cameras.csv", "columns.csv",
                           "buildings.geojson", "homes.csv"})
    scratch_.write(name, "x\n");
  std::ifstream words(std::string(WARDWATCH_REPOSITORY) + "/datasets/dictionaries/police-uk.toml");
  scratch_.write("police-uk.toml", std::string{std::istreambuf_iterator<char>(words), std::istreambuf_iterator<char>()});
  const auto manifest = parse(toml);
  ASSERT_TRUE(manifest) << manifest.error().message;
  EXPECT_EQ(manifest->retention_months, 120);
  EXPECT_EQ(manifest->dictionaries.size(), 2U);
  EXPECT_EQ(manifest->categories.size(), 15U);
  ASSERT_EQ(manifest->sources.size(), 2U);
  EXPECT_EQ(manifest->sources[0].files.size(), 2U);
  EXPECT_EQ(manifest->sources[0].files[1].rows, 14976);
  EXPECT_EQ(manifest->sources[0].files[1].sha256, std::string(64, '0'));
  EXPECT_TRUE(manifest->sources[0].snapped);
  EXPECT_EQ(manifest->sources[0].service_area.high.northing_mm, 180'000'000);
  EXPECT_EQ(manifest->sources[1].crs, Crs::kBritishNationalGrid);
  EXPECT_EQ(manifest->sources[1].time_zone, "UTC");
  EXPECT_EQ(manifest->sources[1].repeated_reference, RepeatedReference::kRefuse);
  EXPECT_EQ(manifest->sources[1].columns.reference, "Report");
  ASSERT_EQ(manifest->vintages.size(), 1U);
  EXPECT_EQ(manifest->vintages[0].driver, "GeoJSON");
  EXPECT_EQ(manifest->vintages[0].populations.at(0).year, 2021);
  ASSERT_EQ(manifest->breaks.size(), 1U);
  EXPECT_EQ(manifest->breaks[0].period.days(), 1);
  ASSERT_EQ(manifest->weight_tables.size(), 1U);
  EXPECT_THAT(manifest->weight_tables[0].entries, testing::ElementsAre(WeightTable::Entry{"burglary", 183.5}, WeightTable::Entry{"shoplifting", 0}));
  ASSERT_EQ(manifest->camera_layers.size(), 1U);
  EXPECT_EQ(manifest->camera_layers[0].states.size(), 2U);
  ASSERT_EQ(manifest->site_layers.size(), 1U);
  EXPECT_EQ(manifest->site_layers[0].cost_pence, 450'000);
  EXPECT_EQ(manifest->building_layers.size() + manifest->place_layers.size() + manifest->camera_models.size() + manifest->camera_evidence.size() +
                manifest->monitored.size(),
            5U);
}

TEST_F(ManifestTest, UnknownKeysAreToldWithPlaceAndLine) {
  EXPECT_EQ(refusal(std::string(kDataset) + "colour = 'red'\n" + kDictionary + kPolice), "UNKNOWN_KEY dataset.colour");
  EXPECT_EQ(source_refusal("colour = 'red'\n"), "UNKNOWN_KEY sources[0].colour");
  EXPECT_EQ(refusal(std::string(kDataset) + kDictionary + kMapped + kColumns + "z = 'height'\n"), "UNKNOWN_KEY sources[0].columns.z");
  EXPECT_EQ(refusal("extra = 1\n" + std::string(kDataset) + kDictionary + kPolice), "UNKNOWN_KEY extra");
  const auto parsed = parse(std::string(kDataset) + "colour = 'red'\n" + kDictionary + kPolice);
  EXPECT_NE(parsed.error().message.find("(line 5)"), std::string::npos) << parsed.error().message;
  const auto syntax = parse("[dataset\n");
  EXPECT_EQ(syntax.error().reason, "TOML_SYNTAX");
  EXPECT_NE(syntax.error().message.find("line 1"), std::string::npos) << syntax.error().message;
}

TEST_F(ManifestTest, DatasetFaults) {
  const std::string rest = std::string(kDictionary) + kPolice;
  EXPECT_EQ(refusal(rest), "MISSING_KEY dataset");
  EXPECT_EQ(refusal("[dataset]\nid = 'm'\ntitle = 'M'\n" + rest), "MISSING_KEY dataset.as_at");
  EXPECT_EQ(refusal("[dataset]\nid = 'm'\ntitle = 'M'\nas_at = '2023-01-31'\n" + rest), "WRONG_TYPE dataset.as_at");
  EXPECT_EQ(refusal("[dataset]\nid = 'm'\ntitle = 'M'\nas_at = 1823-01-31\n" + rest), "WRONG_TYPE dataset.as_at");
  EXPECT_EQ(refusal("[dataset]\nid = 'Med way'\ntitle = 'M'\nas_at = 2023-01-31\n" + rest), "BAD_ID dataset.id");
  EXPECT_EQ(refusal("[dataset]\nid = 'm'\ntitle = ''\nas_at = 2023-01-31\n" + rest), "EMPTY dataset.title");
  EXPECT_EQ(refusal(std::string(kDataset) + "time_zone = 'Mars'\n" + rest), "BAD_TIME_ZONE dataset.time_zone");
  EXPECT_EQ(refusal(std::string(kDataset) + "retention_months = 0\n" + rest), "OUT_OF_RANGE dataset.retention_months");
  EXPECT_EQ(refusal(std::string(kDataset) + "retention_months = 1.5\n" + rest), "WRONG_TYPE dataset.retention_months");
  EXPECT_EQ(refusal(std::string(kDataset) + kDictionary), "MISSING_KEY sources");
  EXPECT_EQ(refusal(""), "MISSING_KEY dataset");
}

TEST_F(ManifestTest, F7_ACsvSourceStatesItsCrs) {
  const std::string open = std::string(kDataset) + kDictionary;
  EXPECT_EQ(refusal(open + kMapped + kColumns), "");
  std::string silent = kMapped;
  silent.erase(silent.find("crs"), std::string("crs = 'EPSG:27700'\n").size());
  EXPECT_EQ(refusal(open + silent + kColumns), "MISSING_CRS sources[0].crs");
  EXPECT_EQ(source_refusal("crs = 'EPSG:27700'\n"), "WRONG_CRS sources[0].crs");
  EXPECT_EQ(source_refusal("crs = 'EPSG:3857'\n"), "UNKNOWN_CRS sources[0].crs");
  EXPECT_EQ(source_refusal("crs = 'EPSG:4326'\n"), "");
}

TEST_F(ManifestTest, S6_FileNames) {
  const auto files = [&](const std::string& list) {
    std::string toml = std::string(kDataset) + kDictionary + kPolice;
    toml.replace(toml.find("['a.csv']"), 9, list);
    return refusal(toml);
  };
  EXPECT_EQ(files("['k/2022-*.csv', 'b.csv.gz']"), "");
  EXPECT_EQ(files("[{name = 'k/2022-01.csv', rows = 3}]"), "");
  EXPECT_EQ(files("['../a.csv']"), "BAD_FILE_NAME sources[0].files[0]");
  EXPECT_EQ(files("['/etc/passwd']"), "BAD_FILE_NAME sources[0].files[0]");
  EXPECT_EQ(files("['a.csv', '/vsicurl/http://h/a.csv']"), "BAD_FILE_NAME sources[0].files[1]");
  EXPECT_EQ(files("['none.csv']"), "NO_SUCH_FILE sources[0].files[0]");
  EXPECT_EQ(files("['n*.csv']"), "NO_SUCH_FILE sources[0].files[0]");
  EXPECT_EQ(files("['k']"), "NOT_A_FILE sources[0].files[0]");
  EXPECT_EQ(files("['a.csv', '?.csv']"), "REPEATED_FILE sources[0].files");
  EXPECT_EQ(files("[]"), "WRONG_TYPE sources[0].files");
  EXPECT_EQ(files("'a.csv'"), "WRONG_TYPE sources[0].files");
  EXPECT_EQ(files("[1]"), "WRONG_TYPE sources[0].files[0]");
  EXPECT_EQ(files("[{name = 'k/*.csv', rows = 3}]"), "BAD_FILE_NAME sources[0].files[0]");
  EXPECT_EQ(files("[{name = 'a.csv', sha256 = 'ABC'}]"), "BAD_SHA256 sources[0].files[0].sha256");
  EXPECT_EQ(files("[{name = 'a.csv', size = 3}]"), "UNKNOWN_KEY sources[0].files[0].size");
  // Row F17: by type, before anything is opened.
  EXPECT_EQ(files("['z.zip']"), "BAD_FILE_TYPE sources[0].files[0]");
  EXPECT_EQ(files("['y.tar.gz']"), "BAD_FILE_TYPE sources[0].files[0]");
  EXPECT_EQ(files("['w.gpkg']"), "BAD_FILE_TYPE sources[0].files[0]");
}

TEST_F(ManifestTest, SourceFaults) {
  EXPECT_EQ(source_refusal(kPolice), "REPEATED_ID sources[1].id");
  EXPECT_EQ(source_refusal("snapped = 'yes'\n"), "WRONG_TYPE sources[0].snapped");
  EXPECT_EQ(source_refusal("precision_m = -1\n"), "OUT_OF_RANGE sources[0].precision_m");
  EXPECT_EQ(source_refusal("precision_m = nan\n"), "OUT_OF_RANGE sources[0].precision_m");
  EXPECT_EQ(source_refusal("precision_m = 100.5\n"), "");
  EXPECT_EQ(source_refusal("repeated_reference = 'drop'\n"), "UNKNOWN_VALUE sources[0].repeated_reference");
  EXPECT_EQ(source_refusal("on_unknown_category = 'drop'\n"), "UNKNOWN_VALUE sources[0].on_unknown_category");
  EXPECT_EQ(source_refusal("time_format = '%H:%M'\n"), "UNKNOWN_KEY sources[0].time_format");
  EXPECT_EQ(source_refusal(kColumns), "UNKNOWN_KEY sources[0].columns");
  EXPECT_EQ(source_refusal("service_area = {min_easting_m = 0, min_northing_m = 0, max_easting_m = 10}\n"),
            "MISSING_KEY sources[0].service_area.max_northing_m");
  EXPECT_EQ(source_refusal("service_area = {min_easting_m = 10, min_northing_m = 0, max_easting_m = 10, max_northing_m = 10}\n"),
            "OUT_OF_RANGE sources[0].service_area");
  EXPECT_EQ(source_refusal("service_area = {min_easting_m = inf, min_northing_m = 0, max_easting_m = 10, max_northing_m = 10}\n"),
            "OUT_OF_RANGE sources[0].service_area.min_easting_m");
  std::string other = std::string(kDataset) + kDictionary + kPolice;
  other.replace(other.find("dictionary = 'd'"), 16, "dictionary = 'e'");
  EXPECT_EQ(refusal(other), "UNKNOWN_DICTIONARY sources[0].dictionary");
  const auto mapped = [&](const std::string& lines, const std::string& columns) {
    return refusal(std::string(kDataset) + kDictionary + kMapped + lines + columns);
  };
  EXPECT_EQ(mapped("", ""), "MISSING_KEY sources[0].columns");
  EXPECT_EQ(mapped("", "[sources.columns]\ncategory = 'what'\nx = 'e'\ny = 'n'\n"), "BAD_COLUMNS sources[0].columns");
  EXPECT_EQ(mapped("", std::string(kColumns) + "from = 'f'\n"), "BAD_COLUMNS sources[0].columns");
  EXPECT_EQ(mapped("", std::string(kColumns) + "to = 't'\n"), "BAD_COLUMNS sources[0].columns");
  EXPECT_EQ(mapped("time_format = '%H:%M'\n", kColumns), "BAD_TIME_FORMAT sources[0].time_format");
  const std::string window = "[sources.columns]\ncategory = 'what'\nx = 'e'\ny = 'n'\nfrom = 'f'\nto = 't'\n";
  EXPECT_EQ(mapped("", window), "");
  EXPECT_EQ(mapped("time_format = '%d/%m/%Y %H:%M'\n", window), "");
  EXPECT_EQ(mapped("time_format = '%H:%M'\n", window), "BAD_TIME_FORMAT sources[0].time_format");
  EXPECT_EQ(mapped("time_zone = 'Mars'\n", window), "BAD_TIME_ZONE sources[0].time_zone");
  EXPECT_EQ(mapped("date_format = '%Y-%m-%d'\n", window), "BAD_TIME_FORMAT sources[0].date_format");
}

TEST_F(ManifestTest, UnknownWordsAsACategory) {
  const auto manifest = parse(std::string(kDataset) + kDictionary + kPolice + "on_unknown_category = 'other'\n");
  ASSERT_TRUE(manifest);
  ASSERT_EQ(manifest->categories.size(), 2U);
  EXPECT_EQ(manifest->categories[1].id, "unmapped");
  EXPECT_FALSE(manifest->categories[1].crime);
}

}  // namespace
}  // namespace geo
