#include "server/cli/published_counts_csv.h"

#include <gtest/gtest.h>

namespace server {
namespace {

// "E1=400 E2=12.5", or the error without the lead that all share.
std::string Read(std::string_view text) {
  const auto lines = ParsePublishedCounts(text, "old.csv");
  if (!lines) {
    EXPECT_EQ(lines.error().field, "FILE");
    return lines.error().message;
  }
  std::string out;
  for (const PublishedLine& line : *lines) out += (out.empty() ? "" : " ") + line.code + "=" + std::to_string(line.count);
  return out;
}

TEST(PublishedCounts, ReadsTheTwoColumnsWhereverTheyStand) {
  EXPECT_EQ(Read("code,count\nE1,400\nE2,12.5\n"), "E1=400.000000 E2=12.500000");
  EXPECT_EQ(Read("ward,count,code\r\n\"Luton, and Wayfield\",7,E1\r\n"), "E1=7.000000");
  EXPECT_EQ(Read("\xEF\xBB\xBF"
                 "code,count\nE1,0\n\nE2,1e3"),
            "E1=0.000000 E2=1000.000000");
}

TEST(PublishedCounts, NamesLineAndColumn) {
  EXPECT_EQ(Read("code,number\nE1,4\n"), "old.csv line 1: the header names no column \"count\": the first line must be code,count");
  EXPECT_EQ(Read("E1,4\n"), "old.csv line 1: the header names no column \"code\": the first line must be code,count");
  EXPECT_EQ(Read("code,count,code\nE1,4,E2\n"), "old.csv line 1, column 3: the header names code twice");
  EXPECT_EQ(Read("code,count\nE1,4\n,5\n"), "old.csv line 3, column 1: the code is empty");
  EXPECT_EQ(Read("code,count\nE1,4\nE2,5\nE1,6\n"), "old.csv line 4, column 1: E1 stands in line 2 already");
  EXPECT_EQ(Read("code,count\nE1,4,5\n"), "old.csv line 2: 3 fields where the header has 2");
  EXPECT_EQ(Read("code,count\n"), "old.csv: no line of counts under a header code,count");
}

TEST(PublishedCounts, OnlyPlainNumbersFromZeroAreCounts) {
  for (const char* count : {"", "-1", "\"1,204\"", "12 ", " 12", "n/a", "nan", "inf", "1e999", "0x10", "+5"}) {
    EXPECT_NE(Read("code,count\nE1," + std::string(count) + "\n").find("old.csv line 2, column 2: "), std::string::npos) << count;
  }
}

TEST(PublishedCounts, BrokenTextIsRefused) {
  EXPECT_NE(Read("").find("old.csv: "), std::string::npos);
  EXPECT_NE(Read("code,count\n\"E1,4\n").find("old.csv: "), std::string::npos);
  EXPECT_NE(Read("code,count\nE\xFF,4\n").find("old.csv: "), std::string::npos);
  EXPECT_NE(Read("code,count\nE\"1\",4\n").find("a quote inside a field"), std::string::npos);
}

}  // namespace
}  // namespace server
