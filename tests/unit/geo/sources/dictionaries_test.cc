// The dictionaries that the repository ships.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "geo/sources/manifest.h"
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

}  // namespace
}  // namespace geo
