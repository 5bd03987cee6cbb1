// What is typed, through the real command line, to what is asked.
#include "server/cli/request_options.h"

#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "server/cli/command_line.h"
#include "server/cli/ward_requests.h"
#include "wardwatch/v1/hotspot_service.pb.h"
#include "wardwatch/v1/incident_service.pb.h"
#include "wardwatch/v1/ward_service.pb.h"

namespace server {
namespace {

std::optional<CommandLine> Parsed(const std::string& arguments) {
  CommandLine line;
  CLI::App app("test", "wardwatch");
  AddCommands(app, line);
  try {
    app.parse(arguments);
  } catch (const CLI::ParseError&) {
    return std::nullopt;
  }
  return line;
}

template <class Request>
std::string Asked(const std::string& arguments, geo::Result<Request> (*make)(const CommandLine&, const std::string&)) {
  const auto line = Parsed(arguments);
  if (!line) return "usage";
  const auto request = make(*line, "datasets/medway");
  return request ? request->ShortDebugString() : request.error().field + " refused";
}

std::string Hotspots(const std::string& arguments) { return Asked("hotspots " + arguments, &MakeHotspotsRequest); }
std::string Compare(const std::string& arguments) { return Asked("wards compare " + arguments, &MakeCompareRequest); }
std::string Incidents(const std::string& arguments) { return Asked("incidents " + arguments, &MakeIncidentsRequest); }

TEST(RequestOptions, WhatIsNotSaidIsLeftToTheServer) {
  EXPECT_EQ(Hotspots("--period 2024"), "dataset: \"datasets/medway\" period { calendar_year: 2024 }");
  EXPECT_EQ(Compare("2023/24 2024/25"), "dataset: \"datasets/medway\" before { financial_year: 2023 } after { financial_year: 2024 }");
  EXPECT_EQ(Incidents("--period 2024-06"), "dataset: \"datasets/medway\" period { month { year: 2024 month: 6 } }");
}

TEST(RequestOptions, EveryHotspotFlagArrives) {
  EXPECT_EQ(
      Hotspots(
          "--period 2024 --cells hex --cell-size 150 --bandwidth 400 --share 0.5 --previous-years 0 --list occupied --vintage wards-2023 --purpose review"),
      "dataset: \"datasets/medway\" period { calendar_year: 2024 } cells { shape: CELL_SHAPE_HEXAGON cell_size_m: 150 } share: 0.5 "
      "previous_years: 0 selection: CELL_SELECTION_OCCUPIED vintage: \"wards-2023\" caller { purpose: \"review\" } density { bandwidth_m: 400 }");
  EXPECT_EQ(Hotspots("--period 2024 --cells square"), "dataset: \"datasets/medway\" period { calendar_year: 2024 } cells { shape: CELL_SHAPE_SQUARE }");
}

TEST(RequestOptions, FiltersRepeatAndSplitAtCommas) {
  EXPECT_EQ(Hotspots("--category burglary,drugs --category shoplifting --source kent-police --period 2024"),
            "dataset: \"datasets/medway\" period { calendar_year: 2024 } filter { categories: \"burglary\" categories: \"drugs\" categories: \"shoplifting\" "
            "sources: \"kent-police\" }");
  EXPECT_EQ(
      Hotspots("--period 2024 --window 20:00-06:00 --days thu,friday,sat"),
      "dataset: \"datasets/medway\" period { calendar_year: 2024 } filter { window { begin_minute: 1200 end_minute: 360 weekdays: WEEKDAY_THURSDAY weekdays: "
      "WEEKDAY_FRIDAY weekdays: WEEKDAY_SATURDAY } }");
  EXPECT_EQ(
      Hotspots("--period 2024 --area wards-2023:E05014449,E05014450 --area wards-2023:E05014451"),
      "dataset: \"datasets/medway\" period { calendar_year: 2024 } filter { areas { vintage: \"wards-2023\" codes: \"E05014449\" codes: \"E05014450\" codes: "
      "\"E05014451\" } }");
}

TEST(RequestOptions, AListDoesNotSwallowThePeriods) {
  EXPECT_EQ(Compare("--category burglary 2023 2024 --fdr 0.1"),
            "dataset: \"datasets/medway\" before { calendar_year: 2023 } after { calendar_year: 2024 } filter { categories: \"burglary\" } "
            "false_discovery_rate: 0.1");
}

TEST(RequestOptions, IncidentsOfOneCell) {
  EXPECT_EQ(Incidents("--period 2024 --cell s250:r702:c2291 --limit 10"),
            "dataset: \"datasets/medway\" period { calendar_year: 2024 } cell: \"s250:r702:c2291\" limit: 10");
  EXPECT_EQ(Incidents("--period 2024 --limit 0"), "dataset: \"datasets/medway\" period { calendar_year: 2024 }");
}

TEST(RequestOptions, RefusalsNameTheFlag) {
  EXPECT_EQ(Hotspots("--period 2024x"), "--period refused");
  EXPECT_EQ(Compare("2024 maybe"), "AFTER refused");
  for (const char* window : {"20-06", "24:00-06:00", "20:60-06:00", "20:00-20:00", "20:00", "8:00-9:00", "20:00-25:00", "20:00-06:00x"}) {
    EXPECT_EQ(Hotspots(std::string("--period 2024 --window ") + window), "--window refused") << window;
  }
  EXPECT_EQ(Hotspots("--period 2024 --days thu,thursday"), "--days refused");
  EXPECT_EQ(Hotspots("--period 2024 --days someday"), "--days refused");
  EXPECT_EQ(Hotspots("--period 2024 --area E05014449"), "--area refused");
  EXPECT_EQ(Hotspots("--period 2024 --area wards-2023:E05014449,wards-2013:E05002249"), "--area refused");
  // 0 would reach the server as "not said" and be answered with the default.
  EXPECT_EQ(Hotspots("--period 2024 --share 0"), "--share refused");
  EXPECT_EQ(Hotspots("--period 2024 --cell-size 0"), "--cell-size refused");
  EXPECT_EQ(Compare("2023 2024 --fdr 0"), "--fdr refused");
}

TEST(RequestOptions, UsageErrorsAreNotQuestions) {
  for (const char* arguments :
       {"", "hotspots", "wards", "wards compare 2024", "hotspots --period 2024 --format xml", "hotspots --period 2024 --cells round",
        "hotspots --period 2024 --share half", "datasets medway --coverage --areas wards-2023", "bogus", "hotspots --period 2024 extra"}) {
    EXPECT_FALSE(Parsed(arguments)) << arguments;
  }
}

TEST(RequestOptions, DaysUntilMidnightAndWholeDays) {
  EXPECT_NE(Hotspots("--period 2024 --window 18:00-24:00").find("begin_minute: 1080 end_minute: 1440"), std::string::npos);
  EXPECT_NE(Hotspots("--period 2024 --window 00:00-24:00").find("end_minute: 1440"), std::string::npos);
}

TEST(RequestOptions, Timeouts) {
  EXPECT_EQ(ParseTimeout("500ms"), std::chrono::milliseconds(500));
  EXPECT_EQ(ParseTimeout("10s"), std::chrono::milliseconds(10'000));
  EXPECT_EQ(ParseTimeout("60m"), std::chrono::milliseconds(3'600'000));
  for (const char* text : {"", "10", "0s", "-1s", "61m", "s", "10 s", "1h", "99999999999999999999s"}) EXPECT_FALSE(ParseTimeout(text)) << text;
}

TEST(RequestOptions, DatasetNames) {
  EXPECT_EQ(DatasetName("medway"), "datasets/medway");
  EXPECT_EQ(DatasetName("datasets/medway"), "datasets/medway");
  EXPECT_EQ(DatasetId("datasets/medway"), "medway");
  EXPECT_EQ(DatasetId("medway"), "medway");
}

TEST(RequestOptions, FieldsLeadBackToFlags) {
  EXPECT_EQ(FlagOfField("cells.cell_size_m"), "--cell-size");
  EXPECT_EQ(FlagOfField("filter.categories[2]"), "--category");
  EXPECT_EQ(FlagOfField("filter.window.weekdays[1]"), "--days");
  EXPECT_EQ(FlagOfField("filter.window.begin_minute"), "--window");
  EXPECT_EQ(FlagOfField("period.days.end"), "--period");
  EXPECT_EQ(FlagOfField("share"), "--share");
  EXPECT_EQ(FlagOfField("shared"), "");
  EXPECT_EQ(FlagOfField("page_token"), "");
}

}  // namespace
}  // namespace server
