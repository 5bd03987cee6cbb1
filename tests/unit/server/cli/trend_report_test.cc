#include "server/cli/trend_report.h"

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

TEST(TrendReport, DrawsOneSeriesAsAChart) {
  const std::string text = TrendTable(canned::OneTrend(), false, {60, true});
  EXPECT_EQ(BlockFrom(text, "2024-01"),
            "2024-01    100          ├──────●───────┤\n"
            "2024-02    200          ├──────┼───────┤      ●  above limit\n"
            "2024-03    100          ├──────●───────┤\n"
            "2024-04                                          missing\n"
            "2024-05     20     ○                             partial\n"
            "● count; ○ count of a month that is kept out; ├─┼─┤ limits\n"
            "and what is expected; from 0 to 200\n");
  EXPECT_LE(WidestLine(BlockFrom(text, "2024-01")), 60);
}

TEST(TrendReport, DrawsInAsciiToo) {
  EXPECT_EQ(BlockFrom(TrendTable(canned::OneTrend(), false, kNarrow), "2024-01"),
            "2024-01    100               [-----------o------------]\n"
            "2024-02    200               [-----------+------------]           o  above limit\n"
            "2024-03    100               [-----------o------------]\n"
            "2024-04                                                              missing\n"
            "2024-05     20       .                                               partial\n"
            "o count; . count of a month that is kept out; [-+-] limits and what is expected;\n"
            "from 0 to 200\n");
}

TEST(TrendReport, SaysSeasonTrendLevelAndForecast) {
  const std::string text = TrendTable(canned::OneTrend(), false, kWide);
  EXPECT_THAT(text, HasSubstr("no clear change: -3.2 incidents a month per year (-8.0 to +0.5, 95 %); seasonal Mann-Kendall, tau -0.40, p 0.087, q 0.087"));
  EXPECT_THAT(text, HasSubstr("▆▃▆▆▆▆█▆▆▆▆▆ January to December; July is 1.50 times the mean month, February 0.50"));
  EXPECT_THAT(text, HasSubstr("from 2024-02: 160.5 a month where it was 100.0, p 0.004"));
  EXPECT_THAT(text, HasSubstr("2024 will end at 1,300 (1,100–1,500), 95 %; 400 so far, 9 months to come"));
  EXPECT_THAT(text, HasSubstr("1,234 in the twelve months to 2024-03"));
  EXPECT_THAT(text, HasSubstr("2 of 5 months"));
  EXPECT_THAT(text, HasSubstr("No clear change; April is missing."));
}

TEST(TrendReport, SeveralSeriesAreALineEach) {
  const std::string text = TrendTable(canned::ManyTrends(), false, kWide);
  EXPECT_EQ(BlockFrom(text, "                "),
            "                                     last 12   a month                                          forecast 2024\n"
            "code       ward              months   months  per year  95 %          trend            signals  (95 %)\n"
            "───────────────────────────────────────────────────────────────────────────────────────────────────────────────────\n"
            "E05014471  Watling           ▅█▅ ▂     1,234      -3.2  -8.0 to +0.5  no clear change        1  1,300 (1,100–1,500)\n"
            "E05014467  St Mary's Island  ▅█▅ ▂     1,234         –                too few to say         1  –\n"
            "           Total             ▅█▅ ▂     1,234      -3.2  -8.0 to +0.5  no clear change        1  1,300 (1,100–1,500)\n");
  EXPECT_THAT(text, HasSubstr("trends: 2 no clear change, 1 too few to say"));
  EXPECT_THAT(text, HasSubstr("2024-01 to 2024-05; a gap is a month without data"));
  EXPECT_LE(WidestLine(TrendTable(canned::ManyTrends(), true, kNarrow)), 80);
  EXPECT_THAT(TrendTable(canned::ManyTrends(), true, kWide), HasSubstr("E05014471 Watling: No clear change; April is missing."));
}

TEST(TrendReport, EmptyAndTooShortAreAnswers) {
  EXPECT_THAT(TrendTable(api::AnalyseTrendsResponse(), false, kNarrow), HasSubstr("No series."));
  api::AnalyseTrendsResponse answer = canned::OneTrend();
  *answer.mutable_series(0) = canned::ManyTrends().series(1);
  const std::string text = TrendTable(answer, false, kNarrow);
  EXPECT_THAT(LineWith(text, "trend "), HasSubstr("too few to say"));
  EXPECT_THAT(text, HasSubstr("too few complete months to tell"));
  EXPECT_THAT(text, Not(HasSubstr("will end at")));
}

TEST(TrendReport, CsvRepeatsTheSeriesAtEachMonth) {
  const std::string csv = TrendCsv(canned::ManyTrends());
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 1 + 3 * 5);
  EXPECT_THAT(csv, HasSubstr("area,E05014471,Watling,,2024-02,200,used,,100,50,150,above limit,0.5,100,160.5,0.004,1.5,mann-kendall-seasonal,-12,40,-1.7,-0.4,"
                             "0.0871,0.0871,-3.25,-8,0.5,no clear change,2024-01-01 to 2024-12-31,400,9,1300.4,1100,1500,No clear change; April is missing.,"));
  // Missing is empty, never 0.
  EXPECT_THAT(csv, HasSubstr("area,E05014471,Watling,,2024-04,,missing,,,,,,1,,,,1.5,"));
  EXPECT_THAT(csv, HasSubstr("area,E05014467,St Mary's Island,,2024-05,20,partial,,,,,,,,,,1.5,,,,,,,,,,,too few to say,,,,,,,"));
}

}  // namespace
}  // namespace server
