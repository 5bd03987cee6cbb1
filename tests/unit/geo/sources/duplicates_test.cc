#include "geo/sources/duplicates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/police_rows.h"

namespace geo {
namespace {

SourceSpec Source() {
  SourceSpec out = support::MappedSource();
  out.columns.month = "month";
  out.columns.reference = "ref";
  return out;
}

ParsedRows File(const std::string& rows) {
  auto parsed = support::Parse("ref,month,what,x,y\n" + rows, Source());
  EXPECT_TRUE(parsed && parsed->rejected.empty());
  return *parsed;
}

std::string Show(const std::vector<ParsedRows>& files, RepeatedReference policy) {
  const Duplicates found = FindDuplicates(files, policy);
  std::string out;
  for (const DroppedRow& row : found.dropped) out += std::to_string(row.file) + "." + std::to_string(row.row) + (row.reason[0] == 'D' ? "D " : "C ");
  return out + "repeated " + std::to_string(found.repeated_references);
}

const char* const kA = "r1,2022-01,Burglary,1,1\n";
const char* const kAElsewhere = "r1,2022-01,Burglary,2,1\n";
const char* const kBlank = ",2022-01,Burglary,1,1\n";
const char* const kOther = "r2,2022-01,Burglary,1,1\n";

TEST(Duplicates, F9_IdenticalRowsAreOne) {
  EXPECT_EQ(Show({File(std::string(kA) + kA + kOther + kA)}, RepeatedReference::kKeep), "0.1D 0.3D repeated 0");
  EXPECT_EQ(Show({File(kA), File(std::string(kOther) + kA)}, RepeatedReference::kRefuse), "1.1D repeated 0");
}

TEST(Duplicates, F9_BlankReferencesNeverCollapse) {
  EXPECT_EQ(Show({File(std::string(kBlank) + kBlank), File(kBlank)}, RepeatedReference::kRefuse), "repeated 0");
}

TEST(Duplicates, F9_DifferentRowsOfOneReference) {
  const std::vector<ParsedRows> files{File(std::string(kA) + kAElsewhere + kA), File(std::string(kAElsewhere) + kOther)};
  EXPECT_EQ(Show(files, RepeatedReference::kKeep), "0.2D 1.0D repeated 2");
  EXPECT_EQ(Show(files, RepeatedReference::kRefuse), "0.0C 0.1C 0.2D 1.0D repeated 0");
}

TEST(Duplicates, TellsTheFirstOfTheGroup) {
  const std::vector<ParsedRows> files{File(kOther), File(std::string(kAElsewhere) + kA)};
  const Duplicates found = FindDuplicates(files, RepeatedReference::kRefuse);
  ASSERT_EQ(found.dropped.size(), 2U);
  EXPECT_EQ(found.dropped[1].first_file, 1U);
  EXPECT_EQ(found.dropped[1].first_row, 0U);
}

TEST(Duplicates, Nothing) { EXPECT_EQ(Show({}, RepeatedReference::kKeep), "repeated 0"); }

}  // namespace
}  // namespace geo
