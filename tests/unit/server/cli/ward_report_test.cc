// The comparison split by category, with other denominators; the plain one is in reports_test.cc.
#include "server/cli/ward_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/server/cli/canned_ward_answers.h"
#include "tests/unit/server/cli/report_lines.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

using testing::HasSubstr;
using testing::Not;

constexpr Terminal kNarrow{80, false};
constexpr Terminal kWide{200, true};

api::CompareWardsResponse Split() {
  api::CompareWardsResponse answer = canned::Wards();
  for (api::WardRow& row : *answer.mutable_rows()) {
    row.set_category("burglary");
    if (row.kind() != api::ROW_KIND_AREA) continue;
    *row.mutable_before()->add_other_rates() = canned::RateOf("km2", 1, 2.5, 120.4);
    *row.mutable_after()->add_other_rates() = canned::RateOf("km2", 1, 2.5, 79.6);
  }
  answer.mutable_dispersion()->set_factor(0.875);
  answer.mutable_dispersion()->set_areas(3);
  return answer;
}

TEST(WardReport, SplitsByCategoryAndDivides) {
  const std::string text = WardTable(Split(), false, kWide);
  EXPECT_EQ(
      BlockFrom(text, "            "),
      "                                                                                                                      per    per\n"
      "                                                                                                      rate   rate     km2    km2\n"
      "code       ward                         category  before  after  change  percent  ratio (95 %)      before  after  before  after  verdict\n"
      "─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────\n"
      "E05014471  Watling                      burglary     301    199    -102  -33.9 %  0.66 (0.61–0.72)    30.1   19.9   120.4   79.6  lower\n"
      "E05014470  Rochester South and Horsted  burglary     443    444      +1   +0.2 %  1.00 (0.61–0.72)    44.3   44.4   120.4   79.6  no clear change\n"
      "E05014467  St Mary's Island             burglary       0      3      +3           –                    0.0    0.3   120.4   79.6  too few to say\n"
      "─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────\n"
      "           (in no ward)                 burglary       4      5      +1           1.25 (0.61–0.72)       –      –       –      –\n"
      "           (no position)                burglary      10     12      +2           1.20 (0.61–0.72)       –      –       –      –\n"
      "           Total                        burglary     758    663     -95           0.87 (0.61–0.72)       –      –       –      –  lower\n");
  EXPECT_THAT(text, HasSubstr("areas vary 0.88 times as much as Poisson counts (3 compared): nothing was widened"));
}

TEST(WardReport, SplitFitsEightyColumns) {
  const std::string text = WardTable(Split(), true, kNarrow);
  EXPECT_LE(WidestLine(text), 80) << text;
  EXPECT_THAT(LineWith(text, "Watling"), HasSubstr("301"));
  EXPECT_THAT(text, HasSubstr("E05014471 Watling, burglary: 301 before, 199 after"));
}

TEST(WardReport, CsvOfOtherRates) {
  const std::string csv = WardCsv(Split());
  EXPECT_THAT(LineWith(csv, "kind,"), HasSubstr("poisson_z,before_km2_value,before_km2_year,before_km2_rate_per_year,before_km2_rate_low_95,"));
  EXPECT_THAT(LineWith(csv, "Watling"), HasSubstr(",burglary,0,0,2021,2021,0,,0,2.5,,120.4,60.2,240.8,2.5,,79.6,39.8,159.2"));
  EXPECT_THAT(LineWith(csv, "unlocated"), HasSubstr(",burglary,0,0,,,,,,,,,,,,,,,"));
}

}  // namespace
}  // namespace server
