#include "server/cli/crosswalk_report.h"

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

TEST(CrosswalkReport, DrawsEstimatesBetweenTheirBounds) {
  const std::string text = CrosswalkTable(canned::Crosswalk(), false, kNarrow);
  EXPECT_EQ(BlockFrom(text, "                "),
            "                                                    not\n"
            "code       ward       estimate    low   high  published\n"
            "-------------------------------------------------------\n"
            "E05014471  Watling       300.2  300.0  400.0\n"
            "E05014456  Fort Pitt      99.8    0.0  400.0          1\n"
            "-------------------------------------------------------\n"
            "           Total         400.0  400.0  400.0\n");
  EXPECT_THAT(text, HasSubstr("1 wards share ground with old wards that are not in the table"));
  EXPECT_LE(WidestLine(text), 80);
  EXPECT_THAT(text, Not(HasSubstr("E05002345")));
}

TEST(CrosswalkReport, SharesOnRequest) {
  EXPECT_EQ(BlockFrom(CrosswalkTable(canned::Crosswalk(), true, kNarrow), "from"),
            "from       to          share  count\n"
            "-----------------------------------\n"
            "E05002345  E05014456  25.0 %   99.8\n");
}

TEST(CrosswalkReport, Csv) {
  const std::string csv = CrosswalkCsv(canned::Crosswalk());
  EXPECT_THAT(csv, HasSubstr("area,E05014456,Fort Pitt,99.75,0,400,1,wards-2023,"));
  EXPECT_THAT(csv, HasSubstr("total,,Total,400,400,400,0,wards-2023,"));
  EXPECT_THAT(CrosswalkSharesCsv(canned::Crosswalk()), HasSubstr("E05002345,E05014456,0.25,99.75,wards-2023,"));
}

}  // namespace
}  // namespace server
