// The dictionaries that the repository ships.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "geo/sources/manifest.h"
#include "tests/support/paths.h"
#include "tests/support/scratch_folder.h"

namespace geo {
namespace {

CategoryDictionary Shipped(const std::string& id) {
  const support::ScratchFolder scratch;
  scratch.write("a.csv", "x\n");
  std::ifstream file(std::string(WARDWATCH_REPOSITORY) + "/datasets/dictionaries/" + id + ".toml");
  scratch.write(id + ".toml", std::string{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()});
  const auto manifest = ParseManifest("[dataset]\nid = 'm'\ntitle = 'M'\nas_at = 2025-12-31\n[[dictionaries]]\ninclude = '" + id +
                                          ".toml'\n[[sources]]\nid = 'p'\ntitle = 'P'\nformat = 'police-uk'\nfiles = ['a.csv']\ndictionary = '" + id + "'\n",
                                      scratch.path());
  EXPECT_TRUE(manifest) << manifest.error().message;
  return manifest ? manifest->dictionaries.at(id) : CategoryDictionary{};
}

std::string Meaning(const CategoryDictionary& dictionary, const char* word, LocalDay day) {
  const std::string* found = dictionary.find(word, day);
  return found == nullptr ? "" : *found;
}

TEST(Dictionaries, PoliceUk) {
  const CategoryDictionary dictionary = Shipped("police-uk");
  EXPECT_EQ(dictionary.categories.size(), 14U);
  std::vector<std::string> not_crimes;
  for (const Category& category : dictionary.categories) {
    if (!category.crime) not_crimes.push_back(category.id);
  }
  EXPECT_THAT(not_crimes, testing::ElementsAre("anti-social-behaviour"));
  const LocalDay now = DayOf(2022, 1, 1);
  const LocalDay then = DayOf(2012, 1, 1);
  EXPECT_EQ(Meaning(dictionary, "Violence and sexual offences", now), "violence-and-sexual-offences");
  EXPECT_EQ(Meaning(dictionary, "Violent crime", now), "");
  EXPECT_EQ(Meaning(dictionary, "Violent crime", then), "violence-and-sexual-offences");
  EXPECT_EQ(Meaning(dictionary, "Public disorder and weapons", DayOf(2013, 4, 30)), "public-order");
  EXPECT_EQ(Meaning(dictionary, "Public disorder and weapons", DayOf(2013, 5, 1)), "");
  EXPECT_EQ(Meaning(dictionary, "burglary", now), "");
  for (const Category& category : dictionary.categories) {
    // The title is the publisher's own word.
    EXPECT_EQ(Meaning(dictionary, category.title.c_str(), now), category.id);
  }
}

TEST(Dictionaries, CouncilAsb) {
  const CategoryDictionary dictionary = Shipped("council-asb");
  ASSERT_EQ(dictionary.categories.size(), 1U);
  EXPECT_FALSE(dictionary.categories[0].crime);
  EXPECT_EQ(Meaning(dictionary, "Noise", DayOf(2022, 1, 1)), "council-anti-social-behaviour");
  EXPECT_EQ(Meaning(dictionary, "Fly-tipping", DayOf(2022, 1, 1)), "");
}

// The sample's table of harm weighs every crime of both its manifests, and nothing else.
TEST(WeightTables, OfTheSampleWeighsEveryCrime) {
  const support::ScratchFolder scratch;
  const std::string datasets = std::string(WARDWATCH_REPOSITORY) + "/datasets/";
  for (const char* name : {"sample/tidewick-police", "sample/tidewick-harm-2025", "dictionaries/police-uk"}) {
    std::ifstream file(datasets + name + ".toml");
    const std::string path(name);
    scratch.write(path.substr(path.find('/') + 1) + ".toml", std::string{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()});
  }
  scratch.write("a.csv", "x\n");
  for (const std::string dictionary : {"tidewick-police", "police-uk"}) {
    const auto manifest =
        ParseManifest("[dataset]\nid = 'm'\ntitle = 'M'\nas_at = 2025-12-31\n[[dictionaries]]\ninclude = '" + dictionary +
                          ".toml'\n[[weights]]\ninclude = 'tidewick-harm-2025.toml'\n[[sources]]\nid = 'p'\ntitle = 'P'\nformat = 'police-uk'\n"
                          "files = ['a.csv']\ndictionary = '" +
                          dictionary + "'\n",
                      scratch.path());
    ASSERT_TRUE(manifest) << manifest.error().message;
    ASSERT_EQ(manifest->weight_tables.size(), 1U);
    const WeightTable& table = manifest->weight_tables[0];
    EXPECT_EQ(table.id, "tidewick-harm-2025");
    EXPECT_THAT(table.title, testing::HasSubstr("fictional"));
    std::vector<std::string> crimes, weighed;
    for (const Category& category : manifest->categories) {
      if (category.crime) crimes.push_back(category.id);
    }
    for (const WeightTable::Entry& entry : table.entries) weighed.push_back(entry.category);
    EXPECT_EQ(weighed, crimes);
  }
}

}  // namespace
}  // namespace geo
