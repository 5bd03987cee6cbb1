// Dictionaries, vintages, breaks and the manifest as a file.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "geo/sources/manifest.h"
#include "tests/support/scratch_folder.h"

namespace geo {
namespace {

const std::string kHead = "[dataset]\nid = 'm'\ntitle = 'M'\nas_at = 2023-01-31\n";
const std::string kSource = "[[sources]]\nid = 'p'\ntitle = 'P'\nformat = 'police-uk'\nfiles = ['a.csv']\ndictionary = 'd'\n";
const std::string kWords = "id = 'd'\ncategories = [{id = 'asb', title = 'ASB', crime = false}]\nentries = [{value = 'Noise', category = 'asb'}]\n";
const std::string kGood = kHead + "[[dictionaries]]\n" + kWords + kSource;
const std::string kVintage = "[[vintages]]\nid = 'w'\ntitle = 'Wards'\ncode_property = 'c'\nname_property = 'n'\nvalid_from = 2023-05-04\n";

class ManifestPartsTest : public testing::Test {
 protected:
  ManifestPartsTest() {
    for (const char* name : {"a.csv", "w.geojson", "w.geojson.gz", "w.json", "w.gpkg", "w.shp", "w.topojson", "p.csv", "w.zip"})
      scratch_.write("set/" + std::string(name), "x\n");
  }
  std::filesystem::path folder() const { return scratch_.path() / "set"; }
  std::string refusal(const std::string& toml) const {
    const auto parsed = ParseManifest(toml, folder());
    return parsed ? "" : parsed.error().reason + (parsed.error().field.empty() ? "" : " ") + parsed.error().field;
  }
  support::ScratchFolder scratch_;
};

TEST_F(ManifestPartsTest, Dictionaries) {
  const auto words = [&](const std::string& categories, const std::string& entries) {
    return refusal(kHead + "[[dictionaries]]\nid = 'd'\ncategories = [" + categories + "]\nentries = [" + entries + "]\n" + kSource);
  };
  const std::string asb = "{id = 'asb', title = 'ASB'}";
  EXPECT_EQ(words(asb, "{value = 'Noise', category = 'asb'}"), "");
  EXPECT_EQ(words(asb, "{value = 'Noise', category = 'asp'}"), "UNKNOWN_CATEGORY dictionaries[0].entries[0].category");
  EXPECT_EQ(words(asb, "{value = 'Noise', category = 'asb', valid_from = 2020-01-01, valid_to = 2020-01-01}"),
            "EMPTY_PERIOD dictionaries[0].entries[0].valid_to");
  EXPECT_EQ(words(asb, "{value = 'Noise', category = 'asb'}, {value = 'Noise', category = 'asb'}"), "REPEATED_ID dictionaries[0].entries[1].value");
  EXPECT_EQ(words(asb, "{value = 'Noise', category = 'asb', valid_to = 2020-01-02}, {value = 'Noise', category = 'asb', valid_from = 2020-01-01}"),
            "REPEATED_ID dictionaries[0].entries[1].value");
  EXPECT_EQ(words(asb, "{value = 'Noise', category = 'asb', valid_to = 2020-01-01}, {value = 'Noise', category = 'asb', valid_from = 2020-01-01}"), "");
  EXPECT_EQ(words(asb + "," + asb, "{value = 'Noise', category = 'asb'}"), "REPEATED_ID dictionaries[0].categories[1].id");
  EXPECT_EQ(words("{id = 'unmapped', title = 'U'}", "{value = 'Noise', category = 'unmapped'}"), "BAD_ID dictionaries[0].categories[0].id");
  EXPECT_EQ(words("", ""), "MISSING_KEY dictionaries[0].categories");
  EXPECT_EQ(words(asb, ""), "MISSING_KEY dictionaries[0].entries");
  EXPECT_EQ(refusal(kHead + "[[dictionaries]]\n" + kWords + "[[dictionaries]]\n" + kWords + kSource), "REPEATED_ID dictionaries[1]");
  EXPECT_EQ(refusal(kHead + kSource), "UNKNOWN_DICTIONARY sources[0].dictionary");
}

TEST_F(ManifestPartsTest, IncludesComeFromTwoFoldersOnly) {
  const auto include = [&](const std::string& name) { return refusal(kHead + "[[dictionaries]]\ninclude = '" + name + "'\n" + kSource); };
  scratch_.write("set/beside.toml", kWords);
  scratch_.write("dictionaries/shared.toml", kWords);
  scratch_.write("elsewhere.toml", kWords);
  scratch_.write("set/broken.toml", "id = \n");
  scratch_.write("set/strange.toml", kWords + "colour = 'red'\n");
  EXPECT_EQ(include("beside.toml"), "");
  EXPECT_EQ(include("shared.toml"), "");
  EXPECT_EQ(include("none.toml"), "NO_SUCH_FILE dictionaries[0].include");
  for (const char* name : {"../elsewhere.toml", "../dictionaries/shared.toml", "sub/x.toml", "/etc/x.toml", "beside", "a.csv"}) {
    EXPECT_EQ(include(name), "BAD_FILE_NAME dictionaries[0].include") << name;
  }
  EXPECT_EQ(include("broken.toml"), "TOML_SYNTAX dictionaries[0].include");
  EXPECT_EQ(include("strange.toml"), "UNKNOWN_KEY strange.toml.colour");
  EXPECT_EQ(refusal(kHead + "[[dictionaries]]\ninclude = 'beside.toml'\nid = 'd'\n" + kSource), "UNKNOWN_KEY dictionaries[0].id");
}

TEST_F(ManifestPartsTest, TheDigestCoversIncludes) {
  const std::string toml = kHead + "[[dictionaries]]\ninclude = 'beside.toml'\n" + kSource;
  scratch_.write("set/beside.toml", kWords);
  const auto first = ParseManifest(toml, folder());
  const auto again = ParseManifest(toml, folder());
  scratch_.write("set/beside.toml", kWords + "# a word\n");
  const auto changed = ParseManifest(toml, folder());
  ASSERT_TRUE(first && again && changed);
  EXPECT_EQ(first->sha256, again->sha256);
  EXPECT_NE(first->sha256, changed->sha256);
}

TEST_F(ManifestPartsTest, Vintages) {
  const auto driver = [&](const std::string& lines) {
    const auto parsed = ParseManifest(kGood + kVintage + lines, folder());
    return parsed ? parsed->vintages.at(0).driver : parsed.error().reason + " " + parsed.error().field;
  };
  EXPECT_EQ(driver("file = 'w.geojson'\n"), "GeoJSON");
  EXPECT_EQ(driver("file = 'w.geojson.gz'\n"), "GeoJSON");
  EXPECT_EQ(driver("file = 'w.gpkg'\nlayer = 'wards'\n"), "GPKG");
  EXPECT_EQ(driver("file = 'w.shp'\n"), "ESRI Shapefile");
  EXPECT_EQ(driver("file = 'w.topojson'\n"), "TopoJSON");
  EXPECT_EQ(driver("file = 'w.json'\nformat = 'topojson'\n"), "TopoJSON");
  EXPECT_EQ(driver("file = 'w.json'\nformat = 'geojson'\n"), "GeoJSON");
  EXPECT_EQ(driver("file = 'w.json'\n"), "MISSING_KEY vintages[0].format");
  EXPECT_EQ(driver("file = 'w.gpkg'\nformat = 'geojson'\n"), "UNKNOWN_FORMAT vintages[0].format");
  EXPECT_EQ(driver("file = 'w.gpkg'\nformat = 'vrt'\n"), "UNKNOWN_FORMAT vintages[0].format");
  EXPECT_EQ(driver("file = 'w.zip'\n"), "BAD_FILE_TYPE vintages[0].file");
  EXPECT_EQ(driver("file = 'a.csv'\n"), "BAD_FILE_TYPE vintages[0].file");
  EXPECT_EQ(driver("file = '*.gpkg'\n"), "BAD_FILE_NAME vintages[0].file");
  EXPECT_EQ(driver(""), "MISSING_KEY vintages[0].file");
  EXPECT_EQ(driver("file = 'w.gpkg'\nvalid_to = 2023-05-04\n"), "EMPTY_PERIOD vintages[0].valid_to");
  EXPECT_EQ(driver("file = 'w.gpkg'\n" + kVintage + "file = 'w.shp'\n"), "REPEATED_ID vintages[1].id");
}

TEST_F(ManifestPartsTest, Populations) {
  const auto population = [&](const std::string& lines) {
    return refusal(kGood + kVintage + "file = 'w.gpkg'\n[[vintages.populations]]\nfile = 'p.csv'\ncode_column = 'c'\nvalue_column = 'v'\n" + lines);
  };
  EXPECT_EQ(population("year = 2021\n"), "");
  EXPECT_EQ(population("year_column = 'y'\nmeasure = 'workers'\n"), "");
  EXPECT_EQ(population(""), "BAD_COLUMNS vintages[0].populations[0].year");
  EXPECT_EQ(population("year = 2021\nyear_column = 'y'\n"), "BAD_COLUMNS vintages[0].populations[0].year");
  EXPECT_EQ(population("year = 12\n"), "OUT_OF_RANGE vintages[0].populations[0].year");
}

TEST_F(ManifestPartsTest, Breaks) {
  const auto broken = [&](const std::string& lines) { return refusal(kGood + "[[breaks]]\nid = 'b'\nnote = 'n'\nfrom = 2022-05-01\n" + lines); };
  EXPECT_EQ(broken(""), "");
  EXPECT_EQ(broken("source = 'p'\ncategories = ['asb']\nto = 2022-06-01\n"), "");
  EXPECT_EQ(broken("source = 'q'\n"), "UNKNOWN_SOURCE breaks[0].source");
  EXPECT_EQ(broken("categories = ['arson']\n"), "UNKNOWN_CATEGORY breaks[0].categories");
  EXPECT_EQ(broken("to = 2022-05-01\n"), "EMPTY_PERIOD breaks[0].to");
}

// A dictionary with two crimes and an incident, so that a table can be right.
const std::string kCrimes =
    "id = 'd'\ncategories = [{id = 'asb', title = 'ASB', crime = false}, {id = 'theft', title = 'Theft'}, {id = 'arson', title = 'Arson'}]\n"
    "entries = [{value = 'Noise', category = 'asb'}]\n";
const std::string kTableHead = "id = 'harm-2025'\ntitle = 'Harm'\nversion = '2025.1'\nunit = 'days'\nsource = 'Somebody'\n";

class WeightTableTest : public ManifestPartsTest {
 protected:
  // The table in a file of its own, included.
  Result<Manifest> included(const std::string& table) const {
    scratch_.write("set/harm.toml", table);
    return ParseManifest(kHead + "[[dictionaries]]\n" + kCrimes + kSource + "[[weights]]\ninclude = 'harm.toml'\n", folder());
  }
  std::string told(const std::string& table) const {
    const auto parsed = included(table);
    return parsed ? "" : parsed.error().reason + " " + parsed.error().field;
  }
  std::string weighing(const std::string& lines) const { return told(kTableHead + "[weights]\n" + lines); }
};

TEST_F(WeightTableTest, IsReadWithEveryField) {
  const auto parsed = included(kTableHead + "[weights]\ntheft = 2.5\narson = 0\n");
  ASSERT_TRUE(parsed) << parsed.error().message;
  const WeightTable expected{"harm-2025", "Harm", "2025.1", "days", "Somebody", {{"arson", 0}, {"theft", 2.5}}};
  EXPECT_THAT(parsed->weight_tables, testing::ElementsAre(expected));
}

TEST_F(WeightTableTest, MayStandInPlaceAndSeveralAreSorted) {
  scratch_.write("set/harm.toml", kTableHead + "[weights]\ntheft = 1\n");
  const std::string in_place = "[[weights]]\nid = 'a'\ntitle = 'A'\nversion = '1'\nunit = 'points'\nsource = 'us'\n[weights.weights]\narson = 7\n";
  const auto parsed = ParseManifest(kHead + "[[dictionaries]]\n" + kCrimes + kSource + "[[weights]]\ninclude = 'harm.toml'\n" + in_place, folder());
  ASSERT_TRUE(parsed) << parsed.error().message;
  ASSERT_EQ(parsed->weight_tables.size(), 2U);
  EXPECT_EQ(parsed->weight_tables[0].id, "a");
  EXPECT_EQ(parsed->weight_tables[1].id, "harm-2025");
  EXPECT_EQ(refusal(kHead + "[[dictionaries]]\n" + kCrimes + kSource + in_place + in_place), "REPEATED_ID weights[1]");
}

TEST_F(WeightTableTest, FaultsNameTheFileAndTheKey) {
  EXPECT_EQ(weighing("theft = 1\n"), "");
  EXPECT_EQ(weighing("thefts = 1\n"), "UNKNOWN_CATEGORY harm.toml.weights.thefts");
  EXPECT_EQ(weighing("asb = 1\n"), "NOT_A_CRIME harm.toml.weights.asb");
  EXPECT_EQ(weighing("asb = 0\n"), "NOT_A_CRIME harm.toml.weights.asb");
  EXPECT_EQ(weighing("theft = -0.5\n"), "OUT_OF_RANGE harm.toml.weights.theft");
  EXPECT_EQ(weighing("theft = inf\n"), "OUT_OF_RANGE harm.toml.weights.theft");
  EXPECT_EQ(weighing("theft = nan\n"), "OUT_OF_RANGE harm.toml.weights.theft");
  EXPECT_EQ(weighing("theft = 1e7\n"), "OUT_OF_RANGE harm.toml.weights.theft");
  EXPECT_EQ(weighing("theft = '1'\n"), "WRONG_TYPE harm.toml.weights.theft");
  EXPECT_EQ(weighing(""), "EMPTY harm.toml.weights");
  EXPECT_EQ(told(kTableHead), "MISSING_KEY harm.toml.weights");
  EXPECT_EQ(told(kTableHead + "weights = [1]\n"), "WRONG_TYPE harm.toml.weights");
  EXPECT_EQ(told(kTableHead + "colour = 'red'\n[weights]\ntheft = 1\n"), "UNKNOWN_KEY harm.toml.colour");
  EXPECT_EQ(weighing("theft = 1\ntheft = 2\n"), "TOML_SYNTAX weights[0].include");
  for (const std::string key : {"id", "title", "version", "unit", "source"}) {
    std::string head = kTableHead;
    const std::size_t at = head.find(key + " = ");
    head.erase(at, head.find('\n', at) + 1 - at);
    EXPECT_EQ(told(head + "[weights]\ntheft = 1\n"), "MISSING_KEY harm.toml." + key);
  }
  const auto refused = included(kTableHead + "[weights]\nasb = 1\n");
  EXPECT_THAT(refused.error().message, testing::HasSubstr("shown apart"));
  EXPECT_THAT(refused.error().message, testing::HasSubstr("(line 7)"));
}

TEST_F(WeightTableTest, IncludesComeFromTwoFoldersOnlyAndMoveTheDigest) {
  const auto include = [&](const std::string& name) {
    return refusal(kHead + "[[dictionaries]]\n" + kCrimes + kSource + "[[weights]]\ninclude = '" + name + "'\n");
  };
  EXPECT_EQ(include("none.toml"), "NO_SUCH_FILE weights[0].include");
  EXPECT_EQ(include("../harm.toml"), "BAD_FILE_NAME weights[0].include");
  EXPECT_NE(included(kTableHead + "[weights]\ntheft = 1\n")->sha256, included(kTableHead + "[weights]\ntheft = 2\n")->sha256);
}

TEST_F(ManifestPartsTest, ReadFromAFileWithADataRootElsewhere) {
  scratch_.write("set/manifest.toml", kGood);
  scratch_.write("other/manifest.toml", kGood);
  EXPECT_TRUE(ReadManifest(folder() / "manifest.toml", {}));
  EXPECT_EQ(ReadManifest(scratch_.path() / "other/manifest.toml", {}).error().reason, "NO_SUCH_FILE");
  EXPECT_TRUE(ReadManifest(scratch_.path() / "other/manifest.toml", folder()));
  EXPECT_EQ(ReadManifest(folder() / "none.toml", {}).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(ReadManifest(folder(), {}).error().reason, "NOT_A_FILE");
  scratch_.write("set/long.toml", std::string(1024 * 1024 + 1, '\n'));
  EXPECT_EQ(ReadManifest(folder() / "long.toml", {}).error().reason, "TOO_LONG");
}

}  // namespace
}  // namespace geo
