// What is typed after `wardwatch cameras`, through the real command line, to what is asked.
#include "server/cli/camera_requests.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <optional>

#include "server/cli/command_line.h"
#include "server/cli/request_options.h"
#include "wardwatch/v1/placement_service.pb.h"

namespace server {
namespace {

using testing::HasSubstr;
using testing::Not;

std::optional<CommandLine> Parsed(const std::string& arguments) {
  CommandLine line;
  CLI::App app("test", "wardwatch");
  AddCommands(app, line);
  try {
    app.parse("cameras " + arguments);
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

std::string Site(const std::string& arguments) { return Asked("site " + arguments, &MakeSiteCamerasRequest); }
std::string TestOf(const std::string& arguments) { return Asked("test " + arguments, &MakeTestSitingRequest); }
std::string Review(const std::string& arguments) { return Asked("review " + arguments, &MakeReviewCamerasRequest); }
std::string Redeploy(const std::string& arguments) { return Asked("redeploy " + arguments, &MakePlanRedeployablesRequest); }
std::string Evidence(const std::string& arguments) { return Asked("evidence " + arguments, &MakeSiteEvidenceRequest); }
std::string Respond(const std::string& arguments) { return Asked("respond " + arguments, &MakeResponsesRequest); }
std::string Bearings(const std::string& arguments) { return Asked("bearings " + arguments, &MakeSweepBearingsRequest); }

TEST(CameraRequests, OnlyWhatWasSaidIsSent) {
  EXPECT_EQ(Site("2024 --model fixed --picks 3 --no-map"),
            "dataset: \"d\" period { calendar_year: 2024 } setting { } model { id: \"fixed\" } sites { } picks: 3");
  EXPECT_EQ(Asked("detail 2024", &MakeDetailLevelsRequest), "dataset: \"d\" period { calendar_year: 2024 } setting { }");
  EXPECT_EQ(Asked("list", &MakeListCamerasRequest), "dataset: \"d\"");
}

TEST(CameraRequests, TheSetting) {
  EXPECT_THAT(Site("2024 --model m --picks 1 --table 2025 --block 24 --first-hour 0 --decided-on 2025-03-31 --review-months 6 --evidence e"),
              HasSubstr("setting { table: DENSITY_TABLE_IEC_62676_4_2025 hours { block_hours: 24 first_hour: 0 } "
                        "decided_on { year: 2025 month: 3 day: 31 } review_months: 6 evidence: \"e\" }"));
  EXPECT_EQ(Site("2024 --model m --picks 1 --table 2020"), "usage");
  EXPECT_EQ(Site("2024 --model m --picks 1 --decided-on 2025"), "--decided-on refused");
  EXPECT_EQ(Site("2024 --model m --picks 1 --review-months 0"), "--review-months refused");
  EXPECT_EQ(Site("2024 --model m --picks 1 --block 0"), "--block refused");
}

TEST(CameraRequests, ViewsAreAskedForWhereTheyAreDrawn) {
  EXPECT_THAT(Site("2024 --model m --picks 1"), HasSubstr("with_views: true"));
  EXPECT_THAT(Site("2024 --model m --picks 1 --format geojson"), HasSubstr("with_views: true"));
  EXPECT_THAT(Site("2024 --model m --picks 1 --format csv"), Not(HasSubstr("with_views")));
  EXPECT_THAT(Review("2024 --no-map"), Not(HasSubstr("with_views")));
}

TEST(CameraRequests, SitesAndLimits) {
  EXPECT_THAT(Site("2024 --model m --budget 19999.50 --candidate A,B --bearing 0,90 --within w:E1 --without-power --greedy --seed 7"),
              HasSubstr("sites { ids: \"A\" ids: \"B\" areas { vintage: \"w\" codes: \"E1\" } without_power: true bearings_deg: 0 bearings_deg: 90 } "
                        "budget_pence: 1999950 greedy: true"));
  EXPECT_EQ(Site("2024 --model m"), "--picks refused");
  EXPECT_EQ(Site("2024 --picks 3"), "usage") << "the model is required";
  EXPECT_EQ(Site("2024 --model m --picks 1 --budget 1e30"), "--budget refused");
  EXPECT_EQ(Site("2024 --model m --picks 1 --seed 0"), "--seed refused");
  EXPECT_EQ(Site("2024 --model m --picks 1 --cell-size 0"), "--cell-size refused");
  EXPECT_THAT(Site("2024 --model m --picks 1 --cover-cell s250:r1:c1 --cover-area w:E1 --cover-times 2 --cover-share 0.5"),
              HasSubstr("must_cover { id: \"cells\" cells { cells: \"s250:r1:c1\" } times: 2 least_share: 0.5 } "
                        "must_cover { id: \"areas\" areas { vintage: \"w\" codes: \"E1\" } times: 2 least_share: 0.5 }"));
  EXPECT_EQ(Site("2024 --model m --picks 1 --cover-times 2"), "--cover-cell refused");
  EXPECT_THAT(TestOf("2024 --model m --picks 1 --draws 10 --exact --core 0.5 --year 2022,2023"),
              HasSubstr("draws: 10 exact: true core_share: 0.5 years { calendar_year: 2022 } years { calendar_year: 2023 }"));
  EXPECT_EQ(TestOf("2024 --model m --picks 1 --draws 0"), "--draws refused");
}

TEST(CameraRequests, AReviewLooksForBetterSitesWhereAModelIsNamed) {
  EXPECT_THAT(Review("2024 --earlier 2022-01..2023-12 --need 6 --better-by 3"), HasSubstr("rules { need_per_year: 6 better_by: 3 }"));
  EXPECT_THAT(Review("2024"), Not(HasSubstr("sites")));
  EXPECT_THAT(Review("2024 --model dome"), HasSubstr("sites { } model { id: \"dome\" }"));
  EXPECT_EQ(Review("2024 --bearing 0"), "--model refused");
}

TEST(CameraRequests, UnitsAreInStoreOrAtASite) {
  EXPECT_THAT(Redeploy("2024 --model m --unit R1,R2=L1 --first-month 2025-03 --quarters 2 --move-budget 100"),
              HasSubstr("units { id: \"R1\" } units { id: \"R2\" at: \"L1\" } first_month { year: 2025 month: 3 } quarters: 2 move_budget_pence: 10000"));
  EXPECT_EQ(Redeploy("2024 --model m --unit =L1"), "--unit refused");
  EXPECT_EQ(Redeploy("2024 --model m --unit R1 --first-month 2025"), "--first-month refused");
  EXPECT_EQ(Redeploy("2024 --model m --unit R1 --quarters 0"), "--quarters refused");
}

TEST(CameraRequests, OnePlaceIsAskedFor) {
  EXPECT_THAT(Evidence("2024 --model m --at 565000,170000.5 --height 5 --on-building"),
              HasSubstr("site { place { easting_m: 565000 northing_m: 170000.5 height_m: 5 on_building: true } }"));
  EXPECT_THAT(Bearings("2024 --model m --site L1 --step 30"), HasSubstr("site { id: \"L1\" } model { id: \"m\" } step_deg: 30"));
  EXPECT_EQ(Evidence("2024 --model m"), "--site refused");
  EXPECT_EQ(Evidence("2024 --model m --site L1 --at 1,2"), "usage");
  for (const char* place : {"565000", "565000,", ",1", "a,b", "1,2,3", "inf,2"}) {
    EXPECT_EQ(Evidence(std::string("2024 --model m --at ") + place), "--at refused") << place;
  }
}

TEST(CameraRequests, EachPlaceIsAHotspotWithAName) {
  EXPECT_THAT(Respond("2024 --cell s250:r1:c2 --place w:E1,E2"),
              HasSubstr("hotspots { id: \"s250-r1-c2\" cells { cells: \"s250:r1:c2\" } } hotspots { id: \"E1\" areas { vintage: \"w\" codes: \"E1\" } } "
                        "hotspots { id: \"E2\" areas { vintage: \"w\" codes: \"E2\" } }"));
}

TEST(CameraRequests, DraftsAreRead) {
  const auto path = std::filesystem::path(testing::TempDir()) / "camera_draft.geojson";
  std::ofstream(path) << "{}";
  EXPECT_THAT(Site("2024 --model m --picks 1 --draft " + path.string() + " --crs EPSG:27700"), HasSubstr("draft { geojson: \"{}\" crs: \"EPSG:27700\" }"));
  std::ofstream(path) << std::string((384 << 10) + 1, ' ');
  EXPECT_EQ(Site("2024 --model m --picks 1 --buildings " + path.string()), "--buildings refused");
  std::filesystem::remove(path);
  EXPECT_EQ(Site("2024 --model m --picks 1 --draft " + path.string()), "--draft refused");
}

TEST(CameraRequests, FieldsAreSetByFlags) {
  EXPECT_EQ(FlagOfField("setting.review_months", Command::kSiteCameras), "--review-months");
  EXPECT_EQ(FlagOfField("question.sites.ids[2]", Command::kTestSiting), "--candidate");
  EXPECT_EQ(FlagOfField("site.place.easting_m", Command::kGatherSiteEvidence), "--at");
  EXPECT_EQ(FlagOfField("units[1].at", Command::kPlanRedeployables), "--unit");
  EXPECT_EQ(FlagOfField("alternatives_share", Command::kSiteCameras), "--alternatives-share");
  EXPECT_EQ(FlagOfField("period", Command::kReviewCameras), "PERIOD");
  EXPECT_EQ(FlagOfField("filter.categories[0]", Command::kReviewCameras), "--category");
}

}  // namespace
}  // namespace server
