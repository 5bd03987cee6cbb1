// What is typed after `wardwatch plan` to what is asked, and what is answered to what is read.
#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "server/cli/command_line.h"
#include "server/cli/plan_requests.h"
#include "server/cli/priority_report.h"
#include "server/cli/request_options.h"
#include "server/cli/workstream_report.h"
#include "tests/unit/server/cli/report_lines.h"
#include "wardwatch/v1/planning_service.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;
using testing::HasSubstr;
using testing::Not;

constexpr Terminal kNarrow{80, false};
constexpr Terminal kWide{200, true};

geo::Result<api::RankPrioritiesRequest> Asked(const std::string& arguments) {
  CommandLine line;
  CLI::App app("test", "wardwatch");
  AddCommands(app, line);
  app.parse("plan rank 2024 " + arguments);
  return MakePrioritiesRequest(line, "datasets/town");
}

template <class Message>
Message Parsed(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

TEST(PlanRequests, WeightsAreReadBesideNames) {
  const auto asked = Asked("--workstream asb=2,theft --part harm=0,trend=0.5 --capacity 40 --visit 4 --teams 3 --block 168");
  ASSERT_TRUE(asked) << asked.error().message;
  ASSERT_EQ(asked->workstreams_size(), 2);
  EXPECT_EQ(asked->workstreams(0).weight(), 2);
  EXPECT_FALSE(asked->workstreams(1).has_weight()) << "its own is taken";
  EXPECT_TRUE(asked->part_weights().has_harm()) << "0 is a weight";
  EXPECT_EQ(asked->part_weights().trend(), 0.5);
  EXPECT_FALSE(asked->part_weights().has_volume());
  EXPECT_EQ(asked->capacity().teams(), 3);
  EXPECT_EQ(asked->hours().block_hours(), 168);
}

TEST(PlanRequests, WhatTheServerWouldTakeForTheDefaultIsRefusedHere) {
  for (const auto& [arguments, flag] : {std::pair{"--block 0", "--block"}, {"--capacity 40 --visit 0", "--visit"}, {"--capacity 40 --teams 0", "--teams"},
                                        {"--limit 0", "--limit"}, {"--draws 0", "--draws"}, {"--seed 0", "--seed"}, {"--cell-size 0", "--cell-size"},
                                        {"--fdr 0", "--fdr"}, {"--visit 4", "--capacity"}, {"--workstream asb=", "--workstream"}, {"--workstream =2", "--workstream"},
                                        {"--workstream asb=nan", "--workstream"}, {"--part volume", "--part"}, {"--part speed=1", "--part"}}) {
    const auto asked = Asked(arguments);
    ASSERT_FALSE(asked) << arguments;
    EXPECT_EQ(asked.error().field, flag) << arguments << ": " << asked.error().message;
  }
}

TEST(PlanRequests, FieldsAreToldAsWhatWasTyped) {
  EXPECT_EQ(FlagOfField("workstreams[1].weight", Command::kRankPriorities), "--workstream");
  EXPECT_EQ(FlagOfField("shape.features[0].geometry", Command::kProfilePlace), "--shape");
  EXPECT_EQ(FlagOfField("shape.crs", Command::kProfilePlace), "--crs");
  EXPECT_EQ(FlagOfField("workstream.entries[2].weight", Command::kSaveWorkstream), "FILE");
  EXPECT_EQ(FlagOfField("workstream", Command::kRemoveWorkstream), "ID");
  EXPECT_EQ(FlagOfField("workstream", Command::kListRevisions), "ID");
}

api::RankPrioritiesResponse Ranked() {
  return Parsed<api::RankPrioritiesResponse>(R"(
      priorities { rank: 1 rank_low: 1 rank_high: 3 score: 61.25 cell: "s250:r800:c2000" area_code: "E01" area_title: "Castle" hours { begin_minute: 1320 end_minute: 360 weekdays: WEEKDAY_FRIDAY }
                   workstreams { workstream: "asb" incidents: 4.5 points { volume: 30 harm: 20 persistence: 5 trend: 6.25 } }
                   incidents { exact: 6 } weight: 4.5 harm: 120 harm_without_largest: 20 unweighted { exact: 2 } visit: 1 reasons: "Disorder: 61.2 points" }
      priorities { rank: 2 rank_low: 2 rank_high: 2 score: 40 cell: "s250:r800:c2001" incidents { suppressed: {} } }
      listed: 2 scored: 7 hours_told: true
      workstreams { workstream: "asb" weight: 1 incidents { exact: 20 } in_places { exact: 18 } hour_unknown { exact: 3 } covered: 4.5 caveat: "Two sources" }
      left_out { workstream: "night" reason: "HOUR_UNKNOWN" message: "council does not know the hour" }
      coverage { targeted: 20 covered: 4.5 elsewhere: 10.5 outside: 1 unlocated: 1 hour_unknown: 3 hours_used: 8 visits: 1 })");
}

TEST(PriorityReport, TellsPlacesPartsVisitsAndWhatIsLeftOut) {
  const std::string text = PriorityTable(Ranked(), false, kWide);
  EXPECT_THAT(text, HasSubstr("2 of 7 places and hours"));
  const std::string first = LineWith(text, "r800:c2000");
  for (const char* told : {"1–3", "Castle", "22:00-06:00 fri", "61.2", "30.0", "120", "20"}) EXPECT_THAT(first, HasSubstr(told));
  EXPECT_THAT(LineWith(text, "r800:c2001"), Not(HasSubstr(" 0 "))) << "suppressed is no zero";
  EXPECT_THAT(text, HasSubstr("reach 4.5 of 20 targeted incidents"));
  EXPECT_THAT(text, HasSubstr("3 of them at no known hour"));
  EXPECT_THAT(text, HasSubstr("night: council does not know the hour (HOUR_UNKNOWN)"));
  EXPECT_THAT(text, Not(HasSubstr("61.2 points")));
  EXPECT_THAT(PriorityTable(Ranked(), true, kWide), HasSubstr("Disorder: 61.2 points"));
  EXPECT_LE(WidestLine(PriorityTable(Ranked(), true, kNarrow)), 80);
}

TEST(PriorityReport, AnEmptyRankingSaysWhy) {
  EXPECT_THAT(PriorityTable(Parsed<api::RankPrioritiesResponse>("scored: 5"), false, kNarrow), HasSubstr("none that any weight counts"));
}

TEST(WorkstreamReport, HistoryShowsNoControlCharacters) {
  const auto answer = Parsed<api::ListWorkstreamRevisionsResponse>(R"(
      revisions { workstream: "asb" revision: 3 origin: REVISION_ORIGIN_EDIT made_at: "2026-11-30T18:05:00Z" author: "J\033[31m" note: "a\nb" }
      revisions { workstream: "asb" revision: 2 origin: REVISION_ORIGIN_EDIT author: "Smith" in_force: true definition { id: "asb" } }
      revisions { workstream: "asb" revision: 1 origin: REVISION_ORIGIN_MANIFEST made_at: "2026-01-15" definition { id: "asb" } })");
  const std::string text = RevisionsTable(answer, kWide);
  EXPECT_THAT(text, Not(HasSubstr("\033")));
  EXPECT_THAT(text, Not(HasSubstr("a\nb")));
  EXPECT_THAT(text, HasSubstr("removed"));
  EXPECT_THAT(LineWith(text, "Smith"), HasSubstr("in force"));
  EXPECT_THAT(LineWith(text, "2026-01-15"), HasSubstr("the manifest"));
}

}  // namespace
}  // namespace server
