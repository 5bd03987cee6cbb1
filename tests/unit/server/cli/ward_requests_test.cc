// What is typed after `wardwatch wards`, through the real command line, to what is asked.
#include "server/cli/ward_requests.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <utility>

#include "server/cli/command_line.h"
#include "server/cli/error_text.h"
#include "server/cli/period_text.h"
#include "server/cli/request_options.h"
#include "wardwatch/v1/ward_service.pb.h"

namespace server {
namespace {

using testing::HasSubstr;

std::optional<CommandLine> Parsed(const std::string& arguments) {
  CommandLine line;
  CLI::App app("test", "wardwatch");
  AddCommands(app, line);
  try {
    app.parse("wards " + arguments);
  } catch (const CLI::ParseError&) {
    return std::nullopt;
  }
  return line;
}

template <class Request>
std::string Asked(const std::string& arguments, geo::Result<Request> (*make)(const CommandLine&, const std::string&)) {
  const auto line = Parsed(arguments);
  if (!line) return "usage";
  const auto request = make(*line, "d");
  return request ? request->ShortDebugString() : request.error().field + " refused";
}

std::string Compare(const std::string& arguments) { return Asked("compare " + arguments, &MakeCompareRequest); }
std::string Years(const std::string& arguments) { return Asked("years " + arguments, &MakeYearsRequest); }
std::string Rank(const std::string& arguments) { return Asked("rank " + arguments, &MakeRankRequest); }
std::string Trend(const std::string& arguments) { return Asked("trend " + arguments, &MakeTrendRequest); }
std::string Rise(const std::string& arguments) { return Asked("rise " + arguments, &MakeRiseRequest); }
std::string Boundaries(const std::string& arguments) { return Asked("boundaries " + arguments, &MakeBoundariesRequest); }
std::string Crosswalk(const std::string& arguments) { return Asked("crosswalk " + arguments, &MakeCrosswalkRequest); }

// A file of this test; gone with it.
class WrittenFile {
 public:
  WrittenFile(const std::string& name, const std::string& text) : path_(std::filesystem::path(testing::TempDir()) / name) {
    std::ofstream(path_, std::ios::binary) << text;
  }
  ~WrittenFile() { std::filesystem::remove(path_); }
  WrittenFile(const WrittenFile&) = delete;
  WrittenFile& operator=(const WrittenFile&) = delete;
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

TEST(WardRequests, WhatIsNotSaidIsLeftToTheServer) {
  EXPECT_EQ(Years("2023 2024"), "dataset: \"d\" periods { calendar_year: 2023 } periods { calendar_year: 2024 }");
  EXPECT_EQ(Rank("2024"), "dataset: \"d\" period { calendar_year: 2024 }");
  EXPECT_EQ(Trend("60m..2024-12"), "dataset: \"d\" period { days { begin { year: 2020 month: 1 day: 1 } end { year: 2025 month: 1 day: 1 } } }");
  EXPECT_EQ(Boundaries("2022 2024"), "dataset: \"d\" before { calendar_year: 2022 } after { calendar_year: 2024 }");
  EXPECT_EQ(Rise("2022 2024 --place wards-2023:E1"),
            "dataset: \"d\" before { calendar_year: 2022 } after { calendar_year: 2024 } place { vintage: \"wards-2023\" codes: \"E1\" }");
}

TEST(WardRequests, CompareSplitsAndDivides) {
  EXPECT_EQ(Compare("2023 2024 --by-category --per workday,km2 --poisson --vintage wards-2023"),
            "dataset: \"d\" before { calendar_year: 2023 } after { calendar_year: 2024 } vintage: \"wards-2023\" by_category: true denominators: \"workday\" "
            "denominators: \"km2\" spread: SPREAD_POISSON");
}

TEST(WardRequests, RangesOfYearsAreAllTheirYears) {
  EXPECT_EQ(Years("2022..2024"), "dataset: \"d\" periods { calendar_year: 2022 } periods { calendar_year: 2023 } periods { calendar_year: 2024 }");
  EXPECT_EQ(Years("2019/20..2020/21"), "dataset: \"d\" periods { financial_year: 2019 } periods { financial_year: 2020 }");
  EXPECT_THAT(Years("2019-01..2019-06 2020-01..2020-06"),
              HasSubstr("periods { days { begin { year: 2020 month: 1 day: 1 } end { year: 2020 month: 7 day: 1 }"));
  EXPECT_EQ(Years("2024..2022"), "PERIOD refused");
  EXPECT_EQ(Years("2019..2020/21"), "PERIOD refused");
  EXPECT_EQ(Years("2019..maybe"), "PERIOD refused");
}

TEST(WardRequests, TheBaselineIsOneOfThePeriods) {
  EXPECT_THAT(Years("2021..2024 --baseline 2022 --per km2 --seed 7 --by-category --fdr 0.1"),
              HasSubstr("baseline: 1 false_discovery_rate: 0.1 by_category: true denominator: \"km2\" seed: 7"));
  EXPECT_EQ(Years("2021..2024 --baseline 2020"), "--baseline refused");
  EXPECT_EQ(Years("2021..2024 --baseline 2022/23"), "--baseline refused");
  EXPECT_EQ(Years("2021 2024 --seed 0"), "--seed refused");
  EXPECT_EQ(Years("2021 2024 --fdr 0"), "--fdr refused");
}

TEST(WardRequests, EveryRankAndTrendFlagArrives) {
  EXPECT_EQ(Rank("2024 --per residents,workday --draws 500 --seed 3 --poisson"),
            "dataset: \"d\" period { calendar_year: 2024 } denominators: \"residents\" denominators: \"workday\" spread: SPREAD_POISSON draws: 500 seed: 3");
  EXPECT_EQ(Rank("2024 --draws 0"), "--draws refused");
  EXPECT_EQ(Trend("2023 --split both --forecast 2024 --fdr 0.2"),
            "dataset: \"d\" period { calendar_year: 2023 } split: TREND_SPLIT_AREAS_AND_CATEGORIES false_discovery_rate: 0.2 forecast { calendar_year: 2024 }");
  EXPECT_EQ(Trend("2023 --split wards"), "usage");
}

TEST(WardRequests, GeoJsonIsRefusedWhereThereAreNoShapes) {
  EXPECT_EQ(Trend("2023 --format geojson"), "--format refused");
  EXPECT_EQ(Trend("2023 --format geojson --split categories"), "--format refused");
  EXPECT_THAT(Trend("2023 --format geojson --split areas"), HasSubstr("TREND_SPLIT_AREAS"));
  EXPECT_EQ(Rise("2023 2024 --place wards-2023:E1 --format geojson"), "usage");
  const WrittenFile draft("draft.geojson", "{}");
  EXPECT_EQ(Boundaries("2023 2024 --format geojson --code-property c --draft " + draft.path()), "--format refused");
}

TEST(WardRequests, PeersShareTheVintageOfThePlace) {
  EXPECT_THAT(Rise("2023 2024 --place wards-2023:E1,E2 --peers E3 --category burglary"),
              HasSubstr("place { vintage: \"wards-2023\" codes: \"E1\" codes: \"E2\" } peers { vintage: \"wards-2023\" codes: \"E3\" }"));
  EXPECT_EQ(Rise("2023 2024 --place E1"), "--place refused");
  EXPECT_EQ(Rise("2023 2024 --place wards-2023:E1 --peers wards-2003:E3"), "--peers refused");
  EXPECT_EQ(Rise("2023 2024"), "usage");
  EXPECT_EQ(Rise("2023 2024 --place wards-2023:E1 --area wards-2023:E2"), "usage");
}

TEST(WardRequests, ADraftGoesWithTheQuestion) {
  const WrittenFile draft("draft of 2028.geojson", "{\"type\":\"FeatureCollection\"}");
  EXPECT_THAT(Boundaries("2023 2024 --from wards-2003 --code-property c --name-property n --crs EPSG:27700 --draft \"" + draft.path() + "\""),
              HasSubstr("from_vintage: \"wards-2003\" draft { id: \"draft-of-2028\" geojson: \"{\\\"type\\\":\\\"FeatureCollection\\\"}\" crs: \"EPSG:27700\" "
                        "code_property: \"c\" name_property: \"n\" }"));
  EXPECT_EQ(Boundaries("2023 2024 --draft nowhere.geojson --code-property c"), "--draft refused");
  EXPECT_EQ(Boundaries("2023 2024 --code-property c --draft " + testing::TempDir()), "--draft refused");
  EXPECT_EQ(Boundaries("2023 2024 --draft nowhere.geojson"), "usage");
  EXPECT_EQ(Boundaries("2023 2024 --crs EPSG:27700"), "usage");
  EXPECT_EQ(Boundaries("2023 2024 --to wards-2023 --code-property c --draft nowhere.geojson"), "usage");
  const WrittenFile large("large.geojson", std::string((768 << 10) + 1, ' '));
  EXPECT_EQ(Boundaries("2023 2024 --code-property c --draft " + large.path()), "--draft refused");
  const WrittenFile fits("fits.geojson", std::string(768 << 10, ' '));
  EXPECT_THAT(Boundaries("2023 2024 --code-property c --draft " + fits.path()), HasSubstr("id: \"fits\""));
}

TEST(WardRequests, ATableAndHowItIsDivided) {
  const WrittenFile table("old.csv", "code,count\nE1,400\n");
  const std::string asked = table.path() + " --from wards-2003 --to wards-2023";
  EXPECT_EQ(Crosswalk(asked), "dataset: \"d\" from_vintage: \"wards-2003\" to_vintage: \"wards-2023\" counts { code: \"E1\" count: 400 }");
  EXPECT_THAT(Crosswalk(asked + " --weight incidents --period 2022 --category burglary --least-share 0"),
              HasSubstr("weight: CROSSWALK_WEIGHT_INCIDENTS period { calendar_year: 2022 } filter { categories: \"burglary\" } least_share: 0"));
  EXPECT_THAT(Crosswalk(asked + " --weight residents --blocks lsoa-2021"), HasSubstr("weight: CROSSWALK_WEIGHT_RESIDENTS block_vintage: \"lsoa-2021\""));
  EXPECT_EQ(Crosswalk(asked + " --weight incidents"), "--period refused");
  EXPECT_EQ(Crosswalk(asked + " --period 2022"), "--period refused");
  EXPECT_EQ(Crosswalk(asked + " --weight residents"), "--blocks refused");
  EXPECT_EQ(Crosswalk(asked + " --blocks lsoa-2021"), "--blocks refused");
  EXPECT_EQ(Crosswalk(asked + " --category burglary"), "--weight refused");
  EXPECT_EQ(Crosswalk("nowhere.csv --from a --to b"), "FILE refused");
  EXPECT_EQ(Crosswalk(table.path() + " --from wards-2003"), "usage");
}

TEST(WardRequests, FieldsLeadBackToWordsAndFlags) {
  EXPECT_EQ(FlagOfField("periods[2]"), "PERIOD");
  EXPECT_EQ(FlagOfField("period", Command::kRankWards), "PERIOD");
  EXPECT_EQ(FlagOfField("period.days.end", Command::kAnalyseTrends), "PERIOD");
  EXPECT_EQ(FlagOfField("period", Command::kCrosswalkCounts), "--period");
  EXPECT_EQ(FlagOfField("denominators[1]"), "--per");
  EXPECT_EQ(FlagOfField("place.codes[0]"), "--place");
  EXPECT_EQ(FlagOfField("draft.code_property"), "--code-property");
  EXPECT_EQ(FlagOfField("draft.geojson"), "--draft");
  EXPECT_EQ(FlagOfField("counts[3].code"), "FILE");
  EXPECT_EQ(FlagOfField("to_vintage"), "--to");
  EXPECT_EQ(ErrorText({geo::ErrorCode::kInvalidArgument, "period", "OUT_OF_RANGE", "period: too long"}, Command::kAnalyseTrends),
            "wardwatch: period: too long [OUT_OF_RANGE, set by PERIOD]\n");
}

TEST(WardRequests, PeriodsAreNamedAsTheyAreTyped) {
  constexpr std::pair<const char*, const char*> kNames[] = {
      {"2024-01..2024-12", "2024"},          {"2024-04..2025-03", "2024/25"},          {"2099-04..2100-03", "2099/00"},
      {"2024-06-01..2024-06-30", "2024-06"}, {"2024-06..2025-05", "2024-06..2025-05"}, {"2024-06-01..2024-06-29", "2024-06-01..2024-06-29"}};
  for (const auto& [typed, name] : kNames) {
    const auto period = ParsePeriodText(typed, "p");
    ASSERT_TRUE(period) << typed;
    EXPECT_EQ(ShortPeriodText(period->days()), name) << typed;
  }
}

}  // namespace
}  // namespace server
