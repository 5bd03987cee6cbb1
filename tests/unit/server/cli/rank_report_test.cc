#include "server/cli/rank_report.h"

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

TEST(RankReport, DrawsClassesRatesAndRanges) {
  const std::string text = RankTable(canned::Ranks(), false, kWide);
  EXPECT_EQ(BlockFrom(text, "                "),
            "                                                                   against       per 1,000    rank by    per  rank by\n"
            "code       ward                            count  expected  ratio  the whole     residents  residents    km2      km2  rank is\n"
            "─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────\n"
            "E05014449  Chatham Central & Brompton      2,304   1,200.5   1.92  above 99.8 %      192.0        1–2  921.6        1  robust\n"
            "E05014458  Hoo St Werburgh & High Halstow    410     430.0   0.95  within             37.3       9–15    6.8    18–24  depends on denominator\n"
            "E05014467  St Mary's Island                   12         –      –                        –          –   12.0        –\n");
  EXPECT_THAT(text, HasSubstr("against the whole: 1 within, 1 above 99.8 %\nranks: 1 robust, 1 depends on denominator\n"));
  EXPECT_THAT(text, HasSubstr("31 incidents in no ward or without a position"));
  EXPECT_THAT(text, Not(HasSubstr("under both denominators")));
}

TEST(RankReport, FitsEightyColumnsWithoutTheLaterDenominators) {
  const std::string text = RankTable(canned::Ranks(), false, kNarrow);
  EXPECT_LE(WidestLine(text), 80) << text;
  EXPECT_EQ(BlockFrom(text, "                "),
            "                           against        rank by rank by\n"
            "ward           count ratio the whole    residents     km2 rank is\n"
            "--------------------------------------------------------------------------------\n"
            "Chatham Cen... 2,304  1.92 above 99.8 %       1-2       1 robust\n"
            "Hoo St Werb...   410  0.95 within            9-15   18-24 depends on denominator\n"
            "St Mary's I...    12     -                      -       -\n");
}

TEST(RankReport, WhatIsNotThereIsADash) {
  const std::string line = LineWith(RankTable(canned::Ranks(), false, kNarrow), "St Mary");
  EXPECT_THAT(line, HasSubstr(" - "));
  EXPECT_THAT(line, Not(HasSubstr("0.0")));
}

TEST(RankReport, ExplainsOnRequest) {
  EXPECT_THAT(RankTable(canned::Ranks(), true, kWide), HasSubstr("E05014449 Chatham Central & Brompton: rank 1 to 2 under both denominators."));
}

TEST(RankReport, CsvHasEveryFieldOfEachDenominator) {
  const std::string csv = RankCsv(canned::Ranks());
  EXPECT_THAT(LineWith(csv, "area_code"), HasSubstr("funnel_class,residents_value,residents_year,residents_rate_per_year,"));
  EXPECT_THAT(LineWith(csv, "E05014449"), HasSubstr("2304,1152,1200.5,1.91920033319450"));
  EXPECT_THAT(LineWith(csv, "E05014449"),
              HasSubstr(",above 99.8 %,12000,2021,192,96,384,1000,190.07999999999998,1,1,2,2.5,,921.6,460.8,1843.2,1,912.384,1,1,1,robust,"));
  EXPECT_THAT(LineWith(csv, "E05014467"),
              HasSubstr("E05014467,St Mary's Island,12,6,,,,,,,,,,,,,1000,,,,,1,,12,6,24,1,,,,,,,2024-01-01 to 2024-12-31,wards-2023,"));
}

}  // namespace
}  // namespace server
