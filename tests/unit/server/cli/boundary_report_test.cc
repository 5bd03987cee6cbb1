#include "server/cli/boundary_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/server/cli/canned_ward_answers.h"
#include "tests/unit/server/cli/report_lines.h"

namespace server {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr Terminal kNarrow{80, false};
constexpr Terminal kWide{160, true};

TEST(BoundaryReport, DrawsWhatMoved) {
  const std::string text = BoundaryTable(canned::Boundaries(), false, false, kWide);
  EXPECT_EQ(BlockFrom(text, "                "),
            "                                                  before,  before,                bound-  inci-\n"
            "code       ward            was              kept      old      new  after  naive     ary  dents  ratio (95 %)      verdict\n"
            "──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────\n"
            "E05014471  Watling         Watling (old)  75.0 %      400      300    310    -90    -100    +10  1.03 (0.93–1.14)  no clear change\n"
            "E05014456  Fort Pitt       –                            0      150    100   +100    +150    -50  0.67 (0.60–0.73)  lower\n"
            "           (no successor)  Old Town                    50        0      0    -50     -50      0\n"
            "──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────\n"
            "           (in no ward)                                 4        4      5     +1       0     +1\n"
            "           Total                                      454      454    415    -39       0    -39\n");
  EXPECT_THAT(text, HasSubstr("wards-2003 to wards-2023\nbefore 2022-01-01 to 2022-12-31, after 2024-01-01 to 2024-12-31\n"));
  EXPECT_THAT(text, HasSubstr("on the new boundaries: 1 lower, 1 no clear change"));
  EXPECT_THAT(text, HasSubstr("the boundary alone changes the count of 3 of 3 rows; naive = boundary + incidents"));
  EXPECT_THAT(text, Not(HasSubstr("E05002345")));
}

TEST(BoundaryReport, FitsEightyColumns) {
  const std::string text = BoundaryTable(canned::Boundaries(), true, true, kNarrow);
  EXPECT_LE(WidestLine(text), 80) << text;
  EXPECT_EQ(BlockFrom(text, "             "),
            "                before,  before,                bound-  inci-\n"
            "ward                old      new  after  naive     ary  dents  verdict\n"
            "------------------------------------------------------------------------------\n"
            "Watling             400      300    310    -90    -100    +10  no clear change\n"
            "Fort Pitt             0      150    100   +100    +150    -50  lower\n"
            "(no successor)       50        0      0    -50     -50      0\n"
            "------------------------------------------------------------------------------\n"
            "(in no ward)          4        4      5     +1       0     +1\n"
            "Total               454      454    415    -39       0    -39\n");
  EXPECT_THAT(text, HasSubstr("E05014471 Watling: 300 to 310 incidents: no clear change."));
}

TEST(BoundaryReport, FlowsOnRequest) {
  EXPECT_EQ(BlockFrom(BoundaryTable(canned::Boundaries(), true, false, kWide), "from  "),
            "from       to         before  after    km2  old ward  new ward\n"
            "──────────────────────────────────────────────────────────────\n"
            "E05002345  E05014456     100    101  0.250    25.0 %    12.5 %\n"
            "E05002345  E05014471     300    301  0.750    75.0 %    37.5 %\n"
            "(outside)  (outside)       4      5\n");
}

TEST(BoundaryReport, CsvOfRowsAndOfFlows) {
  const std::string csv = BoundaryCsv(canned::Boundaries());
  EXPECT_THAT(LineWith(csv, "Fort Pitt"), HasSubstr("area,E05014456,Fort Pitt,1.5,,,,0,150,100,100,150,-50,0.66"));
  EXPECT_THAT(LineWith(csv, "Old Town"), HasSubstr("area,,(no successor),,E05002340,Old Town,,50,0,0,-50,-50,0,,,,,,,,,,,,2022-01-01 to 2022-12-31"));
  EXPECT_THAT(LineWith(csv, "outside"), HasSubstr("outside,,(in no ward),,,,,4,4,5,1,0,1,,,,,,,,,,,,2022"));
  const std::string flows = FlowCsv(canned::Boundaries());
  EXPECT_THAT(flows, HasSubstr("E05002345,E05014456,100,101,0.25,0.25,0.125,2022-01-01 to 2022-12-31,2024-01-01 to 2024-12-31,wards-2003,wards-2023,"));
  EXPECT_THAT(flows, HasSubstr("\n,,4,5,,,,2022-01-01"));
}

}  // namespace
}  // namespace server
