#include "server/cli/rise_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "tests/unit/server/cli/canned_ward_answers.h"
#include "tests/unit/server/cli/report_lines.h"

namespace server {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr Terminal kNarrow{80, false};
constexpr Terminal kWide{160, true};

TEST(RiseReport, ReasonsComeFirst) {
  const std::string text = RiseTable(canned::Rise(), false, kNarrow);
  EXPECT_THAT(text, testing::StartsWith("A place in datasets/medway\nbefore 2023-01-01 to 2023-12-31, after 2024-01-01 to 2024-12-31\n"
                                        "100 incidents before, 150 after: higher\n\n"
                                        "- The place is higher than before, and its peers are not.\n"
                                        "- No break of recording lies in the periods or between them, and no month of\n"
                                        "  either is partial or provisional.\n\n"));
  EXPECT_LE(WidestLine(text), 80) << text;
}

TEST(RiseReport, DrawsThePlaceBesideTheOthers) {
  const std::string text = RiseTable(canned::Rise(), false, kWide);
  EXPECT_EQ(BlockFrom(text, "          compared"),
            "          compared              before  after  percent  ratio (95 %)      by itself        (95 %)                 p\n"
            "───────────────────────────────────────────────────────────────────────────────────────────────────────────────────\n"
            "place     The place                100    150  +50.0 %  1.50 (1.35–1.65)  higher\n"
            "───────────────────────────────────────────────────────────────────────────────────────────────────────────────────\n"
            "peers     all 2 peers together   1,000  1,001   +0.1 %  1.00 (0.90–1.10)  no clear change  1.50 (1.20–1.90)  <0.001\n"
            "category  Burglary                   8     10           1.25 (1.12–1.38)  too few to say\n"
            "peer      Watling                  500    500    0.0 %  1.00 (0.90–1.10)  no clear change  1.50 (1.20–1.90)  <0.001\n"
            "peer      Twydall                  500    501   +0.2 %  1.00 (0.90–1.10)  no clear change  1.50 (1.20–1.90)  <0.001\n");
  EXPECT_THAT(text, HasSubstr("1 of 2 changed at least as far in the same direction"));
}

TEST(RiseReport, NoPercentageForTheBurglaries) {
  const std::string line = LineWith(RiseTable(canned::Rise(), false, kWide), "Burglary");
  EXPECT_THAT(line, Not(HasSubstr("%")));
  EXPECT_THAT(line, HasSubstr("too few to say"));
}

TEST(RiseReport, ExplainsOnRequest) {
  EXPECT_THAT(RiseTable(canned::Rise(), true, kWide), HasSubstr("The place: 100 to 150 incidents: higher."));
  EXPECT_THAT(RiseTable(canned::Rise(), false, kWide), Not(HasSubstr("The place: ")));
}

TEST(RiseReport, CsvHasThePlaceAndEachComparison) {
  const std::string csv = RiseCsv(canned::Rise());
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 1 + 5);
  EXPECT_THAT(LineWith(csv, "The place"), HasSubstr("place,,The place,100,50,0,10000,2021,10,1,2,150,75,0,10000,2021,15,1,2,50,1.5,"));
  EXPECT_THAT(LineWith(csv, "The place"), HasSubstr(",higher,100 to 150 incidents: higher.,,,,,0.5,wards-2023,"));
  EXPECT_THAT(LineWith(csv, "Watling"), HasSubstr("peer,E05014471,Watling,500,250,0,,,,,,500,250,0,,,,,,0,1,"));
  EXPECT_THAT(LineWith(csv, "Watling"), HasSubstr(",no clear change,,1.5,1.2,1.9,0.0004,,wards-2023,"));
  EXPECT_THAT(LineWith(csv, "Burglary"), HasSubstr(",too few to say,,,,,,,wards-2023,"));
}

}  // namespace
}  // namespace server
