#include "geo/sources/file_name.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "tests/support/scratch_folder.h"

namespace geo {
namespace {

using namespace std::string_literals;

TEST(FileName, S6_TheGrammar) {
  for (const char* good : {"a.csv", "kent/2022-01 street.csv.gz", "a/b/c_d-e.csv", ".hidden/x", "vsimem/a.csv", "a..b/c"})
    EXPECT_EQ(FileNameFault(good, false), nullptr) << good;
  const std::string bad[] = {"",
                             "/etc/passwd",
                             "/vsicurl/http://h/a.csv",
                             "../a.csv",
                             "a/../b",
                             "a/..",
                             "..",
                             ".",
                             "./a",
                             "a//b",
                             "a/",
                             "http://h/a",
                             "PG:dbname=x",
                             "CSV:a.csv",
                             "a\\b",
                             "c:a",
                             "a\0b"s,
                             "%2e%2e/a",
                             "a\xEF\xBC\x8F"
                             "b",
                             "{\"type\"}",
                             "a;b",
                             "a|b",
                             "$(x)",
                             "~/a",
                             "a\nb",
                             "\\\\h\\s",
                             "a'b",
                             std::string(257, 'a'),
                             "*.csv",
                             "a?"};
  for (const std::string& name : bad) EXPECT_NE(FileNameFault(name, false), nullptr) << name;
  EXPECT_EQ(FileNameFault("kent/2022-*.csv", true), nullptr);
  EXPECT_NE(FileNameFault("ke*nt/2022.csv", true), nullptr);
  EXPECT_NE(FileNameFault("[a-z].csv", true), nullptr);
}

TEST(FileName, Patterns) {
  EXPECT_TRUE(MatchesPattern("2022-01-kent.csv", "2022-*.csv"));
  EXPECT_TRUE(MatchesPattern("abc", "a?c"));
  EXPECT_TRUE(MatchesPattern("aXbXc", "a*b*c"));
  EXPECT_TRUE(MatchesPattern("", "*"));
  EXPECT_TRUE(MatchesPattern("abab", "*ab"));
  EXPECT_FALSE(MatchesPattern("2022-01.csv.gz", "2022-*.csv"));
  EXPECT_FALSE(MatchesPattern("ac", "a?c"));
  EXPECT_FALSE(MatchesPattern(".hidden.csv", "*.csv"));
  EXPECT_TRUE(MatchesPattern(".hidden.csv", ".*.csv"));
  EXPECT_FALSE(MatchesPattern(std::string(250, 'a'), "*a*a*a*a*a*a*a*b"));
}

TEST(FileRoot, F20_OnlyRegularFilesInside) {
  const support::ScratchFolder scratch;
  scratch.write("data/b.csv", "x");
  scratch.write("data/a.csv", "x");
  scratch.write("data/sub/c.csv", "x");
  scratch.write("outside.csv", "x");
  const auto data = scratch.path() / "data";
  std::filesystem::create_symlink(scratch.path() / "outside.csv", data / "link.csv");
  std::filesystem::create_symlink(data / "a.csv", data / "inner.csv");
  std::filesystem::create_directory_symlink(scratch.path(), data / "up");
  ASSERT_EQ(mkfifo((data / "pipe.csv").c_str(), 0600), 0);
  const FileRoot root(data);
  const auto reason = [&](const char* name) {
    const auto found = root.find(name);
    return found ? "" : found.error().reason;
  };
  EXPECT_EQ(reason("a.csv"), "");
  EXPECT_EQ(reason("sub/c.csv"), "");
  EXPECT_EQ(reason("inner.csv"), "");
  EXPECT_EQ(reason("link.csv"), "OUTSIDE_ROOT");
  EXPECT_EQ(reason("up/outside.csv"), "OUTSIDE_ROOT");
  EXPECT_EQ(reason("pipe.csv"), "NOT_A_FILE");
  EXPECT_EQ(reason("sub"), "NOT_A_FILE");
  EXPECT_EQ(reason("none.csv"), "NO_SUCH_FILE");
  EXPECT_EQ(reason("../outside.csv"), "BAD_FILE_NAME");
  EXPECT_EQ(root.find("inner.csv")->path, std::filesystem::canonical(data / "a.csv"));
  EXPECT_EQ(FileRoot(scratch.path() / "none").find("a.csv").error().reason, "NO_SUCH_FILE");
}

TEST(FileRoot, PatternsInOrderOfName) {
  const support::ScratchFolder scratch;
  for (const char* name : {"k/2022-02.csv", "k/2022-01.csv", "k/2021-12.csv", "k/.2022-00.csv", "k/notes.txt"}) scratch.write(name, "x");
  const FileRoot root(scratch.path());
  const auto names = [&](const char* pattern) {
    std::vector<std::string> out;
    const auto found = root.match(pattern);
    if (!found) return std::vector<std::string>{found.error().reason};
    for (const FileSpec& file : *found) out.push_back(file.name);
    return out;
  };
  EXPECT_THAT(names("k/2022-*.csv"), testing::ElementsAre("k/2022-01.csv", "k/2022-02.csv"));
  EXPECT_THAT(names("k/202?-1*.csv"), testing::ElementsAre("k/2021-12.csv"));
  EXPECT_THAT(names("k/2030-*.csv"), testing::ElementsAre("NO_SUCH_FILE"));
  EXPECT_THAT(names("none/*.csv"), testing::ElementsAre("NO_SUCH_FILE"));
  EXPECT_THAT(names("k/notes.txt"), testing::ElementsAre("k/notes.txt"));
  scratch.write("k/2022-03 (copy).csv", "x");
  EXPECT_THAT(names("k/2022-*.csv"), testing::ElementsAre("BAD_FILE_NAME"));
}

}  // namespace
}  // namespace geo
