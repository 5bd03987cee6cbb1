#include "server/cli/years_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "tests/unit/server/cli/canned_ward_answers.h"
#include "tests/unit/server/cli/report_lines.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

using testing::HasSubstr;
using testing::Not;

constexpr Terminal kNarrow{80, false};
constexpr Terminal kWide{160, true};

TEST(YearsReport, DrawsTheYearsSideBySide) {
  const std::string text = YearsTable(canned::Years(), 0, kWide);
  EXPECT_EQ(BlockFrom(text, "                "),
            "                                                             against                  against                  per 1,000    rank\n"
            "code       ward              2021  2022  2023  2024  course  2021            percent  2023            percent  residents  (90 %)\n"
            "────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────\n"
            "E05014471  Watling            400   350   301   199  █▇▆▄    lower           -50.4 %  lower           -33.9 %       19.9     1–3\n"
            "E05014467  St Mary's Island     0     1     2     3  ▁▃▆█    too few to say           too few to say                 0.3\n"
            "────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────\n"
            "           (in no ward)         4     5     4     5  ▇█▇█\n"
            "           Total              404   356   307   207  █▇▆▅    lower                    lower\n");
  EXPECT_THAT(text, HasSubstr("2024 against 2021: 1 lower, 1 too few to say\n2024 against 2023: 1 lower, 1 too few to say\n"));
  EXPECT_THAT(text, HasSubstr("2023 is not comparable with 2022: covid-asb"));
  EXPECT_THAT(text, HasSubstr("2023 is not comparable with 2021: covid-asb"));
  EXPECT_THAT(text, HasSubstr("areas vary 2.31 times as much as Poisson counts (24 compared): what was tested is widened by it"));
  EXPECT_THAT(text, HasSubstr("7 more incidents left out, their hour is not known"));
}

TEST(YearsReport, FitsEightyColumnsWithBothVerdicts) {
  const std::string text = YearsTable(canned::Years(), 0, kNarrow);
  EXPECT_LE(WidestLine(text), 80) << text;
  EXPECT_EQ(BlockFrom(text, "              "),
            "                                            against        against          rank\n"
            "ward             2021 2022 2023 2024 course 2021           2023           (90 %)\n"
            "--------------------------------------------------------------------------------\n"
            "Watling           400  350  301  199 #*+:   lower          lower             1-3\n"
            "St Mary's Island    0    1    2    3 _-+#   too few to say too few to say\n"
            "--------------------------------------------------------------------------------\n"
            "(in no ward)        4    5    4    5 *#*#\n"
            "Total             404  356  307  207 #*+=   lower          lower\n");
  EXPECT_THAT(text, HasSubstr("for: code,"));
}

TEST(YearsReport, NeverAPercentageThatTheServerDoesNotGive) {
  const std::string text = YearsTable(canned::Years(), 0, kWide);
  EXPECT_THAT(LineWith(text, "Watling"), HasSubstr("-33.9 %"));
  EXPECT_THAT(LineWith(text, "St Mary"), Not(HasSubstr("%")));
  EXPECT_THAT(LineWith(text, "(in no ward)"), Not(HasSubstr("%")));
}

TEST(YearsReport, TheYearBeforeAsBaselineIsSaidOnce) {
  api::CompareYearsResponse answer = canned::Years();
  const std::string text = YearsTable(answer, 2, kWide);
  EXPECT_THAT(text, HasSubstr("2024 against 2023"));
  EXPECT_THAT(text, Not(HasSubstr("2024 against 2021")));
}

TEST(YearsReport, SuppressedIsAGapInTheCourse) {
  api::CompareYearsResponse answer = canned::Years();
  *answer.mutable_rows(0)->mutable_cells(1)->mutable_incidents() = canned::Suppressed();
  EXPECT_THAT(LineWith(YearsTable(answer, 0, kWide), "Watling"), HasSubstr("400  hidden   301   199  █ ▆▄"));
}

TEST(YearsReport, EmptyIsAnAnswer) {
  api::CompareYearsResponse answer;
  EXPECT_THAT(YearsTable(answer, 0, kNarrow), HasSubstr("Wards of"));
  answer = canned::Years();
  answer.clear_rows();
  EXPECT_THAT(YearsTable(answer, 3, kNarrow), HasSubstr("against"));
}

TEST(YearsReport, CsvHasARecordForEachRowAndPeriod) {
  const std::string csv = YearsCsv(canned::Years(), 0);
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 1 + 4 * 4);
  EXPECT_THAT(csv,
              HasSubstr("area,E05014471,Watling,,2024,2024-01-01 to 2024-12-31,199,99,residents,1000,10000,2021,19.9,9.95,39.8,2,1,3,0.66,-33.9,0.0001,0.0002,"
                        "lower,,2021,0.5,-50.4,0,0,lower,,wards-2023,"));
  EXPECT_THAT(
      csv,
      HasSubstr("area,E05014467,St Mary's Island,,2024,2024-01-01 to 2024-12-31,3,1,residents,1000,10000,2021,0.3,0.15,0.6,,,,,,0,0,too few to say,,2021"));
  EXPECT_THAT(csv, HasSubstr("outside,,(in no ward),,2022,2022-01-01 to 2022-12-31,5,2,,,,,,,,,,,,,,,,,2021,,,,,,,wards-2023,"));
  EXPECT_THAT(csv, HasSubstr("covid-asb,2021,"));
}

}  // namespace
}  // namespace server
